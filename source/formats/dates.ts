const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A date as the Daily Papers page writes it: "Sep 26" (no year) or "Dec 19, 2023". */
export interface PageDate {
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly year: number | null;
}

/** Reads a line that is nothing but a page date; anything else is `null`. */
export function readPageDate(line: string): PageDate | null {
  const found = /^\s*([A-Z][a-z]{2})[a-z]*\.? (\d{1,2})(?:, (\d{4}))?\s*$/.exec(line);
  if (!found) return null;
  const month = months.indexOf((found[1] as string).toLowerCase()) + 1;
  const day = Number(found[2]);
  if (month === 0 || day < 1 || day > (lengths[month - 1] as number)) return null;
  return { month, day, year: found[3] ? Number(found[3]) : null };
}

/** `YYYY-MM-DD`; `null` where no year is known. */
export function isoDay(date: PageDate, year: number | null): string | null {
  const known = date.year ?? year;
  if (known === null) return null;
  return `${String(known).padStart(4, "0")}-${pad(date.month)}-${pad(date.day)}`;
}

/** Whether `text` is a real calendar day written `YYYY-MM-DD`. */
export function isIsoDay(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) &&
    isOnCalendar(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)))
  );
}

/** Whether there is such a day; by the Gregorian rule, without a `Date`, which is twenty times as slow. */
function isOnCalendar(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || day > (lengths[month - 1] as number)) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

/** `YYYY-MM-DD` of a day's numbers; `null` where no calendar has it. */
export function dayFrom(year: number, month: number, day: number): string | null {
  return isOnCalendar(year, month, day) ? `${String(year).padStart(4, "0")}-${pad(month)}-${pad(day)}` : null;
}

/**
 * A date as far as it is known: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. What is missing or on no calendar
 * ("2020-21" is a season, 30 February) is left out; `null` where not even the year is one.
 */
export function knownDate(year: unknown, month?: unknown, day?: unknown): string | null {
  const y = numberOf(year);
  if (y < 1000) return null;
  const m = numberOf(month);
  if (m < 1 || m > 12) return String(y);
  const d = numberOf(day);
  return dayFrom(y, m, d) ?? `${y}-${pad(m)}`;
}

/** The number of up to four digits that a value is or writes; 0 where it does neither. */
function numberOf(value: unknown): number {
  if (typeof value === "number") return Number.isInteger(value) && value > 0 && value <= 9999 ? value : 0;
  return typeof value === "string" && /^\s*\d{1,4}\s*$/.test(value) ? Number(value) : 0;
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}
