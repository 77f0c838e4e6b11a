/** The testing API refuses options that it does not know: a misspelt one must not be left out in silence. */

import { simulate, simulateTogether } from "mpy2ts/testing";
import { folderWith } from "../harness/command-line.js";

const firmware = folderWith({ "main.py": "print('started')\n" });
/** Options as a JavaScript program or a cast lets them through. */
const loose = (options: object): never => options as never;

test("options of a simulation", async () => {
  await expect(simulate(firmware, loose({ vrtual: true }))).rejects.toThrow(
    new TypeError(
      "simulate() has no option 'vrtual', it has virtual, board, wiring, parts, argv, startDate, " +
        "seed, files, network, trace, facts",
    ),
  );
  await expect(simulate(firmware, loose({ virtual: false }))).rejects.toThrow(
    new TypeError("a simulation runs in virtual time; 'virtual' can only be true"),
  );
  await expect(simulate(firmware, loose({ board: "picoo" }))).rejects.toThrow(
    "there is no board 'picoo', there are generic, pyboard,",
  );
  await expect(simulate(firmware, { wiring: { boardd: "pico" } })).rejects.toThrow(
    "unknown entry: boardd",
  );
});

test("options of one of several boards", async () => {
  await expect(simulateTogether({ hub: loose({ firmware, network: null }) })).rejects.toThrow(
    /^'hub' of simulateTogether\(\) has no option 'network', it has firmware, virtual, board,/,
  );
});

test("options of what acts on a board", async () => {
  const board = await simulate(firmware, { board: "pico" });
  expect(() => board.pin("GP2").press(loose({ fro: 5 }))).toThrow(
    new TypeError("press() has no option 'fro', it has for, bounce"),
  );
  expect(() => board.setNetworks([loose({ ssid: "home", password: "x" })])).toThrow(
    new TypeError(
      "a network of setNetworks() has no option 'password', it has ssid, key, channel, rssi, bssid",
    ),
  );
  expect(() => board.peripheral(loose({ name: "scale", service: {} }))).toThrow(
    new TypeError("peripheral() has no option 'service', it has name, address, services"),
  );
});
