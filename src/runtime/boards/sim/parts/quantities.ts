/** The action `set` of parts that measure: `set temperature=31 humidity=40`. Used by the sensors here. */

import type { Action } from "../part.js";

/** Calls `set` for each quantity; raises RangeError for what is no name with a number. */
export function settingQuantities(set: (quantity: string, value: number) => void): Action {
  return (args) => {
    const isPaired = args.length > 0 && args.length % 2 === 0;
    if (!isPaired) throw new RangeError('it is "set" with a quantity and its value');
    for (let i = 0; i < args.length; i += 2) {
      const [quantity, value] = [String(args[i]), Number(args[i + 1])];
      if (Number.isNaN(value)) throw new RangeError(`${quantity} cannot be ${args[i + 1]}`);
      set(quantity, value);
    }
  };
}
