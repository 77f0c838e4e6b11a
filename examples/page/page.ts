/** The page around `firmware/`: bundle it with `npm run build`, then open index.html. */

import { start } from "mpy2ts/browser";
import main, { pressed } from "./generated/main.js";

const element = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

const program = start(main, {
  output: (text) => element("output").append(text),
  hostModules: {
    page: {
      show(presses: number): void {
        element("presses").textContent = String(presses);
      },
      ask: (question: string): Promise<string> =>
        new Promise((resolve) => setTimeout(() => resolve(`${question.length} letters`), 10)),
    },
  },
});

element("press").addEventListener("click", () => program.within(() => pressed.set()));
element("stop").addEventListener("click", async () => {
  const { code } = await program.stop();
  element("output").append(`stopped with ${code}\n`);
});
