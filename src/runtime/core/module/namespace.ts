/** `globals()`: a dict that is the module's globals, in both directions. */

import { Dict } from "../container/dict.js";
import { TypeError } from "../exception/exceptions.js";
import type { Value } from "../values.js";
import type { PyModule } from "./module.js";

export class NamespaceDict extends Dict {
  constructor(private readonly module: PyModule) {
    super();
    this.fixed = module.isReadOnly;
  }

  override get size(): number {
    return this.module.names().length;
  }

  override get(key: Value): Value | undefined {
    return typeof key === "string" ? this.module.get(key) : undefined;
  }

  override has(key: Value): boolean {
    return this.get(key) !== undefined;
  }

  override set(key: Value, value: Value): this {
    if (this.fixed) throw new TypeError();
    this.module.save(key, value);
    return this;
  }

  override delete(key: Value): boolean {
    if (this.fixed) throw new TypeError();
    return typeof key === "string" && this.module.remove(key);
  }

  override clear(): void {
    if (this.fixed) throw new TypeError();
    for (const name of this.module.names()) this.module.remove(name);
  }

  /** A plain dict of the globals as they are now. */
  override copy(): Dict {
    return new Dict([...this.entries()]);
  }

  /** In the order of a dict that got the module's names one after the other. */
  override keys(): IterableIterator<Value> {
    return new Dict(this.module.names().map((name) => [name, null] as const)).keys();
  }

  override *values(): IterableIterator<Value> {
    for (const name of this.keys()) yield this.module.get(name);
  }

  override *entries(): IterableIterator<[Value, Value]> {
    for (const name of this.keys()) yield [name, this.module.get(name)];
  }
}
