/** Types of introspect-runtime.js, for the test that compares its output with what is checked in. */
// biome-ignore lint/suspicious/noExplicitAny: what the runtime exports, read as data.
type Data = any;

export function describeRuntime(runtime: Data): Data;
export function render(described: Data): string;
