/** The `urequests` module: `requests` under its old name. */

export * from "./requests.js";
