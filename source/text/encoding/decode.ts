import type { Problem } from "../../papers/listing.js";
import { detectEncoding } from "./detect-encoding.js";

/** A decoded text, and the problems of its bytes. */
export interface DecodedText {
  readonly text: string;
  readonly problems: readonly Problem[];
}

/**
 * Decodes bytes: UTF-8, or UTF-16 with a byte order mark; if they are not UTF-8, the encoding that the file
 * declares, or that its bytes show (`detectEncoding`). Other invalid lines are read as windows-1252, which
 * includes Latin-1; damaged UTF-8 becomes U+FFFD. Drops NULs. Reports each problem once, with its first line. Line ends become `\n`.
 */
export function decode(bytes: Uint8Array): DecodedText {
  const problems: Problem[] = [];
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : withoutMark(bytes);
  let text = utf16 === null ? fromUtf8(bytes) : new TextDecoder(utf16).decode(bytes);
  // Compared with the count in the source: a genuine U+FFFD in valid UTF-8 is not an error.
  if (text.includes("\ufffd") && !isValid(bytes, utf16 ?? "utf-8")) {
    const declared = utf16 ? null : asDeclared(bytes);
    if (declared === null) {
      const line = lineOf(text, text.indexOf("\ufffd"));
      const { text: read, encoding } = utf16 ? { text, encoding: "" } : lineByLine(bytes);
      text = read;
      const instead = text.includes("\ufffd") ? "shown as \ufffd" : `read as ${encoding}`;
      problems.push({ line, message: `bytes that are not UTF-8 are ${instead}` });
    } else text = declared;
  }
  // Searched in the bytes first, which is many times as fast.
  if (bytes.includes(0) && text.includes("\0")) {
    const count = text.split("\0").length - 1;
    problems.push({
      line: lineOf(text, text.indexOf("\0")),
      message: count === 1 ? "a NUL byte was left out" : `${count} NUL bytes were left out`,
    });
    text = text.replaceAll("\0", "");
  }
  if (text.includes("\r")) text = text.replace(/\r\n?/g, "\n");
  return { text, problems };
}

/** Decodes the bytes from `start` to `end`, at neither of which a character may be cut; `null` if they are damaged. */
export type PartDecoder = (start: number, end: number) => string | null;

/**
 * Decodes parts of UTF-8. `null` for bytes that have to be decoded as a whole (`decode`): another encoding, a byte
 * order mark, NULs or carriage returns; so do those of which a part is damaged. One letter beyond ASCII makes V8
 * store a whole text with two bytes a character, and its parts too; of its parts, most are short and have one. A
 * part is also freed soon, while the whole text stays until its end is read.
 */
export function utf8Parts(bytes: Uint8Array): PartDecoder | null {
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb;
  if (isMarked || bytes.includes(0) || bytes.includes(13)) return null;
  const whole = bufferOf(bytes);
  return (start, end) => {
    const text = whole.toString("utf8", start, end);
    return text.includes("\ufffd") ? null : text;
  };
}

/**
 * Calls `take` for each line of UTF-8, with its number from 1. Returns whether these were all of it; false where
 * the text has to be decoded as a whole.
 */
export function eachUtf8Line(bytes: Uint8Array, take: (line: string, number: number) => void): boolean {
  const decodePart = utf8Parts(bytes);
  if (decodePart === null) return false;
  const whole = bufferOf(bytes);
  for (let start = 0, number = 1; start < whole.length; number += 1) {
    const found = whole.indexOf(10, start);
    const end = found < 0 ? whole.length : found;
    const line = decodePart(start, end);
    if (line === null) return false;
    take(line, number);
    start = end + 1;
  }
  return true;
}

/** The same bytes: searching them and decoding parts of them is several times as fast in a buffer. */
export function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** As `TextDecoder` decodes UTF-8, which Node takes a millisecond of every start to load. */
function fromUtf8(bytes: Uint8Array): string {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bufferOf(hasMark ? bytes.subarray(3) : bytes).toString("utf8");
}

/** The byte order of UTF-16 without a mark, from its ASCII: a zero byte next to each of the first characters. */
function withoutMark(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (bytes.length < 8) return null;
  const zeros = (from: number) =>
    [0, 2, 4, 6].every((at) => bytes[at + from] === 0 && bytes[at + 1 - from] !== 0);
  return zeros(1) ? "utf-16le" : zeros(0) ? "utf-16be" : null;
}

/** A line of a file, and the line read as UTF-8. */
interface Line {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly isLast: boolean;
}

/**
 * Decodes line by line, since files may be concatenated: as UTF-8, else in the encoding that the lines which
 * are not UTF-8 are seen to be in, else as windows-1252 if possible.
 */
