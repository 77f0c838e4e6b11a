/**
 * A file system in memory: what a virtual host and a page give a program that has no folder. Parents
 * must exist, as on a board; errors carry MicroPython's errno numbers.
 */

import { encodeUtf8 } from "../core/text/utf8.js";
import {
  type FileEntry,
  FileError,
  type FileStat,
  type Files,
  type OpenFile,
  type OpenMode,
} from "./files.js";

const ENOENT = 2;
const EEXIST = 17;
const ENOTDIR = 20;
const EISDIR = 21;
const EINVAL = 22;
const ENOTEMPTY = 39;
const BLOCK = 4096;
const BLOCKS = 512;

class FileNode {
  bytes = new Uint8Array(0);
  size = 0;
  constructor(
    readonly inode: number,
    public modified: number,
  ) {}

  resize(size: number): void {
    if (size > this.bytes.length) {
      const grown = new Uint8Array(Math.max(size, 2 * this.bytes.length, 64));
      grown.set(this.bytes.subarray(0, this.size));
      this.bytes = grown;
    } else if (size < this.size) {
      this.bytes.fill(0, size, this.size);
    }
    this.size = size;
  }
}

class FolderNode {
  readonly children = new Map<string, FileNode | FolderNode>();
  constructor(
    readonly inode: number,
    readonly modified: number,
  ) {}
}

class MemoryFile implements OpenFile {
  private position = 0;

  constructor(
    private readonly node: FileNode,
    private readonly mode: OpenMode,
    private readonly clock: () => number,
  ) {}

  read(buffer: Uint8Array): number {
    const count = Math.max(0, Math.min(buffer.length, this.node.size - this.position));
    buffer.set(this.node.bytes.subarray(this.position, this.position + count));
    this.position += count;
    return count;
  }

  write(data: Uint8Array): number {
    if (this.mode.append) this.position = this.node.size;
    const end = this.position + data.length;
    if (end > this.node.size) this.node.resize(end);
    this.node.bytes.set(data, this.position);
    this.position = end;
    this.node.modified = this.clock();
    return data.length;
  }

  seek(offset: number, whence: 0 | 1 | 2): number {
    const base = whence === 0 ? 0 : whence === 1 ? this.position : this.node.size;
    if (base + offset < 0) throw new FileError(EINVAL);
    this.position = base + offset;
    return this.position;
  }

  truncate(size: number): void {
    this.node.resize(size);
  }

  flush(): void {}
  close(): void {}
}

export class MemoryFiles implements Files {
  private inodes = 1;
  private readonly root: FolderNode;

  constructor(private readonly clock: () => number = () => 0) {
    this.root = new FolderNode(this.inodes++, clock());
  }

  /** Puts a file in place with its folders: how an embedder fills the board's flash. */
  place(path: string, content: string | Uint8Array): void {
    let folder = this.root;
    const parts = path.split("/").filter((part) => part !== "");
    const name = parts.pop() as string;
    for (const part of parts) {
      let next = folder.children.get(part);
      if (!(next instanceof FolderNode)) {
        next = new FolderNode(this.inodes++, this.clock());
        folder.children.set(part, next);
      }
      folder = next;
    }
    const node = new FileNode(this.inodes++, this.clock());
    folder.children.set(name, node);
    const bytes = typeof content === "string" ? encodeUtf8(content) : content;
    node.resize(bytes.length);
    node.bytes.set(bytes);
  }

  open(path: string, mode: OpenMode): OpenFile {
    const { folder, name } = this.parent(path);
    let node = name === "" ? this.root : folder.children.get(name);
    if (node instanceof FolderNode) throw new FileError(EISDIR);
    if (node === undefined) {
      if (!mode.create) throw new FileError(ENOENT);
      node = new FileNode(this.inodes++, this.clock());
      folder.children.set(name, node);
    } else if (mode.exclusive) {
      throw new FileError(EEXIST);
    }
    if (mode.truncate) node.resize(0);
    return new MemoryFile(node, mode, this.clock);
  }

  stat(path: string): FileStat {
    const node = this.find(path);
    const directory = node instanceof FolderNode;
    return {
      directory,
      size: directory ? 0 : node.size,
      modified: node.modified,
      inode: node.inode,
    };
  }

  list(path: string): FileEntry[] {
    const node = this.find(path);
    if (!(node instanceof FolderNode)) throw new FileError(ENOTDIR);
    return [...node.children].map(([name, child]) => ({
      name,
      directory: child instanceof FolderNode,
      size: child instanceof FolderNode ? 0 : child.size,
    }));
  }

  remove(path: string): void {
    const { folder, name } = this.parent(path);
    const node = folder.children.get(name);
    if (node === undefined) throw new FileError(ENOENT);
    if (node instanceof FolderNode) throw new FileError(EISDIR);
    folder.children.delete(name);
  }

  rename(from: string, to: string): void {
    const source = this.parent(from);
    const target = this.parent(to);
    const node = source.folder.children.get(source.name);
    if (node === undefined) throw new FileError(ENOENT);
    const existing = target.folder.children.get(target.name);
    if (existing === node) return;
    if (existing instanceof FolderNode) {
      throw new FileError(
        node instanceof FolderNode && existing.children.size > 0 ? ENOTEMPTY : EISDIR,
      );
    }
    if (existing !== undefined && node instanceof FolderNode) throw new FileError(ENOTDIR);
    if (`${to}/`.startsWith(`${from}/`)) throw new FileError(EINVAL);
    source.folder.children.delete(source.name);
    target.folder.children.set(target.name, node);
  }

  makeDirectory(path: string): void {
    const { folder, name } = this.parent(path);
    if (name === "" || folder.children.has(name)) throw new FileError(EEXIST);
    folder.children.set(name, new FolderNode(this.inodes++, this.clock()));
  }

  removeDirectory(path: string): void {
    const { folder, name } = this.parent(path);
    const node = folder.children.get(name);
    if (node === undefined) throw new FileError(ENOENT);
    if (!(node instanceof FolderNode)) throw new FileError(ENOTDIR);
    if (node.children.size > 0) throw new FileError(ENOTEMPTY);
    folder.children.delete(name);
  }

  space(): { blockSize: number; blocks: number; free: number; nameMax: number } {
    const used = (folder: FolderNode): number => {
      let blocks = 1;
      for (const child of folder.children.values()) {
        blocks += child instanceof FolderNode ? used(child) : Math.ceil(child.size / BLOCK) + 1;
      }
      return blocks;
    };
    return {
      blockSize: BLOCK,
      blocks: BLOCKS,
      free: Math.max(0, BLOCKS - used(this.root)),
      nameMax: 255,
    };
  }

  private find(path: string): FileNode | FolderNode {
    const { folder, name } = this.parent(path);
    const node = name === "" ? this.root : folder.children.get(name);
    if (node === undefined) throw new FileError(ENOENT);
    return node;
  }

  private parent(path: string): { folder: FolderNode; name: string } {
    const parts = path.split("/").filter((part) => part !== "");
    const name = parts.pop() ?? "";
    let folder = this.root;
    for (const part of parts) {
      const next = folder.children.get(part);
      if (next === undefined) throw new FileError(ENOENT);
      if (!(next instanceof FolderNode)) throw new FileError(ENOTDIR);
      folder = next;
    }
    return { folder, name };
  }
}
