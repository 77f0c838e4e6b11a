/**
 * One HTTP request over a connection of its own, and its answer. The functions of `requests` call it; what
 * they take, what is sent and what is raised is micropython-lib's.
 */

import { applyMethodWait, callWait, invokeWait, type Waiting } from "../core/blocking/blocking.js";
import { hasattr } from "../core/class/attributes.js";
import { Dict } from "../core/container/dict.js";
import {
  AssertionError,
  NotImplementedError,
  OSError,
  ValueError,
} from "../core/exception/exceptions.js";
import { asArray, each } from "../core/iteration/iteration.js";
import { bytesOf } from "../core/memory/buffer.js";
import { truth } from "../core/operator/unary.js";
import { printed } from "../core/repr.js";
import { toBytes } from "../core/text/bytes.js";
import { encodeUtf8 } from "../core/text/utf8.js";
import type { Value } from "../core/values.js";
import { SOCK_STREAM } from "../io/socket-constants.js";
import { SSLContext } from "../io/ssl-context.js";
import { CERT_NONE, PROTOCOL_TLS_CLIENT } from "../io/tls-constants.js";
import { b2a_base64 } from "../modules/binascii.js";
import { dumps } from "../modules/json.js";
import { getaddrinfo, socket } from "../modules/socket.js";
import { type Address, addressOf, redirected } from "./address.js";
import { BodyStream } from "./body-stream.js";
import { END_OF_LINE, readLine, send } from "./http-text.js";
import { Response } from "./response.js";

export interface Request {
  method: Value;
  url: Value;
  data: Value;
  json: Value;
  headers: Value;
  stream: Value;
  auth: Value;
  timeout: Value;
  /** True: into a dict; False: not at all; a function: called with each line and the dict. */
  parse_headers: Value;
}

/** Answers that point to another address. */
const REDIRECTS = [301, 302, 303, 307, 308];
/** Of these, those that are asked again with GET, whatever was asked before. */
const SEE_OTHER = [301, 302, 303];

interface Head {
  status: number;
  reason: Value;
  headers: Dict | null;
  /** Bytes of the body, where the answer says it and the headers were read. */
  length: number | null;
  chunked: boolean;
  location: string | null;
}

export function* performRequest(request: Request): Waiting<Response> {
  const headers: Dict = new Dict();
  if (request.headers !== null)
    for (const key of each(request.headers)) headers.set(key, request.headers.get(key));
  if (request.auth !== null) headers.set("Authorization", authorization(request.auth));
  const address = addressOf(String(request.url));
  const connection = yield* connect(address, request.timeout);
  let stream = connection;
  let head: Head;
  try {
    stream = yield* secured(connection, address);
    yield* sendRequest(stream, request, headers, address);
    head = yield* readHead(stream, request.parse_headers);
  } catch (error) {
    if (error instanceof OSError) stream.close();
    throw error;
  }
  if (head.location === null) return yield* answer(stream, head, truth(request.stream));
  stream.close();
  headers.delete("Host");
  const url = redirected(head.location, address);
  const again = { ...request, url, headers, auth: null, timeout: null, parse_headers: true };
  return yield* performRequest(
    SEE_OTHER.includes(head.status) ? { ...again, method: "GET", data: null, json: null } : again,
  );
}

