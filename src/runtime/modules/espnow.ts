/** The `espnow` module: short messages between Espressif's boards. */

export { ESPNow } from "../espnow/espnow.js";
export {
  ADDR_LEN,
  ESPNowBase,
  KEY_LEN,
  MAX_ENCRYPT_PEER_NUM,
  MAX_TOTAL_PEER_NUM,
} from "../espnow/espnow-base.js";

export const RATE_1M = 0;
export const RATE_2M = 1;
export const RATE_5M = 2;
export const RATE_11M = 3;
export const RATE_24M = 9;
export const RATE_12M = 10;
export const RATE_6M = 11;
export const RATE_54M = 12;
export const RATE_LORA_250K = 41;
export const RATE_LORA_500K = 42;
