/** What a construct that the compiler cannot translate does when it is executed. */

import { NotImplementedError } from "./exceptions.js";

export function unsupported(feature: string, file: string, line: number): never {
  throw new NotImplementedError(`${feature} is not supported (${file}, line ${line})`);
}
