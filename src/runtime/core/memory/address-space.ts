/**
 * Addresses of memory: those that `uctypes.addressof` gives to buffers, and the rest of the chip's,
 * which is memory that remembers what is written (registers of peripherals do nothing). `uctypes` and
 * `machine.mem32` read and write here.
 */

import { perContext } from "../context.js";
import { MemoryError } from "../exception/exceptions.js";

/** Where buffers are: the RAM of most chips that MicroPython runs on. */
const RAM = 0x20000000;
const ALIGNMENT = 16;
const PAGE = 2 ** 20;

interface Region {
  readonly start: number;
  readonly end: number;
  /** An address alone keeps nothing alive. */
  readonly memory: WeakRef<ArrayBufferLike>;
}

class AddressSpace {
  private readonly starts = new WeakMap<ArrayBufferLike, number>();
  /** In the order of their addresses. */
  private readonly regions: Region[] = [];
  private readonly pages = new Map<number, ArrayBuffer>();
  /** Text has no memory of its own: once it has an address, that stays. */
  private readonly texts = new Map<string, Uint8Array>();
  private next = RAM;

  addressOf(bytes: Uint8Array): number {
    const { buffer, byteOffset } = bytes;
    let start = this.starts.get(buffer);
    if (start === undefined) {
      start = this.next;
      const end = start + buffer.byteLength;
      this.next = Math.ceil((end + 1) / ALIGNMENT) * ALIGNMENT;
      this.starts.set(buffer, start);
      this.regions.push({ start, end, memory: new WeakRef(buffer) });
    }
    return start + byteOffset;
  }

  addressOfText(text: string, bytes: Uint8Array): number {
    const known = this.texts.get(text) ?? bytes;
    this.texts.set(text, known);
    return this.addressOf(known);
  }

  /** The memory itself, not a copy. */
  at(address: number, size: number): Uint8Array {
    const region = this.regionOf(address);
    const memory = region?.memory.deref();
    if (region !== undefined && memory !== undefined && address + size <= region.end) {
      return new Uint8Array(memory, address - region.start, size);
    }
    const number = Math.floor(address / PAGE);
    const offset = address - number * PAGE;
    if (offset + size > PAGE) throw new MemoryError("memory across the end of a page");
    return new Uint8Array(this.page(number), offset, size);
  }

  /** Text as C keeps it; that of a str or buffer ends where its memory does. */
  untilZero(address: number): Uint8Array {
    const end = this.regionOf(address)?.end ?? (Math.floor(address / PAGE) + 1) * PAGE;
    const bytes = this.at(address, end - address);
    const zero = bytes.indexOf(0);
    return zero < 0 ? bytes : bytes.subarray(0, zero);
  }

  /** The last region that starts at the address or below it, if it goes on that far. */
  private regionOf(address: number): Region | undefined {
    let low = 0;
    let high = this.regions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.regions[middle] as Region).start <= address) low = middle + 1;
      else high = middle;
    }
    const found = this.regions[low - 1];
    return found !== undefined && address < found.end ? found : undefined;
  }

  private page(number: number): ArrayBuffer {
    let page = this.pages.get(number);
    if (page === undefined) {
      page = new ArrayBuffer(PAGE);
      this.pages.set(number, page);
      this.starts.set(page, number * PAGE);
    }
    return page;
  }
}

export const addressSpace = perContext(() => new AddressSpace());
