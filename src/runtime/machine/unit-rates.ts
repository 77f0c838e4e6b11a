/**
 * The rates that buses really run at: a unit divides the clock that it has, and `print` shows what comes
 * of it. One function for each port's divider; the drivers of I2C, SPI and UART ask them.
 */

/** `spi_set_baudrate` of the RP2's SDK: the fastest rate that is not above the one wanted. */
export function rp2SpiRate(clock: number, wanted: number): number {
  let prescale = 2;
  while (prescale <= 254 && clock >= prescale * 256 * wanted) prescale += 2;
  let post = 256;
  while (post > 1 && Math.floor(clock / (prescale * (post - 1))) <= wanted) post--;
  return Math.floor(clock / (prescale * post));
}

/** `i2c_set_baudrate` of the RP2's SDK, with its arithmetic of 32 bits; a division by nothing gives all ones. */
export function rp2I2cRate(clock: number, wanted: number): number {
  const divide = (value: number, by: number): number =>
    by === 0 ? 0xffffffff : Math.floor(value / by);
  const rate = wanted >>> 0;
  const period = divide((clock + Math.floor(rate / 2)) >>> 0, rate);
  return divide(clock, period);
}

const ESP32_BUS = 80_000_000;

/** `spi_get_actual_clock` of ESP-IDF: of two dividers' products the one that comes nearest; `most`: of the first. */
export function esp32SpiRate(wanted: number, most: number): number {
  if (wanted > (ESP32_BUS / 4) * 3) return ESP32_BUS;
  let best = { error: Number.POSITIVE_INFINITY, rate: 0 };
  for (let n = 2; n <= 64; n++) {
    const rounded = Math.floor((Math.floor(ESP32_BUS / n) + Math.floor(wanted / 2)) / wanted);
    const pre = Math.min(most, Math.max(1, rounded));
    const rate = Math.floor(ESP32_BUS / (pre * n));
    if (Math.abs(rate - wanted) <= best.error) best = { error: Math.abs(rate - wanted), rate };
  }
  return best.rate;
}

const APB_CLOCK = 80_000_000;
const WIDE_DIVIDER = 0xfffff;
const NARROW_DIVIDER = 0xfff;
const PRE_DIVIDER = 256;

/**
 * `uart_ll_set_baudrate` and `uart_ll_get_baudrate` of ESP-IDF: the divider has sixteenths. That of the first
 * ESP32 is wide; later chips divide their clock before. Null: the unit cannot be so slow.
 */
export function esp32UartRate(clock: number, wanted: number): number | null {
  const wide = clock === APB_CLOCK;
  const before = wide ? 1 : Math.ceil(clock / (NARROW_DIVIDER * wanted));
  const sixteenths = Math.floor((clock * 16) / (wanted * before));
  if (before > PRE_DIVIDER || sixteenths >> 4 > WIDE_DIVIDER) return null;
  return Math.floor((clock * 16) / (sixteenths * before));
}

const ESP8266_CLOCK = 80_000_000;

/** Null: the ESP8266's two dividers cannot do it. */
export function esp8266SpiRate(wanted: number): number | null {
  if (wanted === ESP8266_CLOCK) return wanted;
  if (wanted > ESP8266_CLOCK / 2) return null;
  const divider = Math.floor(ESP8266_CLOCK / 2 / wanted);
  const pre = Math.min(divider, 8192);
  const count = Math.floor(divider / pre) * 2;
  return count > 64 || count === 0 ? null : Math.floor(ESP8266_CLOCK / (pre * count));
}

const STM32_APB1 = 42_000_000;
const STM32_APB2 = 84_000_000;

/** The rate that the clock of the unit, divided by a power of two, comes to below the one asked for. */
export function stm32SpiRate(id: number, wanted: number): { rate: number; prescaler: number } {
  return stm32SpiPrescaled(id, wanted === 0 ? 0 : stm32SpiClock(id) / (wanted >>> 0));
}

/** The same for a divider: the power of two from 2 to 256 that is at least that. */
export function stm32SpiPrescaled(id: number, least: number): { rate: number; prescaler: number } {
  let prescaler = 2;
  while (prescaler < 256 && prescaler < least) prescaler *= 2;
  return { rate: Math.floor(stm32SpiClock(id) / prescaler), prescaler };
}

function stm32SpiClock(id: number): number {
  return id === 1 ? STM32_APB2 : STM32_APB1;
}

/** `ports/stm32/i2c.c`, `i2c_init` and what `machine_i2c.c` prints of its registers. */
export function stm32I2cRate(wanted: number): number {
  const megahertz = STM32_APB1 / 1_000_000;
  const rate = Math.min(wanted >>> 0, 400_000);
  const divider = (steps: number): number =>
    rate === 0 ? 1 : Math.floor((STM32_APB1 - 1) / (rate * steps)) + 1;
  // The register has twelve bits for it.
  if (rate <= 100_000) return Math.floor((megahertz * 500_000) / (Math.max(4, divider(2)) & 0xfff));
  return Math.floor((megahertz * 40_000) / Math.max(1, divider(25)));
}

/**
 * The divider of a USART in sixteenths, rounded by way of hundredths as ST's library does; what is divided
 * by zero is zero.
 */
export function stm32UartRate(id: number, wanted: number): number {
  const clock = id === 1 || id === 6 ? STM32_APB2 : STM32_APB1;
  const hundredths = wanted === 0 ? 0 : Math.floor((clock * 25) / (4 * wanted));
  const whole = Math.floor(hundredths / 100);
  const fraction = Math.floor(((hundredths - whole * 100) * 16 + 50) / 100);
  const sixteenths = whole * 16 + fraction;
  return sixteenths === 0 ? 0 : Math.floor(clock / sixteenths);
}

/** SoftI2C counts half a period in microseconds. */
export function softI2cRate(wanted: number): number {
  return Math.floor(500_000 / Math.max(1, Math.floor(500_000 / wanted)));
}

/** So does SoftSPI; `most`: what it reaches where it does not wait at all, null where it always does. */
export function softSpiRate(wanted: number, most: number | null): number {
  if (most !== null && wanted >= most) return most;
  // The STM32 makes nothing of a division by zero, which the remainder rounds up.
  const delay = wanted === 0 && most !== null ? 1 : Math.ceil(500_000 / wanted);
  return Math.floor(500_000 / delay);
}
