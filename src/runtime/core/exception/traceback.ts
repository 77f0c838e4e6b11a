/**
 * Tracebacks as MicroPython prints them. The frames come from the host's call stacks (trace.ts),
 * mapped to Python lines by source maps; frames of the runtime have no map and so do not appear.
 */

import { exceptionText } from "./exception-text.js";
import { type BaseException, TRACE } from "./exceptions.js";
import { originalPosition } from "./source-map.js";
import { capture, type Frame, type Trace } from "./trace.js";

export { registerSourceMap } from "./source-map.js";

/** Puts a place that no code of the host stands for inside all others: text that cannot be read. */
export function addFrame(error: BaseException, frame: Frame): void {
  const trace = error[TRACE]?.at(-1) ?? capture();
  error[TRACE] = [{ ...trace, provisional: false, inner: frame }];
}

/** What an uncaught exception prints; frames that the caller shares with the raise are left out. */
export function formatException(error: BaseException): string {
  const frames = framesOf(error);
  const lines = frames.map(({ file, line, name }) => {
    const within = name === null ? "" : `, in ${name}`;
    return `  File "${file}", line ${line}${within}\n`;
  });
  const head = lines.length === 0 ? "" : "Traceback (most recent call last):\n";
  return `${head}${lines.join("")}${exceptionText(error, "exc")}\n`;
}

/**
 * The host's call stack where the exception was raised last, innermost first: the lines of the emitted
 * files, which the host or a debugger maps further. Frames of the runtime are left out, where it is
 * not bundled with the program.
 */
export function hostStack(error: BaseException): string {
  const lines = raises(error).at(-1)?.holder.stack?.split("\n").filter(isFrame) ?? [];
  const runtime = RUNTIME.exec(lines[0] ?? "")?.[1];
  return lines
    .filter((line) => !MAKING.test(line) && (runtime === undefined || !line.includes(runtime)))
    .join("\n");
}

/** The Python frames from where the exception was caught to where it was raised, outermost first. */
function framesOf(error: BaseException): Frame[] {
  const here = parse(capture().holder.stack ?? "");
  let outer = here;
  let frames: Frame[] = [];
  // The newest raise was reached through all that is still running; older ones end where the
  // exception was caught and raised again.
  for (const trace of raises(error).reverse()) {
    const stack = parse(trace.holder.stack ?? "");
    const common = commonPrefix(stack, outer);
    frames = frames.concat(stack.slice(common), trace.inner ?? []);
    outer = stack;
  }
  return frames;
}

/** Where it was raised, oldest first; where it was only made does not count. */
function raises(error: BaseException): Trace[] {
  return error[TRACE]?.filter((trace) => !trace.provisional) ?? [];
}

/** How many of the outermost frames are the same; the last frame of each is never one of them. */
function commonPrefix(stack: readonly Frame[], outer: readonly Frame[]): number {
  let count = 0;
  const same = (left: Frame | undefined, right: Frame | undefined): boolean =>
    left?.file === right?.file && left?.line === right?.line && left?.name === right?.name;
  while (count < stack.length - 1 && count < outer.length && same(stack[count], outer[count])) {
    count++;
  }
  return count;
}

/** A frame in V8's text ("at f (url:1:2)") or in that of other engines ("f@url:1:2"). */
const V8_FRAME = /^\s*at (?:async )?(?:(.*?) \()?(.+?):(\d+):(\d+)\)?$/;
const OTHER_FRAME = /^(.*?)@(.+?):(\d+):(\d+)$/;

/** Where the runtime is, told by its innermost frame, that of capture(); maybe mapped. */
const RUNTIME = /[(@](.*\/)core\/exception\/trace\.[jt]s:/;
/** What else stands innermost where an exception is raised. */
const MAKING = /^\s*at (?:capture|raise|new \S+) \(|^(?:capture|raise|BaseException|\w+Error)@/;

function isFrame(line: string): boolean {
  return V8_FRAME.test(line) || OTHER_FRAME.test(line);
}

/** The Python frames of a host stack, outermost first. */
function parse(stack: string): Frame[] {
  const frames: Frame[] = [];
  const lines = stack.split("\n");
  lines.forEach((text, index) => {
    const match = V8_FRAME.exec(text) ?? OTHER_FRAME.exec(text);
    if (match === null) return;
    const [, name = "", url, line, column] = match;
    // Classes have no constructor of their own: Python sees `__init__` alone.
    if (name.startsWith("new ")) return;
    const position = originalPosition(url as string, Number(line), Number(column));
    if (position === undefined) return;
    const { file, line: at } = position;
    const anonymous = anonymousName(name, lines[index + 1] ?? "");
    frames.push({ file, line: at, name: anonymous ?? pythonName(name, position.name) });
    // The body of a class runs within the function of JavaScript that the class statement is in.
    if (anonymous !== undefined) return;
    for (let { outer } = position; outer !== undefined; { outer } = outer) {
      frames.push({ file, line: outer.line, name: pythonName(name, outer.name) });
    }
  });
  return frames.reverse();
}

/** Functions without a name are lambdas, but for the callbacks of comprehensions. */
function anonymousName(name: string, caller: string): string | undefined {
  if (name !== "" && !name.endsWith("<anonymous>")) return undefined;
  if (/\bcollect\b/.test(caller)) return "<listcomp>";
  return /\bgenexpr\b/.test(caller) ? "<genexpr>" : "<lambda>";
}

/** By the extents of functions, if the source map has them; else from "Blinker.run [as go]". */
function pythonName(name: string, around: string | undefined): string {
  if (around !== undefined && around !== "<module>") return around;
  const plain = name.replace(/ \[as .*\]$/, "").replace(/^.*\./, "");
  // The statements of a module, and those of text given to `exec`.
  if (plain === "body" || plain === "eval") return "<module>";
  // A lambda at the outermost level has the name of the variable that it is assigned to.
  return around === undefined ? plain : "<lambda>";
}
