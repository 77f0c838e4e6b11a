/**
 * A photoresistor to ground, below 10 kOhm: the brighter it is, the lower the voltage. `do` is high in the
 * dark. `rl10` is its resistance at 10 lux (kOhm), `gamma` the slope of log R over log lux.
 */

import { analogModule } from "./analog-module.js";

const SERIES = 10;

export const photoresistor = analogModule({
  quantity: "lux",
  initial: 500,
  options: { rl10: 50, gamma: 0.7 },
  share(lux, { rl10 = 50, gamma = 0.7 }) {
    if (lux <= 0) return 1;
    const resistance = rl10 * (10 / lux) ** gamma;
    return resistance / (resistance + SERIES);
  },
  comparator: { above: 1, threshold: 2.5 },
});
