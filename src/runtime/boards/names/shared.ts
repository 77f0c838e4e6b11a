/** Constants and lists of names that several ports have in common. */

/** Why a chip of Espressif woke: `esp_sleep_source_t`. */
export const WAKE = {
  PIN_WAKE: 2,
  EXT0_WAKE: 2,
  EXT1_WAKE: 3,
  TIMER_WAKE: 4,
  TOUCHPAD_WAKE: 5,
  ULP_WAKE: 6,
} as const;

export const NETWORK_AUTH = {
  AUTH_OPEN: 0,
  AUTH_WEP: 1,
  AUTH_WPA_PSK: 2,
  AUTH_WPA2_PSK: 3,
  AUTH_WPA_WPA2_PSK: 4,
} as const;

/** Channels of the STM32's converter beside the pins. */
export const STM32_ADC = {
  VREF: 0xffff,
  CORE_VREF: 256,
  CORE_TEMP: 257,
  CORE_VBAT: 258,
} as const;

/** What only pins of the pyboard have, in all but the newest firmware. */
export const LEGACY_PIN = [
  "mode",
  "pull",
  "name",
  "names",
  "pin",
  "port",
  "gpio",
  "af",
  "af_list",
  "dict",
  "mapper",
  "debug",
] as const;

/** Of the converter only `read_u16` is everywhere. */
export const MORE_ADC = ["init", "deinit", "read", "read_uv", "block", "atten", "width"] as const;

/** What `os` has of a PC. */
export const HOST_OS = ["errno", "getenv", "putenv", "system", "unsetenv"] as const;

/** What `micropython` has where memory is counted: on a PC. */
export const HOST_MEMORY = ["heap_locked", "mem_current", "mem_peak", "mem_total"] as const;

/** What `sys` has there. */
export const HOST_SYS = ["atexit", "exc_info", "executable"] as const;

/** What `socket` has that no board of these ports is built with. */
export const HOST_SOCKET = ["inet_ntop", "inet_pton", "sockaddr"] as const;

/** Of the optional parts of the language the one that is a PC's alone. */
export const WITHOUT_COUNT = ["collectedCount"] as const;

/** Numbers of options and flags of sockets. */
export const LINUX_SOCKET = {
  SOL_SOCKET: 1,
  SO_REUSEADDR: 2,
  SO_BROADCAST: 6,
  SO_KEEPALIVE: 9,
  SO_LINGER: 13,
  TCP_NODELAY: 1,
  IP_ADD_MEMBERSHIP: 35,
  IP_DROP_MEMBERSHIP: 36,
  MSG_PEEK: 2,
  MSG_DONTWAIT: 64,
} as const;

/** Those of extmod/modlwip.c. */
export const LWIP_SOCKET = {
  SOL_SOCKET: 1,
  SO_REUSEADDR: 4,
  SO_BROADCAST: 32,
  TCP_NODELAY: 64,
  IP_ADD_MEMBERSHIP: 1024,
  IP_DROP_MEMBERSHIP: 1025,
  MSG_PEEK: 1,
  MSG_DONTWAIT: 2,
} as const;

/** What Bluetooth has with another stack than theirs. */
export const OTHER_BLE = [
  "hci_cmd",
  "l2cap_connect",
  "l2cap_disconnect",
  "l2cap_listen",
  "l2cap_recvinto",
  "l2cap_send",
] as const;

/** File systems that no board of these ports is built with. */
export const HOST_VFS = ["VfsLfs1", "VfsPosix"] as const;

/** Of a match only `group` is everywhere. */
export const MATCH_PARTS = ["groups", "span", "start", "end"] as const;

export const CSI = [
  "csi_enable",
  "csi_disable",
  "csi_read",
  "csi_available",
  "csi_dropped",
] as const;
