/**
 * Refuses options that a function for TypeScript programs does not know: a misspelt one would be left out in
 * silence. Called by the hosts' start() and by src/testing.
 */

/** The names of all options of a kind; a missing one is a compile error. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/** Raises TypeError for the first option that is not among `names`; `taker` is the function that was called. */
export function checkOptions(
  taker: string,
  options: object,
  names: Readonly<Record<string, true>>,
): void {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(names, name)) continue;
    throw new TypeError(
      `${taker} has no option '${name}', it has ${Object.keys(names).join(", ")}`,
    );
  }
}
