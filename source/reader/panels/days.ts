const day = 86_400_000;
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/**
 * The days (`2025-10-29`), weeks (`2025-W44`) and months (`2025-10`) that a text names: as numbers, with
 * the name of the month, or counted from today ("yesterday", "last friday", "3 days ago").
 *
 * @param today `YYYY-MM-DD`; without it only what is written out is known
 * @returns at most one, in the forms that `daily:` takes
 */
export function daysNamed(typed: string, today: string | null): readonly string[] {
  const text = typed.trim().toLowerCase().replace(/,/g, " ").replace(/\s+/g, " ");
  const found = inNumbers(text) ?? (today === null ? null : (inWords(text, today) ?? fromToday(text, today)));
  return found === null ? [] : [found];
}

/**
 * A source with its day as `daily:` takes it: `daily:yesterday` is `daily:2025-10-28` on the 29th, and
 * `daily:last-friday` the Friday before. Any other name is returned as it is.
 */
export function datedSource(name: string, today: string): string {
  const when = /^daily:\s*(.+)$/i.exec(name)?.[1];
  if (when === undefined) return name;
  const [day] = [...daysNamed(when, today), ...daysNamed(when.replaceAll("-", " "), today)];
  return day === undefined ? name : `daily:${day}`;
}

function inNumbers(text: string): string | null {
  const week = /^(\d{4})-?w(\d\d)$/.exec(text);
  if (week && Number(week[2]) >= 1 && Number(week[2]) <= 53) return `${week[1]}-W${week[2]}`;
  if (/^\d{4}-(?:0[1-9]|1[0-2])$/.test(text)) return text;
  const yearFirst =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text) ?? /^(20\d\d)()(\d\d)(\d\d)$/.exec(text);
  if (yearFirst) return written(yearFirst[1], yearFirst[3], yearFirst[4]);
  const dayFirst = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  return dayFirst ? written(dayFirst[3], dayFirst[2], dayFirst[1]) : null;
}

/** "29 Oct", "October 29th 2025"; without a year, the latest that is not in the future. */
function inWords(text: string, today: string): string | null {
  const number = "(\\d{1,2})(?:st|nd|rd|th)?\\.?";
  const parts =
    new RegExp(`^${number} ([a-z]{3,9})\\.?(?: (\\d{4}))?$`).exec(text) ??
    new RegExp(`^([a-z]{3,9})\\.? ${number}(?: (\\d{4}))?$`).exec(text);
  if (!parts) return null;
  const [, first = "", second = "", year] = parts;
  const [date, name] = /\d/.test(first) ? [first, second] : [second, first];
  const month = months.findIndex(
    (one) => one === name || one.slice(0, 3) === name || (one === "september" && name === "sept"),
  );
  if (month < 0) return null;
  const now = Number(today.slice(0, 4));
  if (year !== undefined) return written(year, month + 1, date);
  const thisYear = written(now, month + 1, date);
  return thisYear !== null && thisYear <= today ? thisYear : written(now - 1, month + 1, date);
}

function fromToday(text: string, today: string): string | null {
  const now = Date.parse(today);
  const ago = (days: number) => iso(now - days * day);
  switch (text) {
    case "today":
    case "now":
      return today;
    case "yesterday":
      return ago(1);
    case "day before yesterday":
    case "the day before yesterday":
      return ago(2);
    case "this week":
      return isoWeek(now);
    case "last week":
      return isoWeek(now - 7 * day);
    case "this month":
      return today.slice(0, 7);
    case "last month":
      return iso(Date.parse(`${today.slice(0, 7)}-01`) - day).slice(0, 7);
  }
  const days = /^(\d{1,3}|a|one) (day|week)s? ago$/.exec(text);
  if (days) return ago((/^\d/.test(days[1] as string) ? Number(days[1]) : 1) * (days[2] === "week" ? 7 : 1));
  const [, last, name = ""] = /^(last |this |on )?([a-z]{3,9})$/.exec(text) ?? [];
  const weekday = weekdays.findIndex(
    (one) => one === name || one.slice(0, 3) === name || (name.length > 3 && one.startsWith(name)),
  );
  if (weekday < 0) return null;
  const back = (new Date(now).getUTCDay() - weekday + 7) % 7;
  return ago(back === 0 && last === "last " ? 7 : back);
}

/** A day in ISO 8601; `null` if there is no such day. */
function written(year: unknown, month: unknown, date: unknown): string | null {
  const two = (one: unknown) => String(one).padStart(2, "0");
  const text = `${year}-${two(month)}-${two(date)}`;
  const time = Date.parse(text);
  return Number.isNaN(time) || iso(time) !== text ? null : text;
}

function iso(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** ISO 8601: the week of a day is that of its Thursday, and the first week has the year's first Thursday. */
function isoWeek(time: number): string {
  const thursday = new Date(time + (4 - (new Date(time).getUTCDay() || 7)) * day);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * day)) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}
