/** Whether `machine.bitstream` sends by an ESP32's RMT, or by moving the pin: `RMT.bitstream_rmt` says. */

import { perContext } from "../core/context.js";

export const bitstreams = perContext(() => ({ enabled: true }));
