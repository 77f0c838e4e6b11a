/** `collections.OrderedDict`: a dict that compares by order and pops its last item. */

import { def } from "../call/signature.js";
import type { TypeInfo } from "../class/type.js";
import { TYPE, type Value } from "../values.js";
import { Dict } from "./dict.js";
import { dict, dictMethods, fromkeys, update } from "./dict-type.js";

class OrderedMap extends Dict {
  static override [TYPE]: TypeInfo = {
    name: "OrderedDict",
    bases: [],
    represents: () => OrderedDict,
  };

  override ordered = true;

  override popped(): [Value, Value] {
    let last: [Value, Value] | undefined;
    for (const entry of this.entries()) last = entry;
    return last as [Value, Value];
  }
}

export function OrderedDict(items?: Value, keywords?: Dict): Dict {
  const made = new OrderedMap();
  if (items !== undefined) update(made, items);
  if (keywords !== undefined) update(made, keywords);
  return made;
}
def(OrderedDict, "$items=, **keywords");

const info: TypeInfo = {
  name: "OrderedDict",
  bases: [dict],
  methods: dictMethods,
  statics: { fromkeys },
};
(OrderedDict as Value)[TYPE] = info;
