/** All tables of names: what a class may have to offer on one board or another. */

import type { PortNames } from "../../core/module/port-names.js";
import { esp32c3Names, esp32Names, esp32s3Names } from "./esp32.js";
import { esp8266Names } from "./esp8266.js";
import { genericNames } from "./generic.js";
import { rp2Names, rp2350Names } from "./rp2.js";
import { stm32Names } from "./stm32.js";

export const portTables: readonly PortNames[] = [
  genericNames,
  rp2Names,
  rp2350Names,
  esp32Names,
  esp32s3Names,
  esp32c3Names,
  esp8266Names,
  stm32Names,
];
