const length = 24;

/**
 * The time that stands at `from`, as the journal writes it (`2026-11-23T08:24:15.123Z`), as a whole
 * number in the same order, below 2^49; -1 where none does. Months have 31 days here, since the
 * order is all that counts.
 */
export function timeKeyAt(bytes: Uint8Array, from: number): number {
  const hours = hourKeyAt(bytes, from);
  return hours < 0 ? -1 : withMinutes(bytes, from, hours);
}

/** The part of the key that the first 14 bytes make (`2026-11-23T08:`); -1 where they are no time's. */
export function hourKeyAt(bytes: Uint8Array, from: number): number {
  const year = 100 * twoDigits(bytes, from) + twoDigits(bytes, from + 2);
  const month = twoDigits(bytes, from + 5);
  const day = twoDigits(bytes, from + 8);
  const hour = twoDigits(bytes, from + 11);
  const isHour =
    year >= 0 &&
    bytes[from + 4] === 0x2d &&
    month >= 1 &&
    month <= 12 &&
    bytes[from + 7] === 0x2d &&
    day >= 1 &&
    day <= 31 &&
    bytes[from + 10] === 0x54 &&
    hour >= 0 &&
    hour <= 23 &&
    bytes[from + 13] === 0x3a;
  return isHour ? ((year * 13 + month) * 32 + day) * 24 + hour : -1;
}

/** The whole key of the time at `from`, of which `hourKeyAt` has read the first 14 bytes. */
export function withMinutes(bytes: Uint8Array, from: number, hours: number): number {
  const minute = twoDigits(bytes, from + 14);
  const second = twoDigits(bytes, from + 17);
  const hundredths = twoDigits(bytes, from + 20);
  const thousandths = (bytes[from + 22] as number) - 0x30;
  const isTime =
    minute >= 0 &&
    minute <= 59 &&
    bytes[from + 16] === 0x3a &&
    second >= 0 &&
    second <= 59 &&
    bytes[from + 19] === 0x2e &&
    hundredths >= 0 &&
    thousandths >= 0 &&
    thousandths <= 9 &&
    bytes[from + 23] === 0x5a;
  return isTime ? (hours * 3600 + minute * 60 + second) * 1000 + hundredths * 10 + thousandths : -1;
}

/** The number two digits make; far below 0 where they are none. */
function twoDigits(bytes: Uint8Array, from: number): number {
  const tens = (bytes[from] as number) - 0x30;
  const ones = (bytes[from + 1] as number) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1_000_000;
}

/** A time as text as a whole number in the same order; -1 for "" and whatever is no time. */
export function timeKey(time: string): number {
  return time.length === length ? timeKeyAt(new TextEncoder().encode(time), 0) : -1;
}

/** The time that `timeKey` made the number of; "" for -1. */
export function timeOfKey(key: number): string {
  if (key < 0) return "";
  let rest = key;
  const take = (base: number, width: number): string => {
    const digits = String(rest % base).padStart(width, "0");
    rest = Math.floor(rest / base);
    return digits;
  };
  const thousandths = take(1000, 3);
  const second = take(60, 2);
  const minute = take(60, 2);
  const hour = take(24, 2);
  const day = take(32, 2);
  const month = take(13, 2);
  return `${String(rest).padStart(4, "0")}-${month}-${day}T${hour}:${minute}:${second}.${thousandths}Z`;
}
