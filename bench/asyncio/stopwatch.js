/** The part of measure.py for processes under Node: waits for a line, and tells the CPU time taken. */
import { readSync, writeSync } from "node:fs";

const line = new Uint8Array(1);
let started = 0;

const cpuTime = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

export function start() {
  while (readSync(0, line) === 1 && line[0] !== 10);
  started = cpuTime();
}

export function end() {
  writeSync(1, `took ${cpuTime() - started}\n`);
}
