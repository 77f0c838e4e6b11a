/** The example projects on their simulated boards, in virtual time, through the testing API. */

import { spawnSync } from "node:child_process";
import type { SimulatedBoard } from "mpy2ts/testing";
import { simulate } from "mpy2ts/testing";

const example = (name: string): string =>
  new URL(`../../examples/${name}`, import.meta.url).pathname;

/** The times at which an LED goes on. */
function onTimes(board: SimulatedBoard, led: string): number[] {
  return board
    .led(led)
    .edges()
    .filter(({ level }) => level === 1)
    .map(({ at }) => at);
}

describe("blink", () => {
  test("both LEDs have their own rhythm", async () => {
    const board = await simulate(example("blink"));
    await board.advance(2000);
    expect(onTimes(board, "Pin(1)")).toEqual([0, 750, 1500]);
    expect(onTimes(board, "Pin(2)")).toEqual([0, 450, 900, 1350, 1800]);
  });
});

describe("traffic light", () => {
  const start = () => simulate(example("traffic-light"));
  const lit = (board: SimulatedBoard): string[] =>
    ["red", "amber", "green", "wait", "walk"].filter((name) => board.led(name).on);

  test("cars have green until somebody asks to cross", async () => {
    const board = await start();
    await board.advance(4500);
    expect(lit(board)).toEqual(["green"]);
    // The wiring presses the button at 5 s, with three bounces.
    await board.advance(1000);
    expect(lit(board)).toEqual(["green", "wait"]);
    expect(board.lines.filter((line) => line === "request")).toHaveLength(1);
    await board.advance(3000);
    expect(lit(board)).toEqual(["amber", "wait"]);
    await board.advance(1700);
    expect(lit(board)).toEqual(["red", "walk"]);
    await board.advance(5000);
    expect(lit(board)).toEqual(["red"]);
  });

  test("beeps while people may walk, faster at the end", async () => {
    const board = await start();
    await board.advance(16_000);
    const { played } = board.part("beeper") as unknown as {
      played: { at: number; tone: number | null }[];
    };
    const tones = played.filter(({ tone }) => tone !== null);
    expect(new Set(tones.map(({ tone }) => tone))).toEqual(new Set([880]));
    const gaps = tones.slice(1).map(({ at }, i) => Math.round(at - (tones[i]?.at ?? 0)));
    expect(gaps[0]).toBe(500);
    expect(gaps.at(-1)).toBe(200);
  });

  test("a bouncing press counts once, a long one reports", async () => {
    const board = await start();
    await board.advance(1000);
    board.pin("GP2").press({ for: 2000, bounce: 4 });
    await board.advance(2500);
    expect(board.lines.at(-1)).toBe("crossings: 0 presses: 1");
  });

  test("amber blinks at night", async () => {
    const board = await start();
    await board.advance(100);
    board.act("night", "on");
    await board.advance(4000);
    const before = board.led("amber").edges().length;
    await board.advance(5000);
    expect(board.led("amber").edges().length - before).toBe(10);
    expect(board.errors).toBe("");
  });
});

