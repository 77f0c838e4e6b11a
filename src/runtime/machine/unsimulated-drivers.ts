/**
 * Drivers of `machine`, `pyb`, `esp32`, `network` and `rp2` for what a simulated board has not: controllers
 * of CAN and USB, the coprocessor. They can be imported and have the names that the
 * ports give them, and say what they are when a program makes one. Their instances are of type `any` to
 * TypeScript.
 */

import { define } from "../core/class.js";
import { PyObject } from "../core/object.js";
import type { Type } from "../core/type.js";
import type { Value } from "../core/values.js";
import { notSimulated } from "./not-simulated.js";

/** `methods`: names of methods, which no instance will ever be asked for. */
function driver(
  name: string,
  methods = "",
  attrs: Record<string, Value> = {},
  module = "machine",
): Type {
  const unusable = (): never => notSimulated(`${module}.${name}`);
  const cls = class extends PyObject {
    override __init__(..._settings: Value[]): never {
      return unusable();
    }
  };
  const signatures: Record<string, string> = { __init__: "*settings, **more" };
  for (const method of methods.split(" ").filter(Boolean)) {
    Object.defineProperty(cls.prototype, method, { value: unusable, configurable: true });
    signatures[method] = "*settings, **more";
  }
  return define(cls, { name, builtin: true, attrs, methods: signatures });
}

/** One of the `network` module. */
export function networkDriver(
  name: string,
  methods = "",
  attrs: Record<string, number> = {},
): Type {
  return driver(name, methods, attrs, "network");
}

export const CAN = driver(
  "CAN",
  "init deinit send recv irq set_filters state restart get_counters get_timings cancel_send",
  {
    MODE_NORMAL: 0,
    MODE_SLEEP: 1,
    MODE_LOOPBACK: 2,
    MODE_SILENT: 3,
    MODE_SILENT_LOOPBACK: 4,
    STATE_STOPPED: 0,
    STATE_ACTIVE: 1,
    STATE_WARNING: 2,
    STATE_PASSIVE: 3,
    STATE_BUS_OFF: 4,
    FLAG_RTR: 1,
    FLAG_EXT_ID: 2,
    FLAG_UNORDERED: 16,
    RECV_ERR_FULL: 1,
    RECV_ERR_OVERRUN: 2,
    IRQ_TX: 1,
    IRQ_RX: 2,
    IRQ_TX_FAILED: 4,
    IRQ_STATE: 8,
    IRQ_TX_IDX_MASK: 0xff,
    IRQ_TX_IDX_SHIFT: 16,
    TX_QUEUE_LEN: 3,
    FILTERS_MAX: 14,
  },
);
export type CAN = Value;
export const USBDevice = driver("USBDevice", "active config remote_wakeup stall submit_xfer", {
  BUILTIN_NONE: null,
  BUILTIN_DEFAULT: null,
  BUILTIN_CDC: null,
  XFER_SUCCESS: 0,
  XFER_FAILED: 1,
  XFER_STALLED: 2,
});
export type USBDevice = Value;
export const ULP = driver(
  "ULP",
  "load_binary run set_wakeup_period",
  { RESERVE_MEM: 2040 },
  "esp32",
);
export type ULP = Value;
export const LDO = driver("LDO", "", {}, "esp32");
export type LDO = Value;
export const PybCAN = driver(
  "CAN",
  "init deinit restart state info any send recv setfilter clearfilter rxcallback",
  {
    NORMAL: 0,
    LOOPBACK: 0x4000000,
    SILENT: 0x8000000,
    SILENT_LOOPBACK: 0xc000000,
    MASK16: 0,
    LIST16: 1,
    MASK32: 2,
    LIST32: 3,
    STOPPED: 0,
    ERROR_ACTIVE: 1,
    ERROR_WARNING: 2,
    ERROR_PASSIVE: 3,
    BUS_OFF: 4,
  },
  "pyb",
);
export type PybCAN = Value;
export const LCD = driver(
  "LCD",
  "command contrast light write fill get pixel text show",
  {},
  "pyb",
);
export type LCD = Value;
export const USB_HID = driver("USB_HID", "recv send", {}, "pyb");
export type USB_HID = Value;
