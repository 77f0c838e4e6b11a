/**
 * Sorting as MicroPython does it: a quicksort that is not stable, whose comparisons (and calls of
 * the key function, two for each) show where the program can see them. Used by `list.sort` and
 * `sorted`. Source of the behaviour: py/objlist.c.
 */
import { call } from "../call/call.js";
import { lt } from "../operator/compare.js";
import { truth } from "../operator/unary.js";
import type { Value } from "../values.js";

export function sort(items: Value[], key: Value, reverse: boolean): void {
  // Equal numbers of one kind and equal strings cannot be told apart, whatever the order.
  if (key === null && (items.every(isWhole) || items.every(isText))) {
    sortNatively(items, reverse);
    return;
  }
  const keyOf = key === null ? (item: Value) => item : (item: Value) => call(key, item);
  const goesOn = (left: Value, right: Value): boolean => truth(lt(left, right)) !== reverse;
  partition(items, 0, items.length - 1, keyOf, goesOn);
}

const isWhole = (item: Value): boolean => typeof item === "number";
const isText = (item: Value): boolean => typeof item === "string";

function sortNatively(items: Value[], reverse: boolean): void {
  const sign = reverse ? -1 : 1;
  // Not a difference: infinities have none. NaN, which no order holds, stays where it falls.
  items.sort(
    (a, b) => (typeof a === "string" ? compareText(a, b) : a < b ? -1 : a > b ? 1 : 0) * sign,
  );
}

const compareText = (a: Value, b: Value): number => (a === b ? 0 : truth(lt(a, b)) ? -1 : 1);

/** Sorts `items[first..last]`: the last item is the pivot, the smaller part is sorted first. */
function partition(
  items: Value[],
  first: number,
  last: number,
  keyOf: (item: Value) => Value,
  goesOn: (left: Value, right: Value) => boolean,
): void {
  let low = first;
  let high = last;
  while (low < high) {
    const pivot = keyOf(items[high]);
    let left = low - 1;
    let right = high;
    for (;;) {
      do left++;
      while (left < right && goesOn(keyOf(items[left]), pivot));
      do right--;
      while (left < right && goesOn(pivot, keyOf(items[right])));
      if (left >= right) break;
      [items[left], items[right]] = [items[right], items[left]];
    }
    [items[left], items[high]] = [items[high], items[left]];
    if (right - low + 1 < high - left) {
      partition(items, low, right, keyOf, goesOn);
      low = left + 1;
    } else {
      partition(items, left + 1, high, keyOf, goesOn);
      high = right;
    }
  }
}
