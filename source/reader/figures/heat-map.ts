/** How many papers were marked on a day. */
export interface DayCount {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly read: number;
  readonly starred: number;
  readonly later: number;
}

const weeks = 26;
export const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const dayLength = 86_400_000;

/** Reading by day: a row of 26 weeks for each weekday, Monday first, and the months above them. */
export interface HeatMap {
  readonly months: string;
  /** Seven rows; a cell and a space for each week, the last one this week's. */
  readonly rows: readonly string[];
  /** Papers read and starred in these weeks. */
  readonly read: number;
  readonly starred: number;
}

const signs = { unicode: "·░▒▓█", ascii: ".-+*#" } as const;

/**
 * The heat map of the 26 weeks that end with this one. A day's sign says in which quarter of the greatest number
 * of these weeks its papers are; days that are still to come are blank.
 * @param today `YYYY-MM-DD`
 */
export function heatMap(days: readonly DayCount[], today: string, ascii: boolean): HeatMap {
  const end = Date.parse(`${today}T00:00:00Z`);
  const weekday = (new Date(end).getUTCDay() + 6) % 7;
  const first = end - (weekday + 7 * (weeks - 1)) * dayLength;
  const dayAt = (week: number, day: number) => first + (week * 7 + day) * dayLength;
  const counts = new Map(days.map((one) => [one.day, one]));
  const inWeeks = days.filter(({ day }) => day >= isoDay(first) && day <= today);
  const most = Math.max(1, ...inWeeks.map(({ read }) => read));
  const levels = signs[ascii ? "ascii" : "unicode"];
  const signOf = (time: number) => {
    if (time > end) return " ";
    return levels.charAt(Math.ceil((4 * (counts.get(isoDay(time))?.read ?? 0)) / most));
  };
  const rows = weekdays.map((_, day) =>
    Array.from({ length: weeks }, (_, week) => `${signOf(dayAt(week, day))} `)
      .join("")
      .trimEnd(),
  );
  let named = "";
  for (let week = 0; week < weeks; week += 1) {
    const date = new Date(dayAt(week, 0));
    // A month's name is above its first whole week, if there is room.
    if (date.getUTCDate() <= 7 && named.length <= 2 * week) {
      named = `${named.padEnd(2 * week)}${months[date.getUTCMonth()]} `;
    }
  }
  const sum = (field: "read" | "starred") => inWeeks.reduce((total, one) => total + one[field], 0);
  return { months: named.trimEnd(), rows, read: sum("read"), starred: sum("starred") };
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
