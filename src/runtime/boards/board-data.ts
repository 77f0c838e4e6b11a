/**
 * What distinguishes one board from another, as plain data: names, pins, LEDs, what is absent. Each
 * board is a file beside this one; index.ts lists them.
 */

export interface PinData {
  /** The chip's name of the pin. */
  name: string;
  /** The id as a number, where the port has one. */
  number: number | null;
  /** The board's names of it. */
  aliases: readonly string[];
  /** How the trace calls it. */
  label: string;
  inputOnly?: boolean;
}

/** The MicroPython port whose rules and messages the board follows. */
export type Port = "generic" | "rp2" | "esp32" | "stm32" | "unix";

export interface BoardData {
  name: string;
  port: Port;
  /** `sys.platform` */
  platform: string;
  /** `os.uname().machine` and `sys.implementation._machine` */
  machine: string;
  /** `os.uname().nodename` */
  node: string;
  /** The year in which `time` starts to count. */
  epoch: 1970 | 2000;
  pins: readonly PinData[];
  /** The pins of `pyb.LED(1)`, `LED(2)`, ... by chip name. */
  leds: readonly string[];
  /** The pin of `pyb.Switch`, low when pressed. */
  button: string | null;
  /** A pin that was never configured becomes an output when it is written. */
  implicitOutput: boolean;
  /** Modules of the runtime that this board lacks. */
  absent: readonly string[];
  hardwareTimers: number;
  /** `machine.freq()` in Hz. */
  frequency: number;
}

/** Pins `0` to `count - 1` of a chip that numbers them. */
export function numbered(
  count: number,
  names: (number: number) => Omit<PinData, "number">,
): PinData[] {
  return Array.from({ length: count }, (_, number) => ({ number, ...names(number) }));
}
