/** A contact between two lines, as keys and buttons of a matrix close it. */

import type { SimLine } from "../line.js";

/** Whichever of the two lines the chip drives, the other follows; gives what opens the contact. */
export function closeContact(a: SimLine, b: SimLine): () => void {
  const [legA, legB] = [a.solder(), b.solder()];
  const follow = (): void => {
    legB.drive(a.output);
    legA.drive(a.output === null ? b.output : null);
  };
  const ends = [a.whenConfigured(follow), b.whenConfigured(follow)];
  follow();
  return () => {
    for (const end of ends) end();
    legA.drive(null);
    legB.drive(null);
  };
}
