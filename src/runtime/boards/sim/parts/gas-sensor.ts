/**
 * A sensor of combustible gas (MQ-2) above a resistor as large as it is in 1000 ppm of hydrogen (RO): the
 * more gas, the higher the voltage. `do` is low while there is too much. The curve is that of the data
 * sheet for LPG, RS / RO = (574.25 / ppm) ** 0.45.
 */

import { analogModule } from "./analog-module.js";

const AT_RO = 574.25;
const SLOPE = 0.45;

export const gasSensor = analogModule({
  quantity: "ppm",
  initial: 400,
  options: {},
  share: (ppm) => (ppm <= 0 ? 0 : 1 / (1 + (AT_RO / ppm) ** SLOPE)),
  comparator: { above: 0, threshold: 4.4 },
});
