/**
 * `esp32.ULP`: the coprocessor that runs in deep sleep. Programs for it are looked at as ESP-IDF's ulp.c does;
 * there is none to run them, which `run` says.
 */

import { define } from "../core/class/class.js";
import { SoleObject } from "../core/class/sole-object.js";
import { OSError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { notSimulated } from "../machine/not-simulated.js";

/** Bytes of the memory that it shares with the chip. */
const RESERVE_MEM = 2040;
const PERIODS = 5;
const WORD = 4;
/** magic, offset and size of its text, sizes of its data and of what is zero at first. */
const HEADER = 12;
const MAGIC = 0x00706c75;

/** `esp_err_t`, which ports/esp32/esp32_ulp.c takes for an errno. */
const INVALID_ARG = 0x102;
const INVALID_SIZE = 0x104;
const NOT_SUPPORTED = 0x106;

export class ULP extends SoleObject {
  static readonly RESERVE_MEM = RESERVE_MEM;

  override __init__(): Value {
    return null;
  }

  set_wakeup_period(period_index: Value, period_us: Value): null {
    const which = index(period_index);
    index(period_us);
    if (which < 0 || which >= PERIODS) throw new OSError(INVALID_ARG);
    return null;
  }

  /** `load_addr`: in words. */
  load_binary(load_addr: Value, program_binary: Value): null {
    const start = (index(load_addr) * WORD) >>> 0;
    const program = bytesOf(program_binary);
    const size = Math.floor(program.length / WORD) * WORD;
    if (size < HEADER) throw new OSError(INVALID_SIZE);
    if (start > RESERVE_MEM) throw new OSError(INVALID_ARG);
    if (start + size > RESERVE_MEM) throw new OSError(INVALID_SIZE);
    const view = new DataView(program.buffer, program.byteOffset, program.byteLength);
    if (view.getUint32(0, true) !== MAGIC) throw new OSError(NOT_SUPPORTED);
    const whole = [4, 6, 8].reduce((sum, at) => sum + view.getUint16(at, true), 0);
    if (whole !== size) throw new OSError(INVALID_SIZE);
    return null;
  }

  run(entry_point: Value): never {
    index(entry_point);
    return notSimulated("esp32.ULP.run");
  }
}
define(ULP, {
  builtin: true,
  attrs: { RESERVE_MEM },
  methods: {
    __init__: "",
    set_wakeup_period: "period_index, period_us, /",
    load_binary: "load_addr, program_binary, /",
    run: "entry_point, /",
  },
});
