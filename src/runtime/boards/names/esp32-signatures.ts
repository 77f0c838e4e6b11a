/**
 * What constructors and methods take on an ESP32, where that is not what the runtime's own signature says: the
 * `allowed_args` of ports/esp32.
 */

export const esp32Signatures = {
  "machine.I2C.__init__": "id=: int, *, scl=, sda=, freq=: int, timeout=: int",
  "machine.Pin.irq": "handler=, trigger=: int, wake=",
} as const;
