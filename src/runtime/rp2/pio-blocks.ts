/** The PIOs of the running program's chip, made when they are first asked for. */

import { perContext } from "../core/context.js";
import { currentBoard } from "../machine/bus-unit.js";
import { PioBlock } from "./pio-block.js";

const blocks = perContext(() =>
  Array.from(
    { length: currentBoard().data.pios },
    (_, number) => new PioBlock(number, currentBoard()),
  ),
);

export function pioBlock(number: number): PioBlock | undefined {
  return blocks()[number];
}
