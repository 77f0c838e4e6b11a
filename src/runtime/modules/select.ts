/** The `select` module: waiting for several streams at once. */

export { POLLERR, POLLHUP, POLLIN, POLLOUT } from "../io/pollable.js";
export { poll, select } from "../io/poller.js";
