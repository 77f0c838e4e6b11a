/** The port to the STM32 as the pyboard v1.1 has it: the tables of `ports/stm32/*.c`. */

import type { PortNames } from "../../core/port-names.js";
import { CSI, HOST_OS, HOST_VFS, MORE_ADC, STM32_ADC } from "./shared.js";

export const stm32Names: PortNames = {
  lacks: {
    os: [...HOST_OS, ...HOST_VFS],
    vfs: HOST_VFS,
    machine: [
      "ADCBlock",
      "Counter",
      "DAC",
      "Encoder",
      "TouchPad",
      "USBDevice",
      "wake_pins",
      "wake_reason",
    ],
    "machine.Pin": ["toggle", "drive"],
    "machine.ADC": MORE_ADC,
    "machine.PWM": ["duty"],
    "machine.Timer": ["value"],
    "machine.RTC": [
      "deinit",
      "now",
      "memory",
      "alarm",
      "alarm_left",
      "alarm_cancel",
      "cancel",
      "irq",
    ],
    network: ["LAN", "PPP", "USBD_NCM", "WIZNET5K", "WLAN", "ipconfig", "phy_mode"],
    "network.WLAN": CSI,
  },
  constants: {
    machine: {
      PWRON_RESET: 1,
      HARD_RESET: 2,
      WDT_RESET: 3,
      DEEPSLEEP_RESET: 4,
      SOFT_RESET: 0,
    },
    "machine.Pin": {
      IN: 0,
      OUT: 1,
      OPEN_DRAIN: 0x11,
      ALT: 2,
      ALT_OPEN_DRAIN: 0x12,
      ANALOG: 3,
      PULL_UP: 1,
      PULL_DOWN: 2,
      PULL_NONE: 0,
      IRQ_RISING: 0x10110000,
      IRQ_FALLING: 0x10210000,
      OUT_PP: 1,
      OUT_OD: 0x11,
      AF_PP: 2,
      AF_OD: 0x12,
    },
    "machine.Timer": { ONE_SHOT: 1, PERIODIC: 2 },
    "machine.UART": { RTS: 0x100, CTS: 0x200, IRQ_RXIDLE: 0x10, IRQ_RX: 0x20 },
    "machine.SPI": { MSB: 0, LSB: 0x80 },
    "machine.I2S": { RX: 0x300, TX: 0x200, MONO: 0, STEREO: 1 },
    "machine.ADC": STM32_ADC,
  },
};
