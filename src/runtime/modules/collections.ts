/** The module `collections`. */

export { deque } from "../core/deque.js";
export { namedtuple } from "../core/named-tuple.js";
export { OrderedDict } from "../core/ordered-dict.js";
