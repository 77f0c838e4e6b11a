/**
 * The base of `machine.SPI` and `machine.SoftSPI`: their settings, and the exchange of bytes with the selected
 * devices on three lines. A device hears and says only what goes over the lines that it is wired to.
 */

import { define } from "../../core/class/class.js";
import { ValueError } from "../../core/exception/exceptions.js";
import { bytesOf, writableBytes } from "../../core/memory/buffer.js";
import { index } from "../../core/number/numbers.js";
import { Bytes } from "../../core/text/bytes.js";
import type { Value } from "../../core/values.js";
import type { PinLine } from "../hal.js";
import { UnitObject } from "../unit-object.js";

export interface SpiSettings {
  baudrate: number;
  polarity: number;
  phase: number;
  bits: number;
  firstbit: number;
}

/** As the arguments come. */
export const SETTINGS_ORDER = ["baudrate", "polarity", "phase", "bits", "firstbit"] as const;
/** The signature of `init`, the same for both: what asks for a unit may be given software. */
export const SPI_INIT = "baudrate=, *, polarity=, phase=, bits=, firstbit=, sck=, mosi=, miso=";

export abstract class SpiTransfers extends UnitObject {
  declare protected $sck: PinLine;
  declare protected $mosi: PinLine | null;
  declare protected $miso: PinLine | null;
  declare protected $settings: SpiSettings;

  deinit(): null {
    return null;
  }

  read(nbytes: Value, write: Value = 0): Value {
    const data = new Bytes(index(nbytes));
    this.$exchange(new Uint8Array(data.length).fill(index(write)), data);
    return data;
  }

  readinto(buf: Value, write: Value = 0): null {
    const into = writableBytes(buf);
    this.$exchange(new Uint8Array(into.length).fill(index(write)), into);
    return null;
  }

  write(buf: Value): null {
    this.$exchange(bytesOf(buf), null);
    return null;
  }

  write_readinto(write_buf: Value, read_buf: Value): null {
    const from = bytesOf(write_buf);
    const into = writableBytes(read_buf);
    if (from.length !== into.length) throw new ValueError("buffers must be the same length");
    this.$exchange(from, into);
    return null;
  }

  /** Takes new settings; those that are undefined stay, and so do those of -1 where that says so. */
  protected $configure(given: readonly Value[], isNew: boolean, inBytes: boolean): void {
    SETTINGS_ORDER.forEach((name, i) => {
      const value = given[i];
      if (value === undefined || (value === -1 && !isNew)) return;
      const number = index(value);
      if (name === "baudrate") this.$settings.baudrate = isNew ? number >>> 0 : number;
      else this.$settings[name] = inBytes ? number & 0xff : number;
    });
  }

  protected $exchange(out: Uint8Array, into: Uint8Array | null): void {
    const devices = this.$sck.wired("spiClock").filter((device) => device.selected);
    const listening = new Set(this.$mosi?.wired("spiIn"));
    const speaking = new Set(this.$miso?.wired("spiOut"));
    // MOSI wired to MISO gives back what is sent.
    const echo = this.$mosi !== null && this.$miso !== null && sameNet(this.$mosi, this.$miso);
    // A line that no device drives and a resistor pulls down.
    const speaks = devices.some((device) => speaking.has(device));
    const isLow = this.$miso?.pull === "down" && this.$miso.read() === 0;
    const idle = isLow && !speaks ? 0x00 : 0xff;
    for (let i = 0; i < out.length; i++) {
      const sent = out[i] as number;
      let answer = echo ? sent : idle;
      for (const device of devices) {
        const byte = device.transfer(listening.has(device) ? sent : 0xff);
        if (speaking.has(device)) answer &= byte;
      }
      if (into !== null) into[i] = answer;
    }
  }
}

/** Whether two lines are wired together: what is connected to one is seen on the other. */
function sameNet(a: PinLine, b: PinLine): boolean {
  const probe = { selected: false, transfer: () => 0 };
  const end = a.connect("spiOut", probe);
  const same = b.wired("spiOut").includes(probe);
  end();
  return same;
}

/** Of the table of methods of either class. */
export const transferMethods = {
  deinit: "",
  read: "nbytes, write=, /",
  readinto: "buf, write=, /",
  write: "buf, /",
  write_readinto: "write_buf, read_buf, /",
};
define(SpiTransfers, { builtin: true, methods: transferMethods });
