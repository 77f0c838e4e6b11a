/** The module `collections`. */

export { deque } from "../core/container/deque.js";
export { namedtuple } from "../core/container/named-tuple.js";
export { OrderedDict } from "../core/container/ordered-dict.js";
