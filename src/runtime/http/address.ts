/** The parts of a URL that a request needs: `http://host:port/path?query`. */

import { int } from "../builtins/numbers.js";
import { ValueError } from "../core/exception/exceptions.js";

export interface Address {
  /** "http:" or "https:" */
  protocol: string;
  host: string;
  port: number;
  /** From the slash on, which is not part of it. */
  path: string;
}

const PORTS: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/** Raises ValueError for any other protocol, or a port that is no number. */
export function addressOf(url: string): Address {
  const [protocol = "", , authority = "", ...rest] = url.split("/");
  const port = PORTS[protocol];
  if (port === undefined) throw new ValueError(`Unsupported protocol: ${protocol}`);
  // A query or a fragment may follow the host without a slash.
  const end = /[?#]/.exec(authority)?.index ?? authority.length;
  const path = authority.slice(end) + rest.join("/");
  const [host = "", given] = authority.slice(0, end).split(":");
  return { protocol, host, port: given === undefined ? port : Number(int(given)), path };
}

/** Where an answer that points elsewhere points: a path is on the same server. */
export function redirected(location: string, { protocol, host, port }: Address): string {
  return location.startsWith("/") ? `${protocol}//${host}:${port}${location}` : location;
}
