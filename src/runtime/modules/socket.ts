/** The `socket` module. The numbers of its options and flags are in the tables of each port. */

import { blocking } from "../core/blocking/blocking.js";
import { def } from "../core/call/signature.js";
import { osError } from "../core/exception/errno-name.js";
import { OSError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { toBytes } from "../core/text/bytes.js";
import { asText } from "../core/text/strings.js";
import { tup, type Value } from "../core/values.js";
import { addressFamily } from "../host/network.js";
import { addressesOf, addressTuple } from "../io/address.js";
import { addressBytes, addressText } from "../io/ip-address.js";
import { AF_INET, AF_INET6, SOCK_STREAM } from "../io/socket-constants.js";
import { socketStack } from "../io/socket-stack.js";

const EINVAL = 22;
const EAFNOSUPPORT = 97;

export { Socket as socket } from "../io/socket.js";
export {
  AF_INET,
  AF_INET6,
  IPPROTO_IP,
  IPPROTO_TCP,
  IPPROTO_UDP,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_STREAM,
} from "../io/socket-constants.js";

/** `getaddrinfo(host, port)`: tuples of (family, type, proto, name, address). */
export const getaddrinfo = def(
  blocking(function* getaddrinfo(
    host: Value,
    port: Value,
    af: Value = 0,
    type: Value = 0,
    proto: Value = 0,
    _flags: Value = 0,
  ) {
    const wanted = index(af);
    const family = wanted === AF_INET6 ? 6 : wanted === AF_INET ? 4 : 0;
    const text = asText(host);
    // lwIP's takes no names of services.
    const isText = typeof port === "string" && socketStack() !== "lwip";
    const number = index(isText ? Number(port) : port);
    const name = text === "" ? (family === 6 ? "::" : "0.0.0.0") : text;
    const addresses = yield* addressesOf(name, family);
    const [kind, protocol] = [index(type), index(proto)];
    // lwIP's knows of nothing but streams.
    const isPlain = socketStack() === "lwip";
    const told = isPlain ? SOCK_STREAM : kind || SOCK_STREAM;
    return addresses.map((address) => {
      const found = addressFamily(address) === 6 ? AF_INET6 : AF_INET;
      const endpoint = { host: address, port: number };
      return tup(found, told, isPlain ? 0 : protocol, "", addressTuple(endpoint, found));
    });
  }),
  "host, port, af=, type=, proto=, flags=, /",
);

/** `inet_pton(af, address)`: an address as bytes. */
export function inet_pton(af: Value, address: Value): Value {
  const bytes = addressBytes(asText(address), familyOf(af));
  if (bytes === null) throw new OSError(EINVAL);
  return toBytes(bytes);
}

/** `inet_ntop(af, bytes)`: bytes as an address. */
export function inet_ntop(af: Value, bytes: Value): string {
  const binary = bytesOf(bytes);
  if (binary.length !== (familyOf(af) === 6 ? 16 : 4)) throw new OSError(EINVAL);
  return addressText(binary);
}

function familyOf(af: Value): 4 | 6 {
  if (af === AF_INET6) return 6;
  if (af === AF_INET) return 4;
  throw osError(EAFNOSUPPORT);
}
