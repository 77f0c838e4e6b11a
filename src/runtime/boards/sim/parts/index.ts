/** The kinds of parts that a wiring can name, by `type`. */

import type { PartKind } from "../part.js";
import { bme280 } from "./bme280.js";
import { button } from "./button.js";
import { buzzer } from "./buzzer.js";
import { console, loopback } from "./console.js";
import { dht11, dht22 } from "./dht.js";
import { ds18b20 } from "./ds18b20.js";
import { eeprom } from "./eeprom.js";
import { flash } from "./flash.js";
import { hcSr04 } from "./hc-sr04.js";
import { i2cRegisters } from "./i2c-registers.js";
import { led } from "./led.js";
import { neopixel } from "./neopixel.js";
import { potentiometer } from "./potentiometer.js";
import { rotaryEncoder } from "./rotary-encoder.js";
import { sdCard } from "./sd-card.js";
import { servo } from "./servo.js";
import { ssd1306 } from "./ssd1306.js";
import { slideSwitch } from "./switch.js";

export const partKinds = {
  bme280,
  button,
  buzzer,
  console,
  dht11,
  dht22,
  ds18b20,
  eeprom,
  flash,
  "hc-sr04": hcSr04,
  "i2c-registers": i2cRegisters,
  led,
  loopback,
  neopixel,
  potentiometer,
  "rotary-encoder": rotaryEncoder,
  "sd-card": sdCard,
  servo,
  ssd1306,
  switch: slideSwitch,
} as const satisfies Readonly<Record<string, PartKind>>;

export type PartType = keyof typeof partKinds;
