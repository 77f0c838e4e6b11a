// The crossing in virtual time, with Node's test runner: `node --test`.
import assert from "node:assert/strict";
import { dirname } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { simulate } from "mpy2ts/testing";

const firmware = dirname(fileURLToPath(import.meta.url));
const lit = (board) => ["red", "amber", "green", "wait", "walk"].filter((id) => board.led(id).on);

test("people may walk after they have pressed the button", async () => {
  const board = await simulate(firmware);
  await board.advance(4500);
  assert.deepEqual(lit(board), ["green"]);
  // The wiring presses the button at 5 s, with three bounces.
  await board.advance(1000);
  assert.deepEqual(lit(board), ["green", "wait"]);
  await board.until(() => board.led("walk").on, 6000);
  assert.deepEqual(lit(board), ["red", "walk"]);
});

test("a press at night changes nothing", async () => {
  const board = await simulate(firmware);
  board.act("night", "on");
  await board.advance(4100);
  board.pin("GP2").press({ for: 100, bounce: 2 });
  await board.advance(2000);
  assert.ok(!board.lines.includes("request"));
  assert.equal(board.led("wait").on, false);
});
