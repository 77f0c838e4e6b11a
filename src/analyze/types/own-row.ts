/** Looks a name of the program up in a table, where `constructor` and its like are no rows. */
export function ownRow<T>(rows: Readonly<Record<string, T>>, key: string): T | null {
  return Object.hasOwn(rows, key) ? (rows[key] as T) : null;
}
