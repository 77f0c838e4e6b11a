/**
 * Where an exception was raised: the host's call stack, kept as it is and read only when a traceback
 * is printed (traceback.ts).
 */

/** One line of a traceback. */
export interface Frame {
  readonly file: string;
  readonly line: number;
  /** The function; null for text that could not be compiled. */
  readonly name: string | null;
}

export interface Trace {
  /** Holds the host's stack as text in `stack`, which engines format at the first access. */
  readonly holder: { readonly stack?: string };
  /** Captured when the exception was made, so that raising it later replaces this. */
  readonly provisional: boolean;
  /** A place within all that the host's stack shows. */
  readonly inner?: Frame;
}

/** As many frames as a traceback can show. */
const LIMIT = 200;

/**
 * The host's stack. What of the runtime stands in it a traceback leaves out, so an Error of the host
 * will do; `captureStackTrace`, which leaves out the innermost frames, takes half as long again.
 */
export function capture(provisional = false): Trace {
  const host = Error as unknown as { stackTraceLimit: number };
  const limit = host.stackTraceLimit;
  host.stackTraceLimit = LIMIT;
  const holder = new Error();
  host.stackTraceLimit = limit;
  return { holder, provisional };
}
