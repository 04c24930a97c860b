import type { Problem } from "../papers/listing.js";

/** A text read from bytes, and what was wrong with the bytes. */
export interface DecodedText {
  readonly text: string;
  readonly problems: readonly Problem[];
}

/**
 * Bytes as text: UTF-8, or UTF-16 where a byte order mark says so; where they are no UTF-8 and the
 * file names its encoding, that one. Line ends become `\n`. Other bytes that are no UTF-8 become
 * U+FFFD and NULs are dropped, each said once with its first line.
 */
export function decode(bytes: Uint8Array): DecodedText {
  const problems: Problem[] = [];
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : null;
  let text = new TextDecoder(utf16 ?? "utf-8").decode(bytes);
  // Counted against what the source itself may hold: a genuine U+FFFD in valid UTF-8 is no fault.
  if (text.includes("\ufffd") && !isValid(bytes, utf16 ?? "utf-8")) {
    const declared = utf16 ? null : asDeclared(bytes);
    if (declared === null) {
      problems.push({
        line: lineOf(text, text.indexOf("\ufffd")),
        message: "bytes that are not UTF-8 are shown as \ufffd",
      });
    } else text = declared;
  }
  // Looked for among the bytes first, where it is found many times as fast.
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

/** An XML declaration, or the first line of a BibTeX file that JabRef has saved. */
const declaration =
  /^(?:<\?xml\s[^<>]{0,150}?\bencoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']|%\s{0,9}Encoding:\s{0,9}([\w.:-]{1,40}))/i;

/** The text in the encoding that the file says it is in; `null` where it says none, or a wrong one. */
function asDeclared(bytes: Uint8Array): string | null {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 300));
  const found = declaration.exec(head);
  const label = found?.[1] ?? found?.[2];
  if (label === undefined || /^utf-?8$/i.test(label)) return null;
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
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