test("Node's own test runner runs the tests of the traffic light", () => {
  const { status, stdout } = spawnSync(process.execPath, ["--test", example("traffic-light")], {
    encoding: "utf8",
    // Jest's own marks would make it report to Jest.
    env: { ...process.env, NODE_OPTIONS: "", NODE_TEST_CONTEXT: undefined },
  });
  expect(stdout).toMatch(/# pass 2\n# fail 0/);
  expect(status).toBe(0);
});

describe("light dial", () => {
  const start = () => simulate(example("light-dial"));
  const pixels = (board: SimulatedBoard): number[][] =>
    (board.part("ring").state as unknown as { pixels: number[][] }).pixels;

  test("turning the knob changes the color, either way", async () => {
    const board = await start();
    await board.advance(500);
    expect(pixels(board)).toEqual(Array.from({ length: 12 }, () => [255, 0, 0]));
    await board.advance(1000);
    const [first = []] = pixels(board);
    expect(first[1]).toBeGreaterThan(0);
    board.act("knob", "turn", -3);
    await board.advance(500);
    expect(pixels(board)[0]).toEqual([255, 0, 0]);
  });

  test("pressing chooses the next effect", async () => {
    const board = await start();
    await board.advance(3000);
    expect(new Set(pixels(board).map(String)).size).toBeGreaterThan(6);
  });

  test("obeys the serial line", async () => {
    const board = await start();
    const terminal = board.part("terminal") as unknown as { received: string };
    board.act("terminal", "send", "effect comet\nstatus\nnonsense\nhue x\n");
    await board.advance(200);
    expect(terminal.received.split("\r\n")).toEqual([
      "effect comet",
      "comet hue=0 level=255",
      "unknown command",
      "error: invalid syntax for integer with base 10",
      "",
    ]);
    expect(pixels(board).filter((pixel) => pixel.some((part) => part > 0)).length).toBe(5);
  });

  test("the dimmer darkens, and it sleeps when nobody touches it", async () => {
    const board = await start();
    board.act("dimmer", "set", 0.5);
    await board.advance(500);
    expect(pixels(board)[0]?.[0]).toBeLessThan(100);
    await board.advance(70_000);
    expect(board.lines.at(-1)).toBe("good night");
    expect(
      pixels(board)
        .flat()
        .every((part) => part === 0),
    ).toBe(true);
    board.act("knob", "turn", 1);
    await board.advance(500);
    expect(
      pixels(board)
        .flat()
        .some((part) => part > 0),
    ).toBe(true);
  });
});

describe("sensor node", () => {
  const start = () => simulate(example("sensor-node"), { startDate: Date.UTC(2025, 5, 1) });

  test("measures, draws and logs", async () => {
    const board = await start();
    await board.advance(2000);
    const screen = board.part("screen").state as unknown as { on: boolean; picture: string[] };
    expect(screen.on).toBe(true);
    expect(screen.picture[0]).toMatch(/^#{128}$/);
    const log = board.part("log") as unknown as { memory: Uint8Array };
    const record = new DataView(log.memory.buffer);
    expect(record.getUint32(0, true)).toBe(Date.UTC(2025, 5, 1) / 1000);
    expect(record.getInt16(4, true)).toBe(2150);
    expect(record.getInt16(6, true)).toBe(825);
  });

  test("the button shows another page", async () => {
    const board = await start();
    const picture = (): string =>
      (board.part("screen").state as unknown as { picture: string[] }).picture.join("\n");
    await board.advance(4900);
    const before = picture();
    await board.advance(200);
    expect(picture()).not.toBe(before);
  });

  test("raises an alarm and ends it", async () => {
    const board = await start();
    await board.advance(19_000);
    expect(board.led("alarm").edges()).toEqual([]);
    await board.advance(5000);
    expect(board.lines.at(-1)).toBe("alarm at 31.0");
    expect(board.led("alarm").edges().length).toBeGreaterThan(5);
    board.act("climate", "set", "temperature", 20);
    await board.advance(3000);
    expect(board.lines.at(-1)).toBe("alarm over");
  });

  test("serves its page", async () => {
    const board = await start();
    await board.advance(3000);
    expect(board.lines[0]).toBe("connected as 192.168.4.2");
    const page = await board.request("GET / HTTP/1.0\r\n\r\n");
    expect(page).toMatch(/^HTTP\/1\.0 200 OK\r\n/);
    expect(page).toContain("<h1>21.5 &deg;C</h1>");
    const data = await board.request("GET /data HTTP/1.0\r\n\r\n");
    expect(JSON.parse(data.split("\r\n\r\n")[1] ?? "")).toMatchObject({ outside: 8.25 });
    expect(await board.request("GET /x HTTP/1.0\r\n\r\n")).toContain("404 Not Found");
  });

  test("says when the sensor is missing", async () => {
    const board = await simulate(example("sensor-node"), { wiring: { board: "pico_w" } });
    expect(board.lines).toEqual(["cannot start: nothing at 0x76"]);
    expect(board.exitCode).toBe(0);
  });
});
