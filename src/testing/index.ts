/**
 * `mpy2ts/testing`: runs firmware on a simulated board under the control of a test. `simulate()`
 * compiles and starts it; the test advances the clock, presses buttons, looks at LEDs, parts and output.
 * Docs: docs/testing.md.
 */

export type { LegHandle } from "../runtime/boards/sim/line.js";
export type {
  Action,
  ActionArgument,
  Part,
  PartKind,
  PartOptions,
  Site,
} from "../runtime/boards/sim/part.js";
export { I2cRegisters } from "../runtime/boards/sim/parts/i2c-registers.js";
export type { Wiring } from "../runtime/boards/sim/wiring.js";
export { WiringError } from "../runtime/boards/sim/wiring.js";
export type { I2cDevice, Level, PwmSignal, Roles, SpiDevice } from "../runtime/machine/hal.js";
export type { BleCentral } from "./ble-central.js";
export type { BlePeripheral, PeripheralDescription, ReceivedWrite } from "./ble-peripheral.js";
export { CompileError } from "./compile-error.js";
export type { EspnowPeer } from "./espnow-peer.js";
export type { Raster, Screen } from "./screen.js";
export {
  type BoardOptions,
  type SimulateOptions,
  simulate,
  simulateTogether,
} from "./simulate.js";
export { type Edge, type PinHandle, SimulatedBoard } from "./simulated-board.js";
