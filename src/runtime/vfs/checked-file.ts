/** A file of the host that may be used only as it was opened: on the unix port, and on a FAT file system. */

import { FileError, type OpenFile, type OpenMode } from "../host/files.js";

export class CheckedFile implements OpenFile {
  readonly ahead?: () => Uint8Array | null;

  /** `errno`: what it is to read one that was opened to write, or the other way round. */
  constructor(
    private readonly file: OpenFile,
    private readonly mode: OpenMode,
    private readonly errno: number,
  ) {
    if (mode.read && file.ahead !== undefined) this.ahead = () => file.ahead?.() ?? null;
  }

  read(buffer: Uint8Array): number {
    if (!this.mode.read) throw new FileError(this.errno);
    return this.file.read(buffer);
  }

  write(data: Uint8Array): number {
    if (!this.mode.write) throw new FileError(this.errno);
    return this.file.write(data);
  }

  seek(offset: number, whence: 0 | 1 | 2): number {
    return this.file.seek(offset, whence);
  }

  flush(): void {
    this.file.flush();
  }

  close(): void {
    this.file.close();
  }
}
