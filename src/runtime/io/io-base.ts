/**
 * `io.IOBase`: the base of streams that a program writes in Python. Its methods `readinto`, `write` and
 * `ioctl` are what MicroPython's C code calls.
 */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";

export class IOBase extends PyObject {}
define(IOBase, {});
