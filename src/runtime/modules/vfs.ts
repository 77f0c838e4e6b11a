/** The `vfs` module: mounting, and the file systems that can be mounted. */

import { hasattr } from "../builtins/attributes.js";
import { invoke } from "../core/call/call.js";
import { def } from "../core/call/signature.js";
import { OSError, TypeError } from "../core/exception/exceptions.js";
import { asText } from "../core/text/strings.js";
import { tup, type Value } from "../core/values.js";
import { detect } from "../vfs/detect.js";
import { mountTable } from "../vfs/mount-table.js";

export { VfsFat } from "../vfs/vfs-fat.js";
export { VfsLfs1, VfsLfs2 } from "../vfs/vfs-lfs.js";
export { VfsPosix } from "../vfs/vfs-posix.js";
export { VfsRom } from "../vfs/vfs-rom.js";

const EPERM = 1;
const EINVAL = 22;

/**
 * `mount(fsobj, mount_point, *, readonly=False, mkfs=False)`: an object of the VFS protocol, or a
 * block device whose file system is found out. Without arguments: what is mounted where.
 */
export const mount = def(
  (fsobj?: Value, mount_point?: Value, readonly: Value = false, mkfs: Value = false) => {
    const table = mountTable();
    if (fsobj === undefined) return table.mounts.map(({ vfs, point }) => tup(vfs, point));
    if (mount_point === undefined) throw new TypeError("'' argument required");
    const point = asText(mount_point);
    const vfs = hasattr(fsobj, "mount") ? fsobj : detect(fsobj);
    invoke(vfs, "mount", readonly, mkfs);
    const { mount: existing } = table.find(point);
    if (existing !== null && existing !== "root") {
      const below = point.length !== 1 && existing.point.length === 1;
      if (!below) throw new OSError(EPERM);
    } else if (existing === "root" && point.length === 1 && table.atRoot !== undefined) {
      throw new OSError(EPERM);
    }
    table.add({ point, vfs });
    return null;
  },
  "fsobj=, mount_point=, *, readonly=, mkfs=",
  "mount",
);

/** `umount(mount_point)`: the file system mounted there, or the mounted object itself. */
export function umount(mount_point: Value): null {
  const table = mountTable();
  const found = table.mounts.find(({ vfs, point }) => point === mount_point || vfs === mount_point);
  if (found === undefined) throw new OSError(EINVAL);
  table.remove(found);
  invoke(found.vfs, "umount");
  return null;
}