function lineByLine(bytes: Uint8Array): { readonly text: string; readonly encoding: string } {
  const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  const lines: Line[] = [];
  for (let from = 0; from <= bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end);
    lines.push({ bytes: line, text: utf8.decode(line), isLast: end < 0 });
    if (end < 0) break;
    from = end + 1;
  }
  const foreign = lines.filter(isForeign);
  const found = detectEncoding(joined(foreign));
  let read: readonly string[];
  if (found === null) read = lines.map((line) => (isWestern(line) ? asWestern(line.bytes) : line.text));
  else {
    const decoder = new TextDecoder(found.label);
    // A line in another encoding may be valid UTF-8 by chance, so where most are in it, all are.
    const beyondAscii = lines.filter(({ text }) => /[^\0-\x7f]/.test(text)).length;
    const isWhole = foreign.length * 5 >= beyondAscii * 4;
    read = lines.map((line) => (isWhole || isForeign(line) ? decoder.decode(line.bytes) : line.text));
  }
  return { text: read.join("\n").replace(/^\ufeff/, ""), encoding: found?.name ?? "windows-1252" };
}

/** Whether a line is in another encoding, rather than UTF-8 with some bytes damaged. */
function isForeign({ text }: Line): boolean {
  if (!text.includes("\ufffd")) return false;
  const damaged = text.split("\ufffd").length - 1;
  return damaged * 2 > (text.match(/[^\0-\x7f]/g)?.length ?? 0);
}

function joined(lines: readonly Line[]): Uint8Array {
  const whole = new Uint8Array(lines.reduce((sum, { bytes }) => sum + bytes.length + 1, 0));
  let at = 0;
  for (const { bytes } of lines) {
    whole.set(bytes, at);
    at += bytes.length + 1;
    whole[at - 1] = 10;
  }
  return whole;
}

/** The characters of windows-1252 from 0x80 to 0x9f, which are controls in Latin-1. */
const westernSigns = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** Decodes windows-1252; some versions of Node decode it as Latin-1 (nodejs/node#56542). */
function asWestern(bytes: Uint8Array): string {
  const text = new TextDecoder("windows-1252").decode(bytes);
  return text.replace(/[\x80-\x9f]/g, (control) => westernSigns[control.charCodeAt(0) - 0x80] as string);
}

/** Whether a line is not UTF-8 and can be windows-1252: it has no valid UTF-8 sequence and no undefined byte. */
function isWestern({ bytes: line, text: asUtf8, isLast }: Line): boolean {
  if (!asUtf8.includes("\ufffd")) return false;
  if (/[^\0-\x7f\ufffd]/.test(asUtf8) || line.includes(0)) return false;
  if (line.some((byte) => undefinedBytes.has(byte))) return false;
  // A truncated file may end within a character.
  const isCut = isLast && asUtf8.indexOf("\ufffd") === asUtf8.length - 1 && (line.at(-1) as number) >= 0xc2;
  return !isCut;
}
const undefinedBytes: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/**
 * Declarations of an encoding: an XML declaration, JabRef's line "% Encoding: Cp1252", anywhere in the head, or
 * Emacs' "-*- coding: latin-1 -*-".
 */
const declarations = [
  /^<\?xml\s[^<>]{0,150}?\bencoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']/i,
  /^[ \t]{0,9}%[ \t%]{0,9}Encoding:[ \t]{0,9}([\w.:-]{1,40})/im,
  /-\*-(?:[^\n]{0,100}[ \t;])?coding:[ \t]{0,9}([\w.:-]{1,40})/i,
  /^[ \t]{0,9}%[ \t%]{0,9}coding:[ \t]{0,9}([\w.:-]{1,40})/im,
];

/** The text in the declared encoding; `null` if there is none, or it is wrong. */
function asDeclared(bytes: Uint8Array): string | null {
  const head = asWestern(bytes.subarray(0, 4_096));
  for (const declaration of declarations) {
    const label = declaration.exec(head)?.[1];
    if (label === undefined || /^utf-?8/i.test(label)) continue;
    try {
      const decoder = new TextDecoder(standardLabel(label), { fatal: true });
      return decoder.encoding === "windows-1252" ? asWestern(bytes) : decoder.decode(bytes);
    } catch {
      // Another line may declare a valid one.
    }
  }
  return null;
}

/** The name of an encoding in https://encoding.spec.whatwg.org, from Java's or Emacs' name. */
function standardLabel(label: string): string {
  return label
    .toLowerCase()
    .replace(/-(?:unix|dos|mac)$/, "")
    .replace(/^cp-?(?=125\d$)/, "windows-")
    .replace(/^iso[-_]?(?=8859)/, "iso-")
    .replace(/^(iso-8859)[-_]?(?=\d)/, "$1-")
    .replace(/^(?:iso-)?latin-(?=\d$)/, "latin")
    .replace(/^mac-?roman$/, "macintosh");
}

function isValid(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n?|\n/).length;
}
