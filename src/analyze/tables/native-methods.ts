/**
 * Method names of values that are no ES class instances with that method: natively represented
 * types and functions. A call `o.m(...)` whose name is here never becomes a plain JS call, for `o`
 * may be such a value. Read by `method-calls.ts`; a test compares the rows with MicroPython's types.
 */

const words = (text: string): readonly string[] => text.split(/\s+/);

export const NATIVE_METHODS: ReadonlySet<string> = new Set([
  // str, bytes, bytearray, memoryview
  ...words(
    "append capitalize center count decode encode endswith extend find format index isalpha",
  ),
  ...words(
    "isdigit islower isspace isupper join ljust lower lstrip partition replace rfind rindex",
  ),
  ...words(
    "rjust rpartition rsplit rstrip split splitlines startswith strip title upper zfill hex",
  ),
  ...words("fromhex cast tobytes tolist release"),
  // list, tuple, dict, set
  ...words("clear copy insert pop remove reverse sort fromkeys get items keys popitem setdefault"),
  ...words("update values add difference difference_update discard intersection"),
  ...words("intersection_update isdisjoint issubset issuperset symmetric_difference"),
  ...words("symmetric_difference_update union"),
  // int, float, generators, functions, types
  ...words(
    "itemsize start stop step bit_length conjugate from_bytes to_bytes as_integer_ratio is_integer",
  ),
  ...words("send throw close pend_throw"),
  ...words("mro setter getter deleter"),
  // What JavaScript's own prototypes have under a Python-like name.
  ...words(
    "apply at bind call concat constructor entries every fill filter flat includes map next",
  ),
  ...words("push reduce search shift slice some test toString trim unshift valueOf with return"),
  ...words("match substr substring normalize repeat set subarray charAt codePointAt"),
]);

/**
 * Method names of the runtime's classes that no module exports (tasks, files, sockets) and of
 * classes that boards have: a call of such a name on an unknown object is not made plainly. Those of
 * exported classes are in `runtime-signatures.ts`.
 */
export const RUNTIME_METHODS: ReadonlySet<string> = new Set([
  // asyncio
  ...words("acquire aclose awrite call_exception_handler cancel create_task cancelled done drain"),
  ...words("default_exception_handler get_exception_handler get_extra_info is_set locked peek"),
  ...words(
    "read readexactly readinto readline release run_forever run_until_complete serve_forever",
  ),
  ...words("set set_exception_handler stop wait wait_closed write coro push_head push_sorted"),
  // files, sockets, streams
  ...words("accept connect bind listen recv recvfrom recv_into send sendall sendto setblocking"),
  ...words(
    "setsockopt settimeout makefile fileno flush seek tell getvalue ioctl poll ipoll register",
  ),
  ...words("unregister modify readlines truncate"),
  // machine
  ...words("any block calibration capture channel config counter deinit datetime deactivate drive"),
  ...words("duty duty_ns duty_u16 feed freq high init irq low memory mode now off on period"),
  ...words("position prescaler pull pulse_width pulse_width_percent read_bit read_timed read_u16"),
  ...words(
    "read_uv readblocks readchar readfrom readfrom_into readfrom_mem readfrom_mem_into scan",
  ),
  ...words("sendbreak shift source_freq start toggle trigger txdone value width write_readinto"),
  ...words("writeblocks writechar writeto writeto_mem writevto active ifconfig isconnected status"),
  ...words("disconnect board names name af af_list alarm alarm_left info intensity speed angle"),
  // collections, re, struct, json and others
  ...words(
    "appendleft popleft move_to_end match search sub groups group span end digest hexdigest",
  ),
  ...words("calcsize pack unpack load loads dump dumps decrypt encrypt fill pixel line rect text"),
  ...words("blit scroll hline vline fill_rect ellipse poly fromkeys"),
]);
