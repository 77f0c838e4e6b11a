/**
 * Drivers of `machine`, `pyb`, `esp32`, `network` and `rp2` for what a simulated board has not: controllers
 * of CAN and USB. They can be imported and have the names that the
 * ports give them, and say what they are when a program makes one. Their instances are of type `any` to
 * TypeScript.
 */

import { hasattr } from "../core/class/attributes.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import type { Type } from "../core/class/type.js";
import { ValueError } from "../core/exception/exceptions.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { pathOf } from "../io/path.js";
import { unsupported } from "../io/stream.js";
import { notSimulated } from "./not-simulated.js";
import { requireArguments } from "./port/port-arguments.js";

/** What the port looks at before it makes one: the arguments, and what each has to be. */
interface Making {
  readonly signature: string;
  readonly check: (...settings: Value[]) => void;
}

const ANYTHING: Making = { signature: "*settings, **more", check: () => {} };

/** `methods`: names of methods, which no instance will ever be asked for. */
function driver(
  name: string,
  methods = "",
  attrs: Record<string, Value> = {},
  module = "machine",
  { signature, check }: Making = ANYTHING,
): Type {
  const unusable = (): never => notSimulated(`${module}.${name}`);
  const cls = class extends PyObject {
    override __init__(...settings: Value[]): never {
      check(...settings);
      return unusable();
    }
  };
  const signatures: Record<string, string> = { __init__: signature };
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
  making: Making = ANYTHING,
): Type {
  return driver(name, methods, attrs, "network", making);
}

/** What needs a stream, or None: extmod/network_ppp_lwip.c. */
export const onStream: Making = {
  signature: "stream, /",
  check(stream) {
    if (stream !== null && !hasattr(stream, "readinto")) throw unsupported();
  },
};

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
export const LDO = driver("LDO", "", {}, "esp32", {
  signature: "channel_id=, voltage_mv=, *, adjustable=",
  check(channel_id, voltage_mv) {
    requireArguments({ channel_id, voltage_mv });
    index(channel_id);
    index(voltage_mv);
  },
});
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
  {
    signature: "skin_position, /",
    check(position) {
      const side = pathOf(position);
      if (!["X", "x", "Y", "y"].includes(side)) throw new ValueError(`LCD(${side}) doesn't exist`);
    },
  },
);
export type LCD = Value;
