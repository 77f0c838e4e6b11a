/**
 * The `webrepl` module, which boards with a network freeze. There is no prompt to serve: without a
 * password it says what a board says that nobody has set up, and with one that it is not simulated.
 */

import { def } from "../core/call/signature.js";
import { current } from "../core/context.js";
import { ImportError } from "../core/exception/exceptions.js";
import { importing } from "../core/module/imports.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { notSimulated } from "../machine/not-simulated.js";

const NOT_CONFIGURED = "WebREPL is not configured, run 'import webrepl_setup'\n";

function isConfigured(): boolean {
  try {
    importing("webrepl_cfg");
    return true;
  } catch (error) {
    if (error instanceof ImportError) return false;
    throw error;
  }
}

function begin(password: Value): null {
  if (password !== null || isConfigured()) return notSimulated("webrepl");
  (current().host as Host).write(NOT_CONFIGURED);
  return null;
}

export const start = def(
  (_port: Value = 8266, password: Value = null, _accept_handler: Value = null) => begin(password),
  "port=, password=, accept_handler=",
  "start",
);

export const start_foreground = def(
  (_port: Value = 8266, password: Value = null) => begin(password),
  "port=, password=",
  "start_foreground",
);

export const stop = def(() => null, "", "stop");

export const __version__ = "0.1.0";
