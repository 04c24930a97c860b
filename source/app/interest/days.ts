/** The day of a time where the reader is, `YYYY-MM-DD`. @param at UTC, `2026-11-23T08:24:15.123Z` */
export function localDay(at: string): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