function* connect({ host, port }: Address, timeout: Value): Waiting {
  const [first] = asArray(yield* callWait(getaddrinfo, host, port, 0, SOCK_STREAM));
  const [family, , protocol, , to] = asArray(first);
  const connection: Value = new socket(family, SOCK_STREAM, protocol);
  if (timeout !== null) connection.settimeout(timeout);
  try {
    yield* invokeWait(connection, "connect", to);
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
}

function* secured(connection: Value, { protocol, host }: Address): Waiting {
  if (protocol !== "https:") return connection;
  const context: Value = new SSLContext(PROTOCOL_TLS_CLIENT);
  context.verify_mode = CERT_NONE;
  return yield* applyMethodWait(context, "wrap_socket", [connection], { server_hostname: host });
}

function authorization(auth: Value): string {
  const [user, password] = asArray(auth);
  const pair = `${printed(user, "str")}:${printed(password, "str")}`;
  const coded = b2a_base64(toBytes(encodeUtf8(pair)));
  return `Basic ${String.fromCharCode(...coded.subarray(0, -1))}`;
}

/** The body as it is sent, and what the headers must say of it. */
function bodyOf({ data, json }: Request, headers: Dict): { body: Value; isChunked: boolean } {
  let body = data;
  if (json !== null) {
    if (data !== null) throw new AssertionError();
    body = dumps(json);
    if (!headers.has("Content-Type")) headers.set("Content-Type", "application/json");
  }
  if (!truth(body)) return { body: null, isChunked: false };
  const isChunked = hasattr(body, "__next__") && !hasattr(body, "__len__");
  if (isChunked) {
    const isTold = headers.has("Transfer-Encoding") || headers.has("Content-Length");
    if (!isTold) headers.set("Transfer-Encoding", "chunked");
    return { body, isChunked };
  }
  if (typeof body === "string") body = toBytes(encodeUtf8(body));
  if (!headers.has("Content-Length")) headers.set("Content-Length", String(bytesOf(body).length));
  return { body, isChunked };
}

function* sendRequest(
  stream: Value,
  request: Request,
  headers: Dict,
  { host, path }: Address,
): Waiting<void> {
  yield* send(stream, `${request.method} /${path} HTTP/1.1${END_OF_LINE}`);
  if (!headers.has("Host")) headers.set("Host", host);
  const { body, isChunked } = bodyOf(request, headers);
  if (!headers.has("Connection")) headers.set("Connection", "close");
  for (const [name, value] of headers.entries()) {
    for (const part of [name, ": ", value, END_OF_LINE]) yield* send(stream, part);
  }
  yield* send(stream, END_OF_LINE);
  if (body === null) return;
  if (!isChunked) return yield* send(stream, body);
  const isMarked = headers.get("Transfer-Encoding") === "chunked";
  for (const chunk of each(body)) {
    const bytes = typeof chunk === "string" ? toBytes(encodeUtf8(chunk)) : chunk;
    if (isMarked) yield* send(stream, `${bytesOf(bytes).length.toString(16)}${END_OF_LINE}`);
    yield* send(stream, bytes);
    if (isMarked) yield* send(stream, END_OF_LINE);
  }
  if (isMarked) yield* send(stream, `0${END_OF_LINE}${END_OF_LINE}`);
}

function* readHead(stream: Value, parse: Value): Waiting<Head> {
  const first = yield* readLine(stream);
  const [, code, reason] = /^\s*\S+\s+(\S+)\s*(.*)$/s.exec(first) ?? [];
  if (code === undefined) throw new ValueError(`HTTP error: BadStatusLine:\n${first}`);
  const head: Head = {
    status: Number.parseInt(code, 10),
    reason: toBytes(encodeUtf8((reason ?? "").trimEnd())),
    headers: parse === false ? null : new Dict(),
    length: null,
    chunked: false,
    location: null,
  };
  for (;;) {
    const line = yield* readLine(stream);
    if (line === "" || line === END_OF_LINE) return head;
    readField(head, line);
    if (parse === true) keepField(head, line);
    else if (parse !== false) yield* callWait(parse, toBytes(encodeUtf8(line)), head.headers);
  }
}

/** What the answer's shape depends on. */
function readField(head: Head, line: string): void {
  const lower = line.toLowerCase();
  if (lower.startsWith("transfer-encoding:")) head.chunked ||= line.includes("chunked");
  else if (lower.startsWith("location:") && (head.status < 200 || head.status > 299)) {
    if (!REDIRECTS.includes(head.status)) {
      throw new NotImplementedError(`Redirect ${head.status} not yet supported`);
    }
    head.location = line.slice("location:".length).trim();
  }
}

function keepField(head: Head, line: string): void {
  const at = line.indexOf(":");
  if (at < 0) throw new ValueError("need more than 1 values to unpack");
  const value = line.slice(at + 1).trim();
  head.headers?.set(line.slice(0, at), value);
  if (line.slice(0, at).toLowerCase() === "content-length") head.length = Number(value);
}

function* answer(stream: Value, head: Head, isStream: boolean): Waiting<Response> {
  const body = head.chunked ? -1 : head.length;
  const response = new Response(body === null ? stream : new BodyStream(stream, body));
  response.status_code = head.status;
  response.reason = head.reason;
  if (head.headers !== null) response.headers = head.headers;
  if (!isStream) yield* response.$readAhead();
  return response;
}
