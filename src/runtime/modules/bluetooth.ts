/** The `bluetooth` module: Bluetooth Low Energy. */

export {
  FLAG_INDICATE,
  FLAG_NOTIFY,
  FLAG_READ,
  FLAG_WRITE,
  FLAG_WRITE_NO_RESPONSE,
} from "../bluetooth/attributes.js";
export { BLE } from "../bluetooth/ble.js";
export { UUID } from "../bluetooth/uuid.js";
