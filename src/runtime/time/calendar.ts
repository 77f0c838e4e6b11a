/**
 * Dates as MicroPython's tuples: (year, month, day, hour, minute, second, weekday, day of the year), the
 * weekday counted from Monday. Seconds here are since 1970; `time` knows the board's epoch.
 */

const DAY = 86_400_000;

/** Seconds from 1970 to the year in which a board's clock starts. */
export const EPOCH_OFFSET = { 1970: 0, 2000: 946_684_800 } as const;

export function dateFields(seconds: number): number[] {
  const date = new Date(seconds * 1000);
  const year = date.getUTCFullYear();
  return [
    year,
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    (date.getUTCDay() + 6) % 7,
    Math.floor((date.getTime() - Date.UTC(year, 0, 1)) / DAY) + 1,
  ];
}

/** The seconds of a date; fields out of range carry over. */
export function dateSeconds(fields: readonly number[]): number {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = fields;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}
