/**
 * What a blocking generator yields to whoever drives it: "resume me at this time, or when woken".
 * Made by time.sleep, sockets, input() and the asyncio loop; consumed by run.ts, the asyncio loop
 * and `runToEnd`.
 */

export class Wait {
  /**
   * @param until host milliseconds, absolute; null waits for `start`'s wake alone
   * @param start begins what is waited for and calls `wake` when it happens; returns a cancel
   */
  constructor(
    readonly until: number | null,
    readonly start?: (wake: () => void) => () => void,
  ) {}
}
