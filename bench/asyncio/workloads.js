/**
 * The workloads and the bars that they are held to, in the words of the table that main.js prints. A
 * row runs `main(...arguments)` of workloads/FILE.py, and the function of that name in scheduled.js.
 * `heap` is MicroPython's, which is slower the larger it is.
 */

/** The least ratio to CPython's and MicroPython's asyncio, the greatest to the scheduler by hand. */
const SWITCHING = { cpython: 10, micropython: 10, scheduler: 1.5 };
const SHALLOW = { scheduler: 1.5 };

/** @type {readonly { name: string, file: string, arguments: readonly number[], heap?: string, bars: object }[]} */
export const workloads = [
  { name: "ping-pong", file: "ping_pong", arguments: [2000], bars: SWITCHING },
  { name: "Event ring", file: "ring", arguments: [1000], bars: SWITCHING },
  { name: "Lock", file: "lock", arguments: [1000], bars: SWITCHING },
  { name: "gather 10k", file: "gather", arguments: [10_000], heap: "32m", bars: SWITCHING },
  { name: "gather 100k", file: "gather", arguments: [100_000], heap: "512m", bars: SWITCHING },
  { name: "100k timers", file: "timers", arguments: [100_000], heap: "512m", bars: SHALLOW },
  { name: "wait_for", file: "wait_for", arguments: [10_000], bars: SHALLOW },
  { name: "cancel", file: "cancel", arguments: [20_000], bars: SHALLOW },
  { name: "await depth 1", file: "await_suspended", arguments: [1000, 1], bars: SHALLOW },
  { name: "await depth 3", file: "await_suspended", arguments: [1000, 3], bars: SHALLOW },
  { name: "await depth 5", file: "await_suspended", arguments: [1000, 5], bars: {} },
  { name: "await depth 20", file: "await_suspended", arguments: [500, 20], bars: { cpython: 1 } },
  {
    name: "await depth 50",
    file: "await_suspended",
    arguments: [200, 50],
    bars: { cpython: 1 / 1.5 },
  },
  { name: "await call 1", file: "await_call", arguments: [200_000, 1], bars: SHALLOW },
  { name: "await call 3", file: "await_call", arguments: [100_000, 3], bars: SHALLOW },
  { name: "await call 20", file: "await_call", arguments: [20_000, 20], bars: { cpython: 1 } },
  {
    name: "await call 50",
    file: "await_call",
    arguments: [10_000, 50],
    bars: { cpython: 1 / 1.5 },
  },
  { name: "async with", file: "async_with", arguments: [100_000], bars: SHALLOW },
  { name: "async for", file: "async_for", arguments: [100_000], bars: SHALLOW },
];
