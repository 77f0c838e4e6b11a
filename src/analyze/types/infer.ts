/**
 * Type inference over the whole program, without regard to the order of execution: every variable,
 * field, parameter and result has the types of all values that the text puts into it. Starts from
 * nothing and grows to a fixed point; what is never given a value in view counts as unknown.
 * Called by `program-facts.ts`.
 */
import type { ClassDef, Expr, FunctionNode, Module, Name } from "../../parser/ast.js";
import type { StoreNode } from "../analysis.js";
import { Annotations } from "./annotation.js";
import { CallBinding, type CallBindingInput } from "./call-binding.js";
import { Cells } from "./cell.js";
import { type ConstraintInput, Constraints } from "./constraints.js";
import { Doubts } from "./doubts.js";
import { Evaluator } from "./evaluate.js";
import { type KnowledgeInput, Ledger } from "./knowledge.js";
import { certain, type Type } from "./type.js";

export interface InferInput extends CallBindingInput, ConstraintInput, KnowledgeInput {}

/** The type of an expression of a module of the program. */
export type TypeOf = (node: Expr, module: Module) => Type;

export interface Inferred {
  /** What the value certainly is: for native operators and calls. */
  readonly typeOf: TypeOf;
  /** What iterating over the value certainly gives. */
  readonly elementOf: TypeOf;
  /** What is known of it, annotations and contents of containers included: for the reader. */
  readonly shown: ShownTypes;
}

export interface ShownTypes {
  readonly expression: TypeOf;
  /** What iterating over it gives. */
  readonly element: TypeOf;
  readonly variable: (store: StoreNode | Name, module: string) => Type;
  readonly field: (owner: ClassDef, name: string) => Type;
  /** Of coroutines what awaiting them gives. */
  readonly result: (node: FunctionNode) => Type;
}

/** Where nothing can be inferred. */
export const NOTHING_INFERRED: Inferred = {
  typeOf: () => null,
  elementOf: () => null,
  shown: {
    expression: () => null,
    element: () => null,
    variable: () => null,
    field: () => null,
    result: () => null,
  },
};

export function inferTypes(input: InferInput): Inferred {
  const cells = new Cells();
  const ledger = new Ledger(input);
  const evaluator = new Evaluator(input, ledger, new Annotations(input, cells), cells);
  const calls = new CallBinding(input, ledger, evaluator);
  const constraints = new Constraints(input, ledger, evaluator, calls);
  const doubts = new Doubts(input, ledger, evaluator, calls, constraints.all);
  for (const view of input.views.values()) {
    constraints.collect(view);
    doubts.collect(view);
  }
  solve(constraints, ledger, cells);
  cells.frozen = true;

  const views = new Map([...input.views.values()].map((view) => [view.ast, view]));
  const expression: TypeOf = (node, module) => {
    const view = views.get(module);
    return view === undefined ? null : something(evaluator.type(node, view));
  };
  const element: TypeOf = (node, module) => {
    const view = views.get(module);
    return view === undefined ? null : something(evaluator.element(node, view));
  };
  return {
    typeOf: (node, module) => certain(expression(node, module)),
    elementOf: (node, module) => certain(element(node, module)),
    shown: {
      expression,
      element,
      variable: (store, module) => {
        const binding = input.views.get(module)?.table.bindingOf.get(store);
        return binding === undefined ? null : something(evaluator.variable(binding, module, 0));
      },
      field: (owner, name) => something(ledger.field(owner, name)),
      result: (node) => something(ledger.result(node)),
    },
  };
}

const something = (type: Type): Type => (type?.size === 0 ? null : type);

function solve({ all, parameters }: Constraints, ledger: Ledger, cells: Cells): void {
  do {
    do {
      ledger.changed = false;
      cells.changed = false;
      for (const constraint of all) constraint();
    } while (ledger.changed || cells.changed);
    // A function that nothing in view calls may still be called by whoever uses the program.
    for (const bindings of parameters.values()) {
      for (const binding of bindings) {
        if (ledger.binding(binding)?.size === 0) ledger.addBinding(binding, null);
      }
    }
  } while (ledger.changed);
}
