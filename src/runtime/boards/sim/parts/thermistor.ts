/**
 * A thermistor (NTC) of 10 kOhm at 25 degrees, to ground, below 10 kOhm: the warmer it is, the lower the
 * voltage. `beta` is its coefficient in kelvins.
 */

import { analogModule } from "./analog-module.js";

const ZERO = 273.15;
const NOMINAL = 25 + ZERO;

export const thermistor = analogModule({
  quantity: "temperature",
  initial: 24,
  options: { beta: 3950 },
  share(celsius, { beta = 3950 }) {
    const ratio = Math.exp(beta * (1 / (celsius + ZERO) - 1 / NOMINAL));
    return ratio / (ratio + 1);
  },
});
