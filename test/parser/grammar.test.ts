import { spawnSync } from "node:child_process";
import { expect, test } from "@jest/globals";

test("the checked-in tables are those that the grammar and its edits give", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/build-grammar.mjs", "--check"], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
}, 60000);
