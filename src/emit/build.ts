/**
 * The builders of the target tree under one name: lowerings write `js.call(...)`, `js.ifElse(...)`.
 * Each function builds one node shape and adds nothing of its own.
 */
export * from "./build/classes.js";
export * from "./build/expressions.js";
export * from "./build/statements.js";
export * from "./build/types.js";
