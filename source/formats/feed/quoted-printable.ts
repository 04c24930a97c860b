import { eachLine } from "../fields/lines.js";

/** A line broken by the encoding, which writes at most 76 characters. */
const softBreak = /^.{60,75}=[ \t]*$/m;
const header = /^content-transfer-encoding:[ \t]*quoted-printable\b/im;
/**
 * A line longer than the encoding allows. A text that contains one is already decoded, whatever its header
 * says.
 */
const longLine = /^-{77,}[ \t]*$/m;
const octets = /(?:=[\dA-F]{2})+/gi;

/**
 * Whether a text, given its beginning, is a mail in quoted-printable: by its header, or by the line breaks
 * that the encoding inserts if the header was not saved. A mail that was saved decoded may still have the
 * header; its rules of dashes are then longer than the encoding allows.
 * https://www.rfc-editor.org/rfc/rfc2045, section 6.7
 */
export function isQuotedPrintable(head: string): boolean {
  return (header.test(head) || softBreak.test(head)) && !longLine.test(head);
}

/**
 * Like `eachLine`, but decodes quoted-printable: lines broken by the encoding are joined and get the number
 * of the first.
 */
export function eachDecodedLine(text: string, take: (line: string, number: number) => void): void {
  let pieces: string[] = [];
  let first = 0;
  eachLine(text, (line, number) => {
    if (pieces.length === 0) first = number;
    const broken = /=[ \t]*$/.exec(line);
    pieces.push(broken ? line.slice(0, broken.index) : line);
    if (broken) return;
    take(decoded(pieces.join("")), first);
    pieces = [];
  });
  if (pieces.length > 0) take(decoded(pieces.join("")), first);
}

/** Decodes UTF-8, which today's mails use, else Latin-1 (as on the web: windows-1252). */
function decoded(line: string): string {
  if (!line.includes("=")) return line;
  return line.replace(octets, (found) => {
    const bytes = Uint8Array.from(found.slice(1).split("="), (hex) => Number.parseInt(hex, 16));
    const utf8 = new TextDecoder().decode(bytes);
    return utf8.includes("\ufffd") ? new TextDecoder("windows-1252").decode(bytes) : utf8;
  });
}
