/**
 * Functions that a program hands to the runtime to be called back, and what they are then called with:
 * `start_server(serve, ...)` gives `serve` two streams. Such a function is no more open to the unknown
 * than one that is called by name. Used by `facts/escapes.ts` and `call-binding.ts`.
 */
import type { Call, Expr } from "../../parser/ast.js";
import { callTarget } from "../callee.js";
import type { Modules, ModuleView } from "../module-view.js";
import { ownRow } from "./own-row.js";
import type { RuntimeClassName } from "./type.js";

type Given = RuntimeClassName | "dict" | "argument";

interface Row {
  /** Place among the positional arguments; -1: only by keyword. */
  readonly place: number;
  readonly keyword: string;
  readonly gives: readonly Given[];
}

/** Functions and classes of runtime modules. `argument` is the one behind the callback. */
const CALLS: Readonly<Record<string, Row>> = {
  "asyncio.start_server": {
    place: 0,
    keyword: "cb",
    gives: ["asyncio.StreamReader", "asyncio.StreamWriter"],
  },
  "machine.Timer": { place: -1, keyword: "callback", gives: ["machine.Timer"] },
  "micropython.schedule": { place: 0, keyword: "", gives: ["argument"] },
};

/** Methods of runtime classes, by their name and the class of the receiver. */
const METHODS: Readonly<Record<string, Omit<Row, "gives">>> = {
  init: { place: -1, keyword: "callback" },
  irq: { place: 0, keyword: "handler" },
  set_exception_handler: { place: 0, keyword: "handler" },
};

const METHOD_GIVES: Readonly<Record<string, readonly Given[]>> = {
  "asyncio.Loop.set_exception_handler": ["asyncio.Loop", "dict"],
  "machine.Pin.irq": ["machine.Pin"],
  "machine.Timer.init": ["machine.Timer"],
  "machine.UART.irq": ["machine.UART"],
};

/** The callback among the arguments of a call. */
export interface Callback {
  readonly function: Expr;
  /** What it is called with, where the call is of a function or class; null: the receiver decides. */
  readonly gives: readonly Given[] | null;
  /** The argument behind it. */
  readonly argument: Expr | null;
}

export type Methods = ReadonlyMap<string, unknown>;

/** The callback that `call` hands to the runtime; null: none, or one that is not known. */
export function callbackOf(
  call: Call,
  view: ModuleView,
  modules: Modules,
  methods: Methods,
): Callback | null {
  const target = callTarget(call, view, modules);
  if (target.kind === "runtime") {
    const row = ownRow(CALLS, `${target.module}.${target.name}`);
    return row && callback(call, row, row.gives);
  }
  if (target.kind !== "method" || methods.has(target.name)) return null;
  const row = ownRow(METHODS, target.name);
  return row && callback(call, row, null);
}

/** What a method of a runtime class calls its callback with; null: not known. */
export function givenByMethod(cls: RuntimeClassName, name: string): readonly Given[] | null {
  return ownRow(METHOD_GIVES, `${cls}.${name}`);
}

function callback(
  call: Call,
  { place, keyword }: Omit<Row, "gives">,
  gives: Callback["gives"],
): Callback | null {
  const named = call.keywords.find(({ arg }) => arg === keyword)?.value;
  const found = named ?? call.args[place];
  if (found === undefined || call.args.some(({ kind }) => kind === "Starred")) return null;
  return { function: found, gives, argument: call.args[place + 1] ?? null };
}
