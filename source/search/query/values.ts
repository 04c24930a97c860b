/** The days from `from` (inclusive) to `before` (exclusive), as `YYYY-MM-DD`; `null` for no bound. */
export interface DayRange {
  readonly from: string | null;
  readonly before: string | null;
}

/** Integers from `min` to `max`, both inclusive; `null` for no bound. */
export interface NumberRange {
  readonly min: number | null;
  readonly max: number | null;
}

/** The value is the beginning of a valid one, so there is no condition yet. */
export type Unfinished = "unfinished";

const compared = /^(>=|<=|≥|≤|>|<|=)?(\d*)$/;
// A single dot is a range that is still being typed.
const ranged = /^(\d*)(?:\.{1,2}|[-–])(\d*)$/;

const thousand = 1_000;
const inThousands = /(\d+(?:\.\d+)?)([km])(?![\p{L}\p{N}])/giu;

/**
 * Parses `20`, `=20`, `>20`, `>=20`, `<20`, `<=20`, `5..20`, `5-20`, `5..` or `..20`; `null` for anything
 * else. `12k` is 12,000 and `1.5M` is 1,500,000, as the list displays large numbers.
 */
export function readNumbers(written: string): NumberRange | Unfinished | null {
  const value = written.replace(inThousands, (_, number: string, unit: string) =>
    String(Math.round(Number(number) * (unit.toLowerCase() === "k" ? thousand : thousand * thousand))),
  );
  const comparison = compared.exec(value);
  if (comparison) {
    const [, sign, digits = ""] = comparison;
    return digits === "" ? "unfinished" : compare(sign, Number(digits));
  }
  const range = ranged.exec(value);
  if (!range) return null;
  const [, low = "", high = ""] = range;
  if (low === "" && high === "") return "unfinished";
  return ordered(low === "" ? null : Number(low), high === "" ? null : Number(high));
}

/** A range of years. `isPartly` is set if one of them is unfinished, so that only the other bound applies. */
export interface YearRange extends DayRange {
  readonly isPartly?: true;
}

/** Parses years, written like numbers. A year of fewer than four digits is unfinished. */
export function readYears(value: string): YearRange | Unfinished | null {
  const comparison = compared.exec(value);
  if (comparison) {
    const [, sign, digits = ""] = comparison;
    if (digits.length > 4) return null;
    return digits.length < 4 ? "unfinished" : daysOf(compare(sign, Number(digits)));
  }
  const range = ranged.exec(value);
  if (!range) return null;
  const [low, high] = [range[1] ?? "", range[2] ?? ""];
  if (low.length > 4 || high.length > 4) return null;
  const [min, max] = [low, high].map((year) => (year.length === 4 ? Number(year) : null)) as [number, number];
  if (min === null && max === null) return "unfinished";
  const isPartly = (low !== "" && min === null) || (high !== "" && max === null);
  return { ...daysOf(ordered(min, max)), ...(isPartly ? { isPartly } : {}) };
}

const dayLength = 86_400_000;

/** Parses a day relative to today: `7d`, `2w`, `3m`, `1y`, `today`, `yesterday`; `null` for anything else. */
function readAgo(value: string, today: string): string | Unfinished | null {
  const lower = value.toLowerCase();
  const named = lower === "today" ? "0d" : lower === "yesterday" ? "1d" : lower;
  const match = /^(\d{1,4})([dwmy])$/.exec(named);
  if (!match) return ["today", "yesterday"].some((one) => one.startsWith(lower)) ? "unfinished" : null;
  const count = Number(match[1]);
  const day = new Date(`${today}T00:00:00Z`);
  if (match[2] === "d") day.setTime(day.getTime() - count * dayLength);
  if (match[2] === "w") day.setTime(day.getTime() - 7 * count * dayLength);
  if (match[2] === "m") subtractMonths(day, count);
  if (match[2] === "y") subtractMonths(day, 12 * count);
  return day.getTime() < Date.parse("0001-01-01") ? "0001-01-01" : day.toISOString().slice(0, 10);
}

/** Goes back `count` months, in place. If that month is shorter, the result is its last day. */
function subtractMonths(day: Date, count: number): void {
  const date = day.getUTCDate();
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() - count);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  day.setUTCDate(Math.min(date, last));
}

/**
 * Parses a day as `YYYY-MM-DD`: the first day of `2024`, `2024-06` or `2024-06-15`; `null` if it is none. A
 * month or day that is empty or only a zero is ignored. If `today` is given, relative days such as `7d` are
 * allowed.
 */
export function readDay(value: string, today: string | null): string | Unfinished | null {
  const ago = today === null ? null : readAgo(value, today);
  if (ago !== null) return ago;
  const match = /^(\d{1,4})(?:-(\d{0,2})(?:-(\d{0,2}))?)?$/.exec(value);
  if (!match) return null;
  const [, year = "", month = "", day = ""] = match;
  if (year.length < 4) return value === year ? "unfinished" : null;
  const monthNumber = begun(month) ? 1 : Number(month);
  const dayNumber = begun(day) ? 1 : Number(day);
  const exists = monthNumber >= 1 && monthNumber <= 12 && dayNumber >= 1 && dayNumber <= 31;
  return exists ? `${year}-${twoDigits(monthNumber)}-${twoDigits(dayNumber)}` : null;
}

/** Whether a month or day is still empty, or only a zero. */
function begun(digits: string): boolean {
  return digits === "" || digits === "0";
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

function compare(sign: string | undefined, number: number): NumberRange {
  switch (sign) {
    case ">":
      return { min: number + 1, max: null };
    case ">=":
    case "≥":
      return { min: number, max: null };
    case "<":
      return { min: null, max: number - 1 };
    case "<=":
    case "≤":
      return { min: null, max: number };
    default:
      return { min: number, max: number };
  }
}

/** Swaps the ends of a range that are in the wrong order. */
function ordered(min: number | null, max: number | null): NumberRange {
  return min !== null && max !== null && min > max ? { min: max, max: min } : { min, max };
}

function daysOf(years: NumberRange): DayRange {
  return {
    from: years.min === null ? null : firstOf(years.min),
    before: years.max === null ? null : firstOf(years.max + 1),
  };
}

function firstOf(year: number): string {
  return `${String(year).padStart(4, "0")}-01-01`;
}
