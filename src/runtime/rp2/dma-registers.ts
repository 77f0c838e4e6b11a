/** `DMA.registers`: the registers of a channel as an array of words, to be read, written or addressed. */

import { addressSpace } from "../core/memory/address-space.js";
import { MemoryView } from "../core/memory/memoryview.js";
import { isSlice, itemIndex } from "../core/operator/bounds.js";
import { GETITEM, SETITEM } from "../core/slots.js";
import type { Value } from "../core/values.js";
import { CHANNEL_SIZE, DMA_BASE } from "./dma-bus.js";
import { dmaController } from "./dma-controller.js";
import { word } from "./dma-word.js";

export class DmaRegisters extends MemoryView {
  constructor(private readonly channel: number) {
    super(addressSpace().at(DMA_BASE + CHANNEL_SIZE * channel, CHANNEL_SIZE), "I", true);
  }

  override [GETITEM](key: Value): Value {
    if (isSlice(key)) return super[GETITEM](key);
    return dmaController().register(this.channel, itemIndex("memoryview", this.length, key));
  }

  override [SETITEM](key: Value, value: Value): true | undefined {
    if (isSlice(key)) return super[SETITEM](key, value);
    const at = itemIndex("memoryview", this.length, key);
    dmaController().setRegister(this.channel, at, word(value));
    return true;
  }
}
