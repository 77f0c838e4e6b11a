/**
 * What constructors and methods take on an ESP32, where that is not what the runtime's own signature says: the
 * `allowed_args` of ports/esp32.
 */

export const esp32Signatures = {
  "machine.I2C.__init__": "id=: int, *, scl=, sda=, freq=: int, timeout=: int",
  "machine.I2CTarget.__init__":
    "id=: int, addr!: int, *, addrsize=: int, mem=, mem_addrsize=: int, scl=, sda=",
  "machine.Pin.irq": "handler=, trigger=: int, wake=",
} as const;
