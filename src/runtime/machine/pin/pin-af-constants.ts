/**
 * The constants of `Pin` that are named after a pyboard's alternate functions, for programs in TypeScript:
 * their numbers are in boards/names/stm32-functions.ts.
 */

import type {} from "./pin.js";

declare module "./pin.js" {
  namespace Pin {
    let AF1_TIM1: number;
    let AF1_TIM2: number;
    let AF2_TIM3: number;
    let AF2_TIM4: number;
    let AF2_TIM5: number;
    let AF3_TIM8: number;
    let AF3_TIM9: number;
    let AF3_TIM10: number;
    let AF3_TIM11: number;
    let AF4_I2C1: number;
    let AF4_I2C2: number;
    let AF5_I2S2: number;
    let AF5_SPI1: number;
    let AF5_SPI2: number;
    let AF6_I2S2: number;
    let AF7_USART1: number;
    let AF7_USART2: number;
    let AF7_USART3: number;
    let AF8_UART4: number;
    let AF8_USART6: number;
    let AF9_CAN1: number;
    let AF9_CAN2: number;
    let AF9_TIM12: number;
    let AF9_TIM13: number;
    let AF9_TIM14: number;
  }
}
