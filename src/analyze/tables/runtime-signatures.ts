/**
 * The exports of the runtime's modules: kind and signature of each. Written by
 * `scripts/runtime-signatures.mjs` from the built runtime; a test checks that it is fresh.
 */
type Kind = "function" | "class" | "blocking" | "coroutine" | "constant";

export const RUNTIME_MODULES: Readonly<
  Record<string, Readonly<Record<string, readonly [kind: Kind, signature?: string]>>>
> = {
  asyncio: {
    CancelledError: ["class", "*args"],
    Event: ["class", ""],
    Lock: ["class", ""],
    Loop: ["class", ""],
    StreamReader: ["class", "s, e="],
    StreamWriter: ["class", "s, e="],
    Task: ["class"],
    ThreadSafeFlag: ["class", ""],
    TimeoutError: ["class", "*args"],
    create_task: ["function", "coro"],
    current_task: ["function", ""],
    gather: ["coroutine"],
    get_event_loop: ["function", "runq_len=, waitq_len="],
    new_event_loop: ["function", ""],
    open_connection: ["coroutine"],
    run: ["blocking", "coro"],
    sleep: ["coroutine", "t"],
    sleep_ms: ["coroutine", "t"],
    start_server: ["coroutine"],
    wait_for: ["coroutine", "aw, timeout, sleep="],
    wait_for_ms: ["coroutine", "aw, timeout"],
  },
  gc: {
    collect: ["function", ""],
    disable: ["function", ""],
    enable: ["function", ""],
    isenabled: ["function", ""],
    mem_alloc: ["function", ""],
    mem_free: ["function", ""],
    threshold: ["function", "amount="],
  },
  machine: {
    ADC: ["class"],
    I2C: ["class"],
    PWM: ["class"],
    Pin: ["class"],
    RTC: ["class"],
    SPI: ["class"],
    Timer: ["class"],
    UART: ["class"],
    WDT: ["class"],
    freq: ["function"],
    reset: ["function", ""],
    unique_id: ["function", ""],
  },
  micropython: {
    const: ["function", "value"],
    schedule: ["function", "function, argument"],
  },
  sys: {
    exit: ["function", "status="],
    print_exception: ["function", "exception, file="],
  },
  time: {
    sleep: ["blocking", "seconds"],
    sleep_ms: ["blocking", "ms"],
    sleep_us: ["blocking", "us"],
    ticks_add: ["function", "ticks, delta"],
    ticks_cpu: ["function", ""],
    ticks_diff: ["function", "end, start"],
    ticks_ms: ["function", ""],
    ticks_us: ["function", ""],
    time: ["function", ""],
    time_ns: ["function", ""],
  },
};
