/** `locals()` in a class body: a dict that is the attributes of the class, in both directions. */

import { Dict } from "../container/dict.js";
import type { Value } from "../values.js";
import { delattr, setattr } from "./attribute-writes.js";
import { loadClassAttribute } from "./class-attributes.js";
import type { Type } from "./type.js";

class ClassNamespace extends Dict {
  constructor(private readonly cls: Type) {
    super();
  }

  private attributes(): Dict {
    return loadClassAttribute(this.cls, "__dict__", this.cls);
  }

  override get size(): number {
    return this.attributes().size;
  }

  override get(key: Value): Value | undefined {
    return this.attributes().get(key);
  }

  override has(key: Value): boolean {
    return this.attributes().has(key);
  }

  override set(key: Value, value: Value): this {
    setattr(this.cls, key, value);
    return this;
  }

  override delete(key: Value): boolean {
    const found = this.has(key);
    if (found) delattr(this.cls, key);
    return found;
  }

  override clear(): void {
    for (const key of this.attributes().keys()) delattr(this.cls, key);
  }

  override keys(): IterableIterator<Value> {
    return this.attributes().keys();
  }

  override values(): IterableIterator<Value> {
    return this.attributes().values();
  }

  override entries(): IterableIterator<[Value, Value]> {
    return this.attributes().entries();
  }
}

export function classNamespace(cls: Type): Dict {
  return new ClassNamespace(cls);
}
