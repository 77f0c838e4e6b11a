#!/usr/bin/env node
import { statSync } from "node:fs";

const built = new URL("../dist/cli/main.js", import.meta.url);
const joined = new URL("../dist/bundle/cli/main.js", import.meta.url);
const time = (url) => statSync(url, { throwIfNoEntry: false })?.mtimeMs ?? 0;
// The joined files load faster; after `tsc` alone they are out of date.
const { main } = await import(time(joined) > time(built) ? joined : built);
process.exit(await main(process.argv));
