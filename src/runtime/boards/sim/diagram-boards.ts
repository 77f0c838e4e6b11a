/**
 * The boards of Wokwi's diagrams: which of ours each is, and which of its pins a label means. diagram.ts
 * asks it. A further board is a row here.
 */

/** Gives our name of a pin of a board; null when it is none of the chip's. */
type PinNamer = (name: string) => string | null;

/** Wokwi's boards. */
export const DIAGRAM_BOARDS: Readonly<Record<string, { board: string; pin: PinNamer }>> = {
  "wokwi-pi-pico": { board: "pico", pin: picoPin },
  "board-pi-pico": { board: "pico", pin: picoPin },
  "board-pi-pico-w": { board: "pico_w", pin: picoPin },
  "wokwi-pi-pico-w": { board: "pico_w", pin: picoPin },
  "board-pi-pico-2": { board: "pico2", pin: picoPin },
  "board-pi-pico-2-w": { board: "pico2_w", pin: picoPin },
  "wokwi-esp32-devkit-v1": { board: "esp32", pin: espPin },
  "board-esp32-devkit-v1": { board: "esp32", pin: espPin },
  "board-esp32-devkit-c-v4": { board: "esp32", pin: espPin },
  "board-esp32-s3-devkitc-1": { board: "esp32s3", pin: s3Pin },
  "board-xiao-esp32-s3": {
    board: "esp32s3",
    pin: labelled(s3Pin, [1, 2, 3, 4, 5, 6, 43, 44, 7, 8, 9]),
  },
  "board-esp32-c3-devkitm-1": { board: "esp32c3", pin: c3Pin },
  "board-xiao-esp32-c3": {
    board: "esp32c3",
    pin: labelled(c3Pin, [2, 3, 4, 5, 6, 7, 21, 20, 8, 9, 10]),
  },
  "board-esp8266": { board: "esp8266", pin: labelled(espPin, [16, 5, 4, 0, 2, 14, 12, 13, 15]) },
  "wokwi-esp8266": { board: "esp8266", pin: labelled(espPin, [16, 5, 4, 0, 2, 14, 12, 13, 15]) },
};

function picoPin(name: string): string | null {
  return /^GP\d+$/.test(name) ? name : null;
}

/** A board whose labels D0, D1 ... are not the numbers of the pins; its other names are as on `chip`. */
function labelled(chip: PinNamer, numbers: readonly number[]): PinNamer {
  return (name) => {
    const label = /^D(\d+)$/.exec(name);
    return label === null ? chip(name) : (numbers[Number(label[1])]?.toString() ?? null);
  };
}

function s3Pin(name: string): string | null {
  return { TX: "43", RX: "44" }[name] ?? numbered(name);
}

function c3Pin(name: string): string | null {
  return { TX: "21", RX: "20" }[name] ?? numbered(name);
}

/** "D5", "GPIO5" and "5" are a pin's number; "2.1" is one of several pins of that number. */
function numbered(name: string): string | null {
  return /^(?:D|GPIO|IO)?(\d+)(?:\.\d+)?$/.exec(name)?.[1] ?? null;
}

function espPin(name: string): string | null {
  const special: Record<string, string> = {
    TX: "1",
    TX0: "1",
    RX: "3",
    RX0: "3",
    TX2: "17",
    RX2: "16",
    VP: "36",
    VN: "39",
  };
  return special[name] ?? numbered(name);
}
