/**
 * Methods of the runtime that suspend the program: seeds of the colouring (`facts/colour.ts`), beside
 * the functions that `runtime-signatures.ts` lists as blocking. The object of a call is not known, so
 * the name decides.
 */

/** Methods of any object. */
export const BLOCKING_METHODS: ReadonlySet<string> = new Set(["run_forever", "run_until_complete"]);

interface Row {
  readonly modules: readonly string[];
  /** Only in programs that mention this attribute of the module. */
  readonly attribute?: string;
  /** In every module of a program that imports one of them somewhere. */
  readonly anywhere?: true;
  readonly methods: ReadonlySet<string>;
}

/** Methods that block only in modules that import one of the modules named. */
export const BLOCKING_METHODS_WITH: Readonly<Record<string, Row>> = {
  thread: {
    modules: ["_thread"],
    anywhere: true,
    methods: new Set(["acquire", "__enter__"]),
  },
  socket: {
    modules: ["socket", "usocket"],
    methods: new Set([
      "accept",
      "connect",
      "makefile",
      "read",
      "readinto",
      "readline",
      "recv",
      "recvfrom",
      "recv_into",
      "recvfrom_into",
      "send",
      "sendall",
      "sendto",
      "write",
    ]),
  },
  requests: {
    modules: ["requests", "urequests"],
    methods: new Set(["read", "readinto"]),
  },
  umqtt: {
    modules: ["umqtt", "umqtt.simple", "umqtt.robust"],
    anywhere: true,
    methods: new Set([
      "check_msg",
      "connect",
      "delay",
      "disconnect",
      "ping",
      "publish",
      "reconnect",
      "subscribe",
      "unsubscribe",
      "wait_msg",
    ]),
  },
  deflate: {
    modules: ["deflate"],
    methods: new Set(["read", "readinto", "readline", "write", "close", "__exit__"]),
  },
  websocket: {
    modules: ["websocket", "uwebsocket"],
    methods: new Set(["read", "readinto", "readline", "write"]),
  },
  ssl: {
    modules: ["ssl", "ussl", "tls"],
    methods: new Set([
      "wrap_socket",
      "read",
      "readinto",
      "readline",
      "recv",
      "recv_into",
      "send",
      "sendall",
      "write",
    ]),
  },
  stdin: {
    modules: ["sys", "usys"],
    attribute: "stdin",
    anywhere: true,
    methods: new Set(["read", "readinto", "readline", "readlines"]),
  },
  select: {
    modules: ["select", "uselect"],
    methods: new Set(["poll", "ipoll"]),
  },
};
