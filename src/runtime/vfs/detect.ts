/** Finds out which file system a block device holds: what `vfs.mount(device, path)` mounts. */

import { call } from "../core/call.js";
import type { Value } from "../core/values.js";
import { VfsFat } from "./vfs-fat.js";

export function detect(device: Value): Value {
  return call(VfsFat, device);
}
