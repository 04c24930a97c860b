import { bufferOf, utf8Parts } from "../../text/encoding/decode.js";
import { unwrapped } from "./entries.js";
import { type Fields, isFields } from "./fields.js";
import { parseOrNothing, scanValue, withoutControls } from "./salvage.js";

/** Where the array of entries is in an outer object (see `JsonListing`). */
interface ListPlace {
  readonly lists: readonly string[];
  readonly envelope?: readonly string[];
}

/** The entries begin in this many bytes. */
const headLength = 8_192;
/** The last entry, and what follows the entries, have at most this many bytes. */
const longestEnd = 2 ** 20;
/** Stands for the entries in the text around them, which may not hold these words. */
const instead = "the entries of this listing";

/**
 * Calls `take` for each entry of a JSON text, which is decoded and parsed by itself. Entries are parted where one
 * seems to end and another to begin, so a part may be anything; but if all parts are JSON, and so is the text around
 * them, then these are the entries, by the grammar (RFC 8259). Returns the object around the entries, an empty one
 * for an array; `null` if not all entries were taken, and the text has to be read as a whole.
 */
export function eachEntry(bytes: Uint8Array, place: ListPlace, take: (entry: Fields) => void): Fields | null {
  const whole = withoutSpaceAfter(bufferOf(bytes));
  const decodePart = utf8Parts(whole);
  if (decodePart === null) return null;
  const head = whole.toString("latin1", 0, headLength);
  const start = entriesStart(head, place.lists);
  if (start === null || mayBeLines(whole)) return null;
  const entryOf = (from: number, to: number) => {
    const part = decodePart(from, to);
    const entry = part === null ? undefined : parseOrNothing(part);
    return isFields(entry) ? entry : null;
  };
  const border = borders(head, start).find((one) => {
    const end = whole.indexOf(one, start);
    return end >= 0 && entryOf(start, end + 1) !== null;
  });
  if (border === undefined) return null;
  const toNext = border.indexOf("{");
  let from = start;
  for (let end = whole.indexOf(border, from); end >= 0; end = whole.indexOf(border, from)) {
    const entry = entryOf(from, end + 1);
    if (entry === null) return null;
    take(entry);
    from = end + toNext;
  }
  const rest = whole.length - from > longestEnd ? null : decodePart(from, whole.length);
  if (rest === null) return null;
  const { state, end } = scanValue(withoutControls(rest), 0);
  const last = state === "whole" ? parseOrNothing(rest.slice(0, end)) : undefined;
  if (!isFields(last)) return null;
  take(last);
  const after = rest.slice(end);
  const before = decodePart(0, start);
  return before === null || after.includes(instead) ? null : outerOf(before, after, place);
}

/** Services end their answers with line feeds, or with the carriage returns that parts cannot have. */
function withoutSpaceAfter(whole: Buffer): Buffer {
  let end = whole.length;
  while (isSpace(whole[end - 1])) end -= 1;
  return whole.subarray(0, end);
}

/** White space of JSON. */
function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** The object around the entries; `null` if the text around them is no JSON, or has its entries elsewhere. */
function outerOf(before: string, after: string, { lists, envelope }: ListPlace): Fields | null {
  const outer = parseOrNothing(`${before}${JSON.stringify(instead)}${after}`);
  if (Array.isArray(outer)) return outer.length === 1 ? {} : null;
  if (!isFields(outer)) return null;
  const fields = unwrapped(outer, envelope);
  const list = lists.map((name) => fields[name]).find(Array.isArray);
  return list?.length === 1 && list[0] === instead ? outer : null;
}

/** The offset of the first entry; `null` if the text does not begin with an array, or an object that holds one. */
function entriesStart(head: string, lists: readonly string[]): number | null {
  if (head.startsWith("[")) return /^\[\s*(?=\{)/.exec(head)?.[0].length ?? null;
  if (!head.startsWith("{") || lists.length === 0) return null;
  const found = new RegExp(`"(?:${lists.join("|")})"\\s*:\\s*\\[\\s*(?=\\{)`).exec(head);
  return found && found.index + found[0].length;
}

/**
 * Whether an object over several lines may be JSON Lines (`isJsonLines`): if its second line begins another object.
 * An array is none: a comma ends all of its entries but the last.
 */
function mayBeLines(whole: Buffer): boolean {
  if (whole[0] !== 0x7b) return false;
  const lineEnd = whole.indexOf(10);
  return lineEnd >= 0 && /^\s*\{/.test(whole.toString("latin1", lineEnd, lineEnd + headLength));
}

/**
 * What may be between two entries, from the end of one to the beginning of the next. Those on lines of their own are
 * indented less than what is inside them. On one line, the name of their first field may be that of objects inside
 * them as well, and then the beginning of its value tells them apart: "https://openalex.org/W".
 */
function borders(head: string, start: number): Buffer[] {
  const space = /\s*$/.exec(head.slice(0, start))?.[0] ?? "";
  if (space.includes("\n")) return [Buffer.from(`},${space}{`, "latin1")];
  const begin = head.slice(start, start + 200);
  const name = /^\{\s*"[^"\\]{1,100}"\s*:(\s?)/.exec(begin);
  if (name === null) return [];
  const longer = /^\{[^\d]{1,100}/.exec(begin)?.[0] ?? "";
  const comma = `},${name[1]}`;
  return [name[0], longer].map((one) => Buffer.from(comma + one, "latin1"));
}
