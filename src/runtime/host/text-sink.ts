/** What a program prints, as text, for those who do not want bytes. */

import { decodeUtf8 } from "../core/text/utf8.js";

export type TextSink = (text: string) => void;

/** What a host calls with text or bytes; bytes of no text come out as replacement characters. */
export function textSink(sink: TextSink): (data: string | Uint8Array) => void {
  return (data) => sink(typeof data === "string" ? data : decodeUtf8(data));
}
