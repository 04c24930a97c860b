const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A date in the style of the Daily Papers page: "Sep 26" (no year) or "Dec 19, 2023". */
export interface PageDate {
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly year: number | null;
}

/** Reads a line that is only a page date; `null` for anything else. */
export function readPageDate(line: string): PageDate | null {
  const found = /^\s*([A-Z][a-z]{2})[a-z]*\.? (\d{1,2})(?:, (\d{4}))?\s*$/.exec(line);
  if (!found) return null;
  const month = monthNumber(found[1] as string);
  const day = Number(found[2]);
  if (month === 0 || day < 1 || day > (lengths[month - 1] as number)) return null;
  return { month, day, year: found[3] ? Number(found[3]) : null };
}

/** `YYYY-MM-DD`; `null` if the year is unknown. */
export function isoDay(date: PageDate, year: number | null): string | null {
  const known = date.year ?? year;
  if (known === null) return null;
  return `${String(known).padStart(4, "0")}-${pad(date.month)}-${pad(date.day)}`;
}

/** Whether `text` is a real calendar day written `YYYY-MM-DD`. */
export function isIsoDay(text: string): boolean {
  if (text.length !== 10 || text[4] !== "-" || text[7] !== "-") return false;
  const [year, month, day] = [numberAt(text, 0, 4), numberAt(text, 5, 7), numberAt(text, 8, 10)];
  return year >= 0 && month >= 0 && day >= 0 && isOnCalendar(year, month, day);
}

/** The number that digits write; negative if one of them is no digit. Several times as fast as an expression. */
function numberAt(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** Whether a day exists in the Gregorian calendar. Computed without `Date`, which is twenty times slower. */
function isOnCalendar(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || day > (lengths[month - 1] as number)) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

/** `YYYY-MM-DD` from year, month and day; `null` if there is no such day. */
export function dayFrom(year: number, month: number, day: number): string | null {
  return isOnCalendar(year, month, day) ? `${String(year).padStart(4, "0")}-${pad(month)}-${pad(day)}` : null;
}

/** RFC 5322, section 3.3, but also with the two-digit year of arXiv's mails. */
const mailDate = /(?:^|[\s,])(\d{1,2})\s+([A-Za-z]{3})[a-z]{0,6}\.?\s+(\d{4}|\d{2})(?!\d)/;

/**
 * The calendar day of a timestamp in its own time zone, `YYYY-MM-DD`: of "2025-07-09T18:00:01Z" (RFC 3339),
 * "Wed, 9 Jul 2025 18:00:01 GMT" (RFC 822 and its successors) or "Wed 9 Jul 25 18:00:00 GMT", also after
 * other words. `null` if there is no such day.
 */
export function dayOf(text: string): string | null {
  const iso = text.trim().slice(0, 10);
  if (isIsoDay(iso)) return iso;
  const words = text.slice(0, 200);
  const found = mailDate.exec(words);
  if (!found) return otherDay(words);
  const [, day = "", month = "", year = ""] = found;
  // arXiv began in 1991, so two digits from 91 on mean the last century.
  const century = year.length === 4 ? 0 : Number(year) >= 91 ? 1900 : 2000;
  return dayFrom(century + Number(year), monthNumber(month), Number(day));
}

const monthFirst =
  /(?:^|[\s,([])([A-Za-z]{3})[a-z]{0,6}\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(?:\d{1,2}:\d\d(?::\d\d)?\s+(?:[A-Z]{2,5}\s+)?)?(\d{4})(?!\d)/;
const ordinal =
  /(?:^|[\s,([])(\d{1,2})(?:st|nd|rd|th)\s+(?:of\s+)?([A-Za-z]{3})[a-z]{0,6}\.?,?\s+(\d{4})(?!\d)/;
const hyphened = /(?:^|[\s,])(\d{1,2})-([A-Za-z]{3})[a-z]{0,6}-(\d{4}|\d{2})(?!\d)/;
const slashed = /(?:^|[\s([])(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?![\d/])/;
const yearFirst = /(?:^|[\s,([])(\d{4})\s+([A-Za-z]{3})[a-z]{0,6}\.?\s+(\d{1,2})(?![\d:])/;
const compact = /^\s*(\d{4})(\d\d)(\d\d)(?:T\d{4,6}|\s|$)/;

/**
 * Days in other notations: "May 26, 2020", "Wed May 27 04:45:26 2020" (asctime), "28-May-20" (RFC 850),
 * "3rd of May 2020", "2020/05/29", "20200530T044526Z". "05/06/2020" is ambiguous and is not read as a day.
 */
function otherDay(words: string): string | null {
  const [, month = "", day = "", year = ""] = monthFirst.exec(words) ?? [];
  if (year !== "") return dayFrom(Number(year), monthNumber(month), Number(day));
  const [, d = "", m = "", y = ""] = ordinal.exec(words) ?? hyphened.exec(words) ?? [];
  if (y !== "") {
    const century = y.length === 4 ? 0 : Number(y) >= 70 ? 1900 : 2000;
    return dayFrom(century + Number(y), monthNumber(m), Number(d));
  }
  const first = yearFirst.exec(words);
  if (first !== null && monthNumber(first[2] as string) > 0) {
    return dayFrom(Number(first[1]), monthNumber(first[2] as string), Number(first[3]));
  }
  const numbers = slashed.exec(words) ?? compact.exec(words);
  return numbers === null ? null : dayFrom(Number(numbers[1]), Number(numbers[2]), Number(numbers[3]));
}

const monthName =
  /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b/i;

/**
 * A date in any notation that people use, as precise as it is given: "12 May 2026", "May 2026", "2026-05",
 * "2026". `null` if it has no year, and for "2026-02-30".
 */
export function dateIn(text: string): string | null {
  const day = dayOf(text);
  if (day !== null) return day;
  const words = text.slice(0, 200);
  // If a program wrote a day that does not exist, no part of it can be trusted.
  if (/(?<!\d)\d{4}-\d\d-\d\d(?!\d)/.test(words)) return null;
  const numbers = /(?<!\d)(\d{4})-(\d\d)(?!\d)/.exec(words);
  if (numbers) return knownDate(numbers[1], numbers[2]);
  const year = /(?<!\d)\d{4}(?!\d)/.exec(words)?.[0];
  return knownDate(year, monthNumber(monthName.exec(words)?.[0] ?? ""));
}

/** The number of a month, from 1, by its English name or the first three letters; 0 if it is not a month. */
function monthNumber(name: string): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/**
 * A date as precise as possible: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. Parts that are missing or not in the
 * calendar are dropped ("2020-21" is a season; 30 February); `null` if not even the year is valid.
 */
export function knownDate(year: unknown, month?: unknown, day?: unknown): string | null {
  const y = numberOf(year);
  if (y < 1000) return null;
  const m = numberOf(month);
  if (m < 1 || m > 12) return String(y);
  const d = numberOf(day);
  return dayFrom(y, m, d) ?? `${y}-${pad(m)}`;
}

/** A value of up to four digits as a number; 0 for anything else. */
function numberOf(value: unknown): number {
  if (typeof value === "number") return Number.isInteger(value) && value > 0 && value <= 9999 ? value : 0;
  return typeof value === "string" && /^\s*\d{1,4}\s*$/.test(value) ? Number(value) : 0;
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}
