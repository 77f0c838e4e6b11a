/** What `BLE.config` asks and sets, as bluetooth_ble_config of extmod/modbluetooth.c does. */

import { OSError, ValueError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { portHas } from "../core/module/port-names.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { Bytes } from "../core/text/bytes.js";
import { tup, type Value } from "../core/values.js";
import { EINVAL } from "../machine/errno.js";
import { type BleRadio, PUBLIC } from "./ble-radio.js";

const RANDOM = 1;
/** Modes of the address: private ones that change have no address to tell. */
const RESOLVABLE = 2;
const NOT_RESOLVABLE = 3;
const LONGEST_NAME = 31;
const LEAST_MTU = 23;
/** BLE_ATT_MTU_MAX. */
const MOST_MTU = 527;

export function bleSetting(radio: BleRadio, name: string): Value {
  switch (name) {
    case "gap_name":
      return new Bytes(radio.name);
    case "mac": {
      radio.check();
      if (radio.addressMode === RESOLVABLE) throw new OSError(EINVAL);
      return tup(radio.addressMode === PUBLIC ? PUBLIC : RANDOM, new Bytes(radio.device.address));
    }
    case "mtu":
      radio.check();
      return radio.mtu;
    default:
      throw new ValueError("unknown config param");
  }
}

export function setBleSetting(radio: BleRadio, name: string, value: Value): void {
  switch (name) {
    case "gap_name": {
      const bytes = bytesOf(value);
      if (radio.isNimble && bytes.length > LONGEST_NAME) throw new OSError(EINVAL);
      radio.name = bytes.slice();
      return;
    }
    case "mtu": {
      const mtu = index(value);
      radio.check();
      if (mtu < LEAST_MTU || mtu > MOST_MTU) throw new OSError(EINVAL);
      radio.mtu = mtu;
      return;
    }
    case "addr_mode": {
      const mode = index(value);
      radio.check();
      const isPrivate = mode === RESOLVABLE || mode === NOT_RESOLVABLE;
      if (isPrivate && !radio.isNimble) throw new OSError(EINVAL);
      radio.addressMode = mode;
      return;
    }
    default:
      setPairing(name, value);
  }
}

/** What the ports that can pair have beside that. */
function setPairing(name: string, value: Value): void {
  const isFlag = name === "bond" || name === "mitm" || name === "le_secure";
  if (!portHas("bluetooth.BLE", "gap_pair") || !(isFlag || name === "io")) {
    throw new ValueError("unknown config param");
  }
  if (isFlag) truth(value);
  else index(value);
}
