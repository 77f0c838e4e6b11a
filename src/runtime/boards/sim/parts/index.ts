/** The kinds of parts that a wiring can name, by `type`. */

import type { PartKind } from "../part.js";
import { bme280 } from "./bme280.js";
import { button } from "./button.js";
import { buzzer } from "./buzzer.js";
import { ds1307, ds3231 } from "./clock-chip.js";
import { console, loopback } from "./console.js";
import { dht11, dht22 } from "./dht.js";
import { ds18b20 } from "./ds18b20.js";
import { eeprom } from "./eeprom.js";
import { flash } from "./flash.js";
import { gasSensor } from "./gas-sensor.js";
import { hcSr04 } from "./hc-sr04.js";
import { hx711 } from "./hx711.js";
import { i2cRegisters } from "./i2c-registers.js";
import { keypad } from "./keypad.js";
import { lcd1602 } from "./lcd1602.js";
import { led } from "./led.js";
import { max7219 } from "./max7219.js";
import { mpu6050 } from "./mpu6050.js";
import { neopixel } from "./neopixel.js";
import { photoresistor } from "./photoresistor.js";
import { pir } from "./pir.js";
import { potentiometer } from "./potentiometer.js";
import { relay } from "./relay.js";
import { rotaryEncoder } from "./rotary-encoder.js";
import { sdCard } from "./sd-card.js";
import { servo } from "./servo.js";
import { sevenSegment } from "./seven-segment.js";
import { sh1107 } from "./sh1107.js";
import { shiftRegister } from "./shift-register.js";
import { ssd1306 } from "./ssd1306.js";
import { stepper, stepperDriver } from "./stepper.js";
import { slideSwitch } from "./switch.js";
import { ili9341, st7735, st7789 } from "./tft.js";
import { thermistor } from "./thermistor.js";
import { tm1637 } from "./tm1637.js";

export const partKinds = {
  bme280,
  button,
  buzzer,
  console,
  "74hc595": shiftRegister,
  "7segment": sevenSegment,
  dht11,
  dht22,
  ds1307,
  ds18b20,
  ds3231,
  eeprom,
  flash,
  "gas-sensor": gasSensor,
  "hc-sr04": hcSr04,
  hx711,
  "i2c-registers": i2cRegisters,
  ili9341,
  keypad,
  lcd1602,
  led,
  loopback,
  max7219,
  mpu6050,
  neopixel,
  photoresistor,
  pir,
  potentiometer,
  relay,
  "rotary-encoder": rotaryEncoder,
  "sd-card": sdCard,
  servo,
  sh1107,
  ssd1306,
  st7735,
  st7789,
  stepper,
  "stepper-driver": stepperDriver,
  switch: slideSwitch,
  thermistor,
  tm1637,
} as const satisfies Readonly<Record<string, PartKind>>;

export type PartType = keyof typeof partKinds;
