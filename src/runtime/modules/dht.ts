/** The `dht` module: DHT11 and DHT22 sensors of temperature and humidity. */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { Exception } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { ByteArray } from "../core/text/bytearray.js";
import { toFloat, type Value } from "../core/values.js";
import { dht_readinto } from "../machine/dht-readinto.js";

const SIZE = 5;

export { dht_readinto };

export class DHTBase extends PyObject {
  declare pin: Value;
  declare buf: Value;

  override __init__(pin: Value): Value {
    this.pin = pin;
    this.buf = new ByteArray(new Uint8Array(SIZE));
    return null;
  }

  measure(): null {
    dht_readinto(this.pin, this.buf);
    const bytes = bytesOf(this.buf);
    const sum = bytes.subarray(0, SIZE - 1).reduce((total, byte) => total + byte, 0);
    if ((sum & 0xff) !== bytes[SIZE - 1]) throw new Exception("checksum error");
    return null;
  }
}
define(DHTBase, { fields: ["pin", "buf"], methods: { __init__: "pin", measure: "" } });

export class DHT11 extends DHTBase {
  humidity(): Value {
    return bytesOf(this.buf)[0];
  }

  temperature(): Value {
    return bytesOf(this.buf)[2];
  }
}
define(DHT11, { methods: { humidity: "", temperature: "" } });

export class DHT22 extends DHTBase {
  humidity(): Value {
    const bytes = bytesOf(this.buf);
    return toFloat((((bytes[0] as number) << 8) | (bytes[1] as number)) * 0.1);
  }

  temperature(): Value {
    const bytes = bytesOf(this.buf);
    const high = bytes[2] as number;
    const degrees = (((high & 0x7f) << 8) | (bytes[3] as number)) * 0.1;
    return toFloat(high & 0x80 ? -degrees : degrees);
  }
}
define(DHT22, { methods: { humidity: "", temperature: "" } });

export const __version__ = "0.1.0";
