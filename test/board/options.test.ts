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
    "boardd: unknown entry",
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

test("what acts on a board takes numbers that make sense", async () => {
  const wiring = {
    board: "pico",
    parts: [
      { type: "button", id: "start", pin: "GP2" },
      { type: "bme280", id: "air", scl: "GP5", sda: "GP4" },
    ],
  };
  const board = await simulate(firmware, { wiring });
  await expect(board.advance(loose({}))).rejects.toThrow("advance() takes milliseconds, not [obj");
  await expect(board.advance(-1)).rejects.toThrow("advance() takes milliseconds, not -1");
  expect(() => board.pin("GP2").drive(2 as never)).toThrow("a level is 0, 1 or null, not 2");
  expect(() => board.pin("GP26").setVolts(Number.NaN)).toThrow("no voltage: NaN");
  expect(() => board.act("start", "press", "long")).toThrow("nothing is pressed for long ms");
  expect(() => board.act("air", "set", 31)).toThrow('it is "set" with a quantity and its value');
  expect(() => board.act("air", "set", "temperature", "x")).toThrow("temperature cannot be x");
  expect(() => board.act("stop", "press")).toThrow("stop: board pico has no such part or pin");
  expect(() => board.act("start", "turn")).toThrow("cannot 'turn', it can press, hold, release");
  board.act("start", "press", 20);
  await board.advance(20);
  expect(board.events.map(({ at, kind }) => [at, kind])).toEqual([
    [0, "pressed"],
    [20, "released"],
  ]);
});

test("a condition that does not come true says what the firmware did", async () => {
  const failing = folderWith({ "main.py": "import time\ntime.sleep_ms(5)\n{}['key']\n" });
  const board = await simulate(failing);
  await expect(board.until(() => board.lines.includes("ready"), 20)).rejects.toThrow(
    /^nothing of the kind within 20 ms: .*ready.*\nthe firmware has ended with exit code 1\nTraceback.*\n.*line 3.*\nKeyError: key\n$/,
  );
});

test("firmware that does not compile is shown with its line", async () => {
  const broken = folderWith({ "main.py": "x = 1\nprint((x)\n" });
  await expect(simulate(broken)).rejects.toThrow(
    /^\S*main\.py\(2,6\): error MPY1002: '\(' was never closed\n(.*\n)*\n2 \| print\(\(x\)\n {2}\| +~\n$/,
  );
});

test("firmware that goes round for ever is paused", async () => {
  const board = await simulate(
    folderWith({ "main.py": "done = False\nwhile not done:\n    pass\n" }),
  );
  for (let i = 0; i < 3; i++) {
    const before = board.time;
    await board.advance(10);
    expect(Math.abs(board.time - before - 10)).toBeLessThanOrEqual(1);
  }
  expect(board.exitCode).toBe(null);
});

test("an LED to the supply is on where its pin is low", async () => {
  const wiring = { parts: [{ type: "led", id: "power", pin: 3, activeLow: true }] };
  const source = "from machine import Pin\nimport time\np = Pin(3, Pin.OUT, value=1)\n";
  const board = await simulate(folderWith({ "main.py": `${source}time.sleep_ms(5)\np.off()\n` }), {
    wiring,
  });
  expect(board.led("power").on).toBe(false);
  await board.advance(10);
  expect(board.led("power").on).toBe(true);
});

test.each([["time.ticks_ms()"], ["pin.value()"]])(
  "a module that goes round with %s from its start is paused as well",
  async (look) => {
    const source = `import time\nfrom machine import Pin\npin = Pin(4, Pin.IN)\nwhile True:\n    ${look}\n`;
    const board = await simulate(folderWith({ "main.py": source }));
    await board.advance(20);
    expect(board.time).toBeLessThan(25);
  },
);
