/** The exceptions that asyncio adds. Cancelling is a BaseException, so `except Exception` lets it pass. */

import { define } from "../core/class/class.js";
import { BaseException, Exception } from "../core/exception/exceptions.js";

export class CancelledError extends BaseException {}
define(CancelledError, {});

export class TimeoutError extends Exception {}
define(TimeoutError, {});
