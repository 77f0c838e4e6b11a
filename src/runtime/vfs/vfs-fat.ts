/** `vfs.VfsFat`: a FAT file system on a block device. */

import { define } from "../core/class/class.js";
import { OSError } from "../core/exception/exceptions.js";
import { truth } from "../core/operator/unary.js";
import type { Value } from "../core/values.js";
import type { FileTypes } from "../io/file.js";
import { withErrno } from "../io/file-system.js";
import { localSeconds } from "../time/wall-clock.js";
import { BlockDevice } from "./block-device.js";
import { FatVolume } from "./fat/fat-volume.js";
import { SYNC, Vfs } from "./vfs.js";
import { fatFiles } from "./volume-files.js";

const ENODEV = 19;

export class VfsFat extends Vfs {
  declare protected $volume: FatVolume;
  declare private $hasFiles: boolean;

  override __init__(block_dev: Value): Value {
    this.$volume = volumeOn(block_dev);
    this.$hasFiles = withErrno(() => this.$volume.mount());
    return null;
  }

  protected override get $files(): FileTypes {
    return fatFiles;
  }

  override mount(readonly: Value, mkfs: Value): null {
    if (truth(readonly)) this.$volume.device.readonly = true;
    if (!this.$hasFiles) {
      if (!truth(mkfs)) throw new OSError(ENODEV);
      withErrno(() => this.$volume.format());
      this.$hasFiles = true;
    }
    return null;
  }

  [SYNC](): void {
    withErrno(() => this.$volume.sync());
  }

  /** Builds a FAT file system on a block device. */
  static mkfs(block_dev: Value): null {
    const volume = volumeOn(block_dev);
    withErrno(() => volume.mount());
    withErrno(() => volume.format());
    return null;
  }
}
define(VfsFat, {
  builtin: true,
  methods: { __init__: "block_dev, /", mount: "readonly, mkfs, /" },
  statics: { mkfs: "block_dev, /" },
});

function volumeOn(device: Value): FatVolume {
  return new FatVolume(new BlockDevice(device), localSeconds);
}
