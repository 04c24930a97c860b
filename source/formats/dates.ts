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
  const month = monthNumber(found[1] as string);
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
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!found) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** RFC 5322, section 3.3, with a year of two digits as arXiv's own mails write it. */
const mailDate = /(?:^|[\s,])(\d{1,2})\s+([A-Za-z]{3})[a-z]{0,6}\.?\s+(\d{4}|\d{2})(?!\d)/;

/**
 * The calendar day of a timestamp as it is written, in its own time zone, `YYYY-MM-DD`: of
 * "2025-07-09T18:00:01Z" (RFC 3339), "Wed, 9 Jul 2025 18:00:01 GMT" (RFC 822 and its successors) or
 * "Wed  9 Jul 25 18:00:00 GMT", also with words before it. `null` where it is no such day.
 */
export function dayOf(text: string): string | null {
  const iso = text.trim().slice(0, 10);
  if (isIsoDay(iso)) return iso;
  const found = mailDate.exec(text.slice(0, 200));
  if (!found) return null;
  const [, day = "", month = "", year = ""] = found;
  // arXiv began in 1991: two digits from 91 on are of the last century.
  const century = year.length === 4 ? "" : Number(year) >= 91 ? "19" : "20";
  const written = `${century}${year}-${pad(monthNumber(month))}-${day.padStart(2, "0")}`;
  return isIsoDay(written) ? written : null;
}

const monthName =
  /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b/i;

/**
 * A date as people write one, as far as it is said: "12 May 2026", "May 2026", "2026-05", "2026".
 * `null` where it says no year.
 */
export function dateIn(text: string): string | null {
  const day = dayOf(text);
  if (day !== null) return day;
  const words = text.slice(0, 200);
  const numbers = /(?<!\d)(\d{4})-(\d\d)(?!\d)/.exec(words);
  if (numbers) return knownDate(numbers[1], numbers[2]);
  const year = /(?<!\d)\d{4}(?!\d)/.exec(words)?.[0];
  return knownDate(year, monthNumber(monthName.exec(words)?.[0] ?? ""));
}

/** The number of a month from 1 by its English name or the first three letters of it; 0 where it is none. */
function monthNumber(name: string): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/**
 * A date as far as it is known: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. What is missing or on no calendar
 * ("2020-21" is a season, 30 February) is left out; `null` where not even the year is one.
 */
export function knownDate(year: unknown, month?: unknown, day?: unknown): string | null {
  const [y, m, d] = [year, month, day].map((one) => {
    const digits = typeof one === "number" ? String(one) : typeof one === "string" ? one.trim() : "";
    return /^\d{1,4}$/.test(digits) ? Number(digits) : null;
  });
  if (!y || y < 1000) return null;
  if (!m || m > 12) return String(y);
  const whole = d ? `${y}-${pad(m)}-${pad(d)}` : "";
  return isIsoDay(whole) ? whole : `${y}-${pad(m)}`;
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}
