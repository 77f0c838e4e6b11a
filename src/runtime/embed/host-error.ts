/** Errors of JavaScript functions that Python has called, as exceptions that Python can catch. */

import { BaseException, OSError, RuntimeError } from "../core/exception/exceptions.js";
import { PythonError } from "./python-error.js";

/**
 * Python's own exceptions come back as they were; an error of the platform with an `errno` is an
 * OSError with that number, any other a RuntimeError with its name and message.
 */
export function hostError(error: unknown): BaseException {
  if (error instanceof BaseException) return error;
  if (error instanceof PythonError) return error.exception;
  const { errno, name, message } = error as { errno?: unknown; name?: string; message?: string };
  if (typeof errno === "number" && Number.isInteger(errno)) return new OSError(Math.abs(errno));
  return new RuntimeError(message === undefined ? String(error) : `${name}: ${message}`);
}
