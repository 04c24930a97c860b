import { countsOf, type Digest, oneLine } from "./digest.js";
import { htmlDigest } from "./html.js";
import { plainDigest } from "./plain.js";

/** Who a mail is from and to. Addresses are `local@domain` in ASCII. */
export interface Envelope {
  readonly from: string;
  /** `null`: the mail program names it. */
  readonly to: string | null;
  /** Makes the mail's identity and boundary: letters and digits. */
  readonly unique: string;
}

const lineEnd = "\r\n";
/** RFC 2047 allows a line with an encoded word 76 characters: 9 of the header's name, 12 of the frame, 52 of base64. */
const wordBytes = 39;

/**
 * A digest as a mail (RFC 5322) for `sendmail -t`: plain text and HTML of the same (RFC 2046), both in base64,
 * so that no line is too long and nothing on the way changes them.
 */
export function mailDigest(digest: Digest, { from, to, unique }: Envelope): string {
  const boundary = `=_papers-tui-${unique}`;
  const subject = oneLine(`${digest.title}: ${countsOf(digest)}`);
  const headers = [
    `From: papers-tui <${from}>`,
    ...(to === null ? [] : [`To: ${to}`]),
    `Subject: ${headerText(cut(subject, 180))}`,
    `Date: ${mailDate(digest.at)}`,
    `Message-ID: <${unique}.digest@${from.split("@").at(-1)}>`,
    "MIME-Version: 1.0",
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    // RFC 3834: nobody is to answer it.
    "Auto-Submitted: auto-generated",
  ];
  const parts = [
    ["text/plain", plainDigest(digest).replaceAll("\n", lineEnd)],
    ["text/html", htmlDigest(digest).replaceAll("\n", lineEnd)],
  ] as const;
  const body = parts.map(([type, text]) =>
    [
      `--${boundary}`,
      `Content-Type: ${type}; charset=utf-8`,
      "Content-Transfer-Encoding: base64",
      "",
      ...base64Lines(text),
    ].join(lineEnd),
  );
  return [...headers, "", ...body, `--${boundary}--`, ""].join(lineEnd);
}

/** A header's text: ASCII as it is, on lines of at most 76 characters, anything else as encoded words (RFC 2047). */
function headerText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes("=?")) return folded(text);
  const words: string[] = [];
  let word = "";
  for (const character of text) {
    if (Buffer.byteLength(word + character) > wordBytes) {
      words.push(word);
      word = "";
    }
    word += character;
  }
  words.push(word);
  return words.map((one) => `=?UTF-8?B?${Buffer.from(one).toString("base64")}?=`).join(`${lineEnd} `);
}

/** A header's text in ASCII, broken before a blank where a line would be too long. */
function folded(text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    // The first line has the name of the header too.
    const room = lines.length === 0 ? 65 : 75;
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`${lineEnd} `);
}

function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`;
}

function base64Lines(text: string): readonly string[] {
  return (
    Buffer.from(text)
      .toString("base64")
      .match(/.{1,76}/g) ?? []
  );
}

/** A moment as RFC 5322 writes it, in UTC: "Sat, 28 Nov 2026 08:24:15 +0000". */
function mailDate(at: number): string {
  return new Date(at).toUTCString().replace("GMT", "+0000");
}
