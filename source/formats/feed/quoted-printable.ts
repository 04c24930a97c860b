import { eachLine } from "../fields/lines.js";

/** A line that the encoding broke because it was too long: 76 characters are the most it writes. */
const softBreak = /^.{60,75}=[ \t]*$/m;
const header = /^content-transfer-encoding:[ \t]*quoted-printable\b/im;
/** Longer than any line of the encoding: what holds one has been decoded already, header or not. */
const longLine = /^-{77,}[ \t]*$/m;
const octets = /(?:=[\dA-F]{2})+/gi;

/**
 * Whether a text, of which the beginning is given, is a mail in the encoding quoted-printable: by the
 * header of the mail, or by the lines the encoding breaks where the header was not saved. A mail that
 * a program decoded and saved with its headers still says so in them; its rules of dashes, longer
 * than the encoding allows, tell it apart. https://www.rfc-editor.org/rfc/rfc2045, section 6.7
 */
export function isQuotedPrintable(head: string): boolean {
  return (header.test(head) || softBreak.test(head)) && !longLine.test(head);
}

/**
 * Hands out the lines of a text as `eachLine` does, decoded from quoted-printable: lines that the
 * encoding broke are one again, under the number of the first of them.
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

/** UTF-8 as today's mails are, else Latin-1 (in the reading of the web, windows-1252). */
function decoded(line: string): string {
  if (!line.includes("=")) return line;
  return line.replace(octets, (found) => {
    const bytes = Uint8Array.from(found.slice(1).split("="), (hex) => Number.parseInt(hex, 16));
    const utf8 = new TextDecoder().decode(bytes);
    return utf8.includes("\ufffd") ? new TextDecoder("windows-1252").decode(bytes) : utf8;
  });
}
