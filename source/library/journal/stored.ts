// Long lists as texts in the JSON of a snapshot. Every start reads it, and parsing a text takes a fraction of
// the time of as many values.

/** JSON does not escape this character, and hardly any text has it. */
const separator = "\x7f";

/** A list of texts, as one text where that is possible. */
export type StoredList = string | readonly string[];

export function storedList(texts: readonly string[]): StoredList {
  const isPlain = texts.length > 0 && texts.every((text) => !text.includes(separator));
  return isPlain ? texts.join(separator) : texts;
}

export function listFrom(stored: StoredList): string[] {
  return typeof stored === "string" ? stored.split(separator) : [...stored];
}

/** Numbers as the Base64 of their bytes. */
export function storedNumbers(numbers: readonly number[]): string {
  return Buffer.from(new Float64Array(numbers).buffer).toString("base64");
}

export function numbersFrom(stored: string): number[] {
  const bytes = Uint8Array.from(Buffer.from(stored, "base64"));
  return Array.from(new Float64Array(bytes.buffer));
}
