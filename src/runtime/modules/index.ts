/**
 * The modules of the runtime by their Python names. Emitted code imports the ones it names statically;
 * this table loads them for programs that compute names (`__import__(name)`).
 */

import type { Value } from "../core/values.js";

export type ModuleNamespace = Readonly<Record<string, Value>>;

export const moduleLoaders = {
  _onewire: () => import("./_onewire.js"),
  _thread: () => import("./_thread.js"),
  aioespnow: () => import("./aioespnow.js"),
  apa102: () => import("./apa102.js"),
  apa106: () => import("./apa106.js"),
  array: () => import("./array.js"),
  asyncio: () => import("./asyncio.js"),
  "asyncio.core": () => import("./asyncio/core.js"),
  "asyncio.event": () => import("./asyncio/event.js"),
  "asyncio.funcs": () => import("./asyncio/funcs.js"),
  "asyncio.lock": () => import("./asyncio/lock.js"),
  "asyncio.stream": () => import("./asyncio/stream.js"),
  binascii: () => import("./binascii.js"),
  btree: () => import("./btree.js"),
  bluetooth: () => import("./bluetooth.js"),
  builtins: () => import("./builtins.js"),
  cmath: () => import("./cmath.js"),
  collections: () => import("./collections.js"),
  cryptolib: () => import("./cryptolib.js"),
  deflate: () => import("./deflate.js"),
  dht: () => import("./dht.js"),
  ds18x20: () => import("./ds18x20.js"),
  errno: () => import("./errno.js"),
  esp: () => import("./esp.js"),
  esp32: () => import("./esp32.js"),
  espnow: () => import("./espnow.js"),
  framebuf: () => import("./framebuf.js"),
  gc: () => import("./gc.js"),
  hashlib: () => import("./hashlib.js"),
  heapq: () => import("./heapq.js"),
  io: () => import("./io.js"),
  json: () => import("./json.js"),
  machine: () => import("./machine.js"),
  math: () => import("./math.js"),
  micropython: () => import("./micropython.js"),
  mip: () => import("./mip.js"),
  neopixel: () => import("./neopixel.js"),
  network: () => import("./network.js"),
  ntptime: () => import("./ntptime.js"),
  onewire: () => import("./onewire.js"),
  os: () => import("./os.js"),
  platform: () => import("./platform.js"),
  pyb: () => import("./pyb.js"),
  random: () => import("./random.js"),
  re: () => import("./re.js"),
  requests: () => import("./requests.js"),
  rp2: () => import("./rp2.js"),
  select: () => import("./select.js"),
  socket: () => import("./socket.js"),
  ssl: () => import("./ssl.js"),
  stm: () => import("./stm.js"),
  struct: () => import("./struct.js"),
  sys: () => import("./sys.js"),
  time: () => import("./time.js"),
  tls: () => import("./tls.js"),
  uctypes: () => import("./uctypes.js"),
  umqtt: () => import("./umqtt.js"),
  "umqtt.robust": () => import("./umqtt/robust.js"),
  "umqtt.simple": () => import("./umqtt/simple.js"),
  urequests: () => import("./urequests.js"),
  vfs: () => import("./vfs.js"),
  webrepl: () => import("./webrepl.js"),
  websocket: () => import("./websocket.js"),
} as const satisfies Readonly<Record<string, () => Promise<ModuleNamespace>>>;

/** All of them, by name and by alias (`ujson`), which the compiler knows. */
export async function loadAllModules(
  aliases: Readonly<Record<string, string>> = {},
): Promise<ReadonlyMap<string, ModuleNamespace>> {
  const entries = Object.entries(moduleLoaders).map(
    async ([name, load]): Promise<[string, ModuleNamespace]> => [name, await load()],
  );
  const modules = new Map(await Promise.all(entries));
  for (const [alias, name] of Object.entries(aliases)) {
    const module = modules.get(name);
    if (module !== undefined) modules.set(alias, module);
  }
  return modules;
}
