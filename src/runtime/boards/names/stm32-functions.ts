/**
 * The alternate functions of an STM32F405's pins, as far as the pyboard's firmware knows them, and the
 * constants of `Pin` that are named after them. From the table of alternate functions in the chip's
 * datasheet; machine/pin/pin-functions.ts and names/stm32.ts read it.
 */

/** By pin: `number:peripheral_signal` of each. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  A0: "1:TIM2_CH1 1:TIM2_ETR 2:TIM5_CH1 3:TIM8_ETR 7:USART2_CTS 8:UART4_TX",
  A1: "1:TIM2_CH2 2:TIM5_CH2 7:USART2_RTS 8:UART4_RX",
  A2: "1:TIM2_CH3 2:TIM5_CH3 3:TIM9_CH1 7:USART2_TX",
  A3: "1:TIM2_CH4 2:TIM5_CH4 3:TIM9_CH2 7:USART2_RX",
  A4: "5:SPI1_NSS 7:USART2_CK",
  A5: "1:TIM2_CH1 1:TIM2_ETR 3:TIM8_CH1N 5:SPI1_SCK",
  A6: "1:TIM1_BKIN 2:TIM3_CH1 3:TIM8_BKIN 5:SPI1_MISO 9:TIM13_CH1",
  A7: "1:TIM1_CH1N 2:TIM3_CH2 3:TIM8_CH1N 5:SPI1_MOSI 9:TIM14_CH1",
  B6: "2:TIM4_CH1 4:I2C1_SCL 7:USART1_TX 9:CAN2_TX",
  B7: "2:TIM4_CH2 4:I2C1_SDA 7:USART1_RX",
  B3: "1:TIM2_CH2 5:SPI1_SCK",
  C2: "5:SPI2_MISO 6:I2S2_EXTSD",
  C3: "5:SPI2_MOSI 5:I2S2_SD",
  C6: "2:TIM3_CH1 3:TIM8_CH1 5:I2S2_MCK 8:USART6_TX",
  C7: "2:TIM3_CH2 3:TIM8_CH2 8:USART6_RX",
  B8: "2:TIM4_CH3 3:TIM10_CH1 4:I2C1_SCL 9:CAN1_RX",
  B9: "2:TIM4_CH4 3:TIM11_CH1 4:I2C1_SDA 5:SPI2_NSS 5:I2S2_WS 9:CAN1_TX",
  B12: "1:TIM1_BKIN 5:SPI2_NSS 5:I2S2_WS 7:USART3_CK 9:CAN2_RX",
  B13: "1:TIM1_CH1N 5:SPI2_SCK 5:I2S2_CK 7:USART3_CTS 9:CAN2_TX",
  B14: "1:TIM1_CH2N 3:TIM8_CH2N 5:SPI2_MISO 6:I2S2_EXTSD 7:USART3_RTS 9:TIM12_CH1",
  B15: "1:TIM1_CH3N 3:TIM8_CH3N 5:SPI2_MOSI 5:I2S2_SD 9:TIM12_CH2",
  B10: "1:TIM2_CH3 4:I2C2_SCL 5:SPI2_SCK 5:I2S2_CK 7:USART3_TX",
  B11: "1:TIM2_CH4 4:I2C2_SDA 7:USART3_RX",
  B0: "1:TIM1_CH2N 2:TIM3_CH3 3:TIM8_CH2N",
  B1: "1:TIM1_CH3N 2:TIM3_CH4 3:TIM8_CH3N",
  A15: "1:TIM2_CH1 1:TIM2_ETR 5:SPI1_NSS",
  B4: "2:TIM3_CH1 5:SPI1_MISO",
  B5: "2:TIM3_CH2 5:SPI1_MOSI 9:CAN2_RX",
  A8: "1:TIM1_CH1 7:USART1_CK",
  A9: "1:TIM1_CH2 7:USART1_TX",
  A10: "1:TIM1_CH3 7:USART1_RX",
  A11: "1:TIM1_CH4 7:USART1_CTS 9:CAN1_RX",
  A12: "1:TIM1_ETR 7:USART1_RTS 9:CAN1_TX",
  C8: "2:TIM3_CH3 3:TIM8_CH3 8:USART6_CK",
  C9: "2:TIM3_CH4 3:TIM8_CH4",
  C10: "7:USART3_TX 8:UART4_TX",
  C11: "7:USART3_RX 8:UART4_RX",
  C12: "7:USART3_CK",
  D2: "2:TIM3_ETR",
};

/** One function of a pin: number 1 of A0 is TIM2_CH1. */
export interface PinFunction {
  index: number;
  /** "TIM", "USART" ... */
  kind: string;
  unit: number;
  /** "CH1" */
  signal: string;
}

/** The functions of a pin by the chip's name of it, in the order of their numbers. */
export function stm32Functions(pin: string): PinFunction[] {
  const texts = FUNCTIONS[pin]?.split(" ") ?? [];
  return texts.map((text) => {
    const [, number, kind = "", unit, signal = ""] =
      /^(\d+):([A-Z0-9]*[A-Z])(\d+)_(\w+)$/.exec(text) ?? [];
    return { index: Number(number), kind, unit: Number(unit), signal };
  });
}

/** "AF1_TIM2" */
export function functionName({ index, kind, unit }: PinFunction): string {
  return `AF${index}_${kind}${unit}`;
}

/** `Pin.AF1_TIM2` and the like. */
export const functionConstants: Readonly<Record<string, number>> = Object.fromEntries(
  Object.keys(FUNCTIONS)
    .flatMap(stm32Functions)
    .map((each) => [functionName(each), each.index] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);
