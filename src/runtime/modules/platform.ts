/** The `platform` module: what the board's firmware was built for, and with what. */

import type { Port } from "../boards/board-data.js";
import { def } from "../core/call/signature.js";
import { current } from "../core/context.js";
import { RELEASE } from "../core/release.js";
import { type Tuple, tup, type Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";
import type { Board } from "../machine/hal.js";

interface Build {
  system: string;
  architecture: string;
  /** Of what the port is built on. */
  version: string;
  compiler: string;
  library: readonly [name: string, version: string];
}

const arm: Build = {
  system: "MicroPython",
  architecture: "arm",
  version: "",
  compiler: "GCC 14.2.1",
  library: ["newlib", "4.4.0"],
};

/** As the official firmwares tell it. */
const builds: Readonly<Record<Port, Build>> = {
  generic: arm,
  rp2: arm,
  stm32: { ...arm, library: ["", ""] },
  esp32: {
    ...arm,
    architecture: "xtensa",
    version: "IDFv5.5.1",
    compiler: "GCC 14.2.0",
    library: ["newlib", "4.3.0"],
  },
  esp8266: {
    ...arm,
    architecture: "xtensa",
    version: "",
    compiler: "GCC 5.2.0",
    library: ["newlib", "2.0.0"],
  },
  unix: {
    system: "Linux",
    architecture: "x86_64",
    version: "",
    compiler: "GCC 12.2.0",
    library: ["glibc", "2.36"],
  },
};

function build(): Build {
  return builds[(current().board as Board).data.port];
}

/** "MicroPython-1.29.0-xtensa-IDFv5.5.1-with-newlib4.3.0" */
export const platform = def(
  (_aliased?: Value, _terse?: Value) => {
    const { system, architecture, version, library } = build();
    return [system, RELEASE, architecture, version, `with-${library.join("")}`].join("-");
  },
  "aliased=, terse=",
  "platform",
);

export function python_compiler(): string {
  return build().compiler;
}

/** (name, version) */
export const libc_ver = def((): Tuple => tup(...build().library), "", "libc_ver");

/** The instructions of a RISC-V core, by the letters of its MISA register. */
export function processor(): string {
  return currentBoard().data.processor ?? "";
}
