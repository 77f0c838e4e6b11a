/**
 * Drivers of `machine`, `pyb`, `esp32` and `network` for what a simulated board has not: controllers of CAN and USB, the
 * card reader on a bus of its own. They can be imported, and say so when a program makes one.
 * Their instances are of type `any` to TypeScript.
 */

import { define } from "../core/class.js";
import { PyObject } from "../core/object.js";
import type { Type } from "../core/type.js";
import type { Value } from "../core/values.js";
import { notSimulated } from "./not-simulated.js";

function driver(name: string, module = "machine", attrs: Record<string, number> = {}): Type {
  const cls = class extends PyObject {
    override __init__(..._settings: Value[]): never {
      return notSimulated(`${module}.${name}`);
    }
  };
  return define(cls, { name, builtin: true, attrs, methods: { __init__: "*settings, **more" } });
}

/** One of the `network` module. */
export function networkDriver(name: string, attrs: Record<string, number> = {}): Type {
  return driver(name, "network", attrs);
}

export const CAN = driver("CAN");
export type CAN = Value;
export const SDCard = driver("SDCard");
export type SDCard = Value;
export const USBDevice = driver("USBDevice");
export type USBDevice = Value;
export const ULP = driver("ULP", "esp32");
export type ULP = Value;
export const LDO = driver("LDO", "esp32");
export type LDO = Value;
export const PybCAN = driver("CAN", "pyb");
export type PybCAN = Value;
export const LCD = driver("LCD", "pyb");
export type LCD = Value;
export const USB_HID = driver("USB_HID", "pyb");
export type USB_HID = Value;
