/** What a program settles for a state machine of a PIO: pins, shifting, FIFOs. Used by all of pio-*.ts. */

/** How a program configures a machine. */
export interface PioSettings {
  wrapBottom: number;
  wrapTop: number;
  sideOptional: boolean;
  sidePindirs: boolean;
  /** With the bit that enables an optional side-set. */
  sideCount: number;
  sideBase: number;
  setBase: number;
  setCount: number;
  outBase: number;
  outCount: number;
  inBase: number;
  jumpPin: number;
  autopush: boolean;
  autopull: boolean;
  pushThreshold: number;
  pullThreshold: number;
  inRight: boolean;
  outRight: boolean;
  /** 0: four words each way, 1: eight to the machine, 2: eight from it. */
  join: number;
}

/** What a machine is before a program has said anything. */
export const PIO_DEFAULTS: PioSettings = {
  wrapBottom: 0,
  wrapTop: 31,
  sideOptional: false,
  sidePindirs: false,
  sideCount: 0,
  sideBase: 0,
  setBase: 0,
  setCount: 0,
  outBase: 0,
  outCount: 0,
  inBase: 0,
  jumpPin: 0,
  autopush: false,
  autopull: false,
  pushThreshold: 32,
  pullThreshold: 32,
  inRight: false,
  outRight: false,
  join: 0,
};
