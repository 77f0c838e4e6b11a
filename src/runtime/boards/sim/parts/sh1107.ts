/** A monochrome display of 128 by 128 with an SH1107: an SSD1306 with more pages and other commands. */

import type { PartKind, Site } from "../part.js";
import { Ssd1306 } from "./ssd1306.js";

const SIZE = 128;
/** How many bytes follow a command; the others stand alone. */
const ARGUMENTS: Readonly<Record<number, number>> = {
  129: 1,
  168: 1,
  173: 1,
  211: 1,
  213: 1,
  217: 1,
  219: 1,
  220: 1,
};
const BY_PAGES = 0x20;
const BY_COLUMNS = 0x21;

export class Sh1107 extends Ssd1306 {
  constructor(site: Site) {
    super(site, SIZE, ARGUMENTS);
  }

  /** Its addresses are those of the page mode, or run down the pages; both are single commands. */
  protected override perform(code: number, args: readonly number[]): void {
    if (code === BY_PAGES) super.perform(0x20, [2]);
    else if (code === BY_COLUMNS) super.perform(0x20, [1]);
    else if (code >= 0xb0 && code <= 0xbf) this.page = code & 0xf;
    // Its columns and rows run the other way than those of an SSD1306.
    else if (code === 0xa0 || code === 0xa1) super.perform(code ^ 1, args);
    else if (code >= 0xc0 && code <= 0xcf) super.perform(code ^ 8, args);
    else super.perform(code, args);
  }
}

export const sh1107: PartKind<Sh1107> = {
  legs: ["scl", "sda", "sck", "mosi", "dc", "cs", "res"],
  options: ["address", "width", "height"],
  create: (site) => new Sh1107(site),
};
