/** The `urequests` module: `requests` under its old name. */

export * from "./requests.js";

export const __version__ = "0.8.0";
