/** `vfs.VfsLfs1` and `vfs.VfsLfs2`: littlefs of either version on a block device. */

import { define } from "../core/class/class.js";
import { TypeError, ValueError } from "../core/exception/exceptions.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import type { Value } from "../core/values.js";
import type { FileTypes } from "../io/file.js";
import { withErrno } from "../io/file-system.js";
import { wallClock } from "../time/wall-clock.js";
import { BlockDevice } from "./block-device.js";
import { Lfs1Volume } from "./littlefs/lfs1-volume.js";
import { Lfs2Volume } from "./littlefs/lfs2-volume.js";
import { Vfs } from "./vfs.js";
import { checkOneAccess, lfs1Files, lfs2Files } from "./volume-files.js";

/** `(device, readsize, progsize, lookahead, mtime)` */
type Arguments = [Value?, Value?, Value?, Value?, Value?];

const OPTIONS = "block_dev=, *, readsize=, progsize=, lookahead=, mtime=";

function optionsOf([, readsize = 32, progsize = 32, lookahead = 32, mtime = true]: Arguments) {
  const options = {
    readSize: index(readsize),
    progSize: index(progsize),
    lookahead: index(lookahead),
    mtime: truth(mtime),
  };
  if (options.readSize <= 0 || options.progSize <= 0) throw new ValueError();
  return options;
}

/** Its parameter has no name (extmod/vfs_lfs.c). */
function deviceOf([device]: Arguments): BlockDevice {
  if (device === undefined) throw new TypeError("'' argument required");
  return new BlockDevice(device);
}

abstract class VfsLfs extends Vfs {
  declare protected $volume: Lfs1Volume | Lfs2Volume;

  override mount(readonly: Value, _mkfs: Value): null {
    if (truth(readonly)) this.$volume.device.readonly = true;
    return null;
  }

  override open(path: Value, mode: Value): Value {
    checkOneAccess(mode);
    return super.open(path, mode);
  }
}
define(VfsLfs, { builtin: true, methods: { mount: "readonly, mkfs, /", open: "path, mode, /" } });

export class VfsLfs1 extends VfsLfs {
  override __init__(...args: Arguments): Value {
    this.$volume = lfs1On(args);
    withErrno(() => this.$volume.mount());
    return null;
  }

  protected override get $files(): FileTypes {
    return lfs1Files;
  }

  static mkfs(...args: Arguments): null {
    withErrno(() => lfs1On(args).format());
    return null;
  }
}
define(VfsLfs1, { builtin: true, methods: { __init__: OPTIONS }, statics: { mkfs: OPTIONS } });

export class VfsLfs2 extends VfsLfs {
  override __init__(...args: Arguments): Value {
    this.$volume = lfs2On(args);
    withErrno(() => this.$volume.mount());
    return null;
  }

  protected override get $files(): FileTypes {
    return lfs2Files;
  }

  static mkfs(...args: Arguments): null {
    withErrno(() => lfs2On(args).format());
    return null;
  }
}
define(VfsLfs2, { builtin: true, methods: { __init__: OPTIONS }, statics: { mkfs: OPTIONS } });

function lfs1On(args: Arguments): Lfs1Volume {
  return new Lfs1Volume(deviceOf(args), optionsOf(args));
}

function lfs2On(args: Arguments): Lfs2Volume {
  const now = (): bigint => BigInt(Math.floor(wallClock() * 1000)) * 1000n;
  return new Lfs2Volume(deviceOf(args), optionsOf(args), now);
}
