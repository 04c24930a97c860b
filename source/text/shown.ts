import { deceivers, escapeSequences } from "./clean.js";

/**
 * What a terminal acts on, or what turns or hides the text around it: C0 and C1 controls, DEL, line and
 * paragraph separators, bidirectional marks, embeddings, overrides and isolates, tags and fillers. One
 * test of a text that has none of them is all that most texts cost.
 */
const acted =
  /[\u180b-\u180f\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\udb40-\udb43]|\u034f|\u17b4|\u17b5/;

/** Controls without tab and line feed, which lines and columns are made of. */
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]+/g;
const separators = /[\x85\u2028\u2029]/g;
const halves = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A text for cells of one row, where each character has been given its cells: what takes none and would
 * act on the terminal is left out, a separator is a blank. Returns the text itself where there is nothing.
 */
export function forCells(text: string): string {
  if (!acted.test(text)) return text;
  return withoutDeceivers(text.replace(/[\x00-\x1f\x7f-\x9f]+/g, "").replace(separators, " "));
}

/**
 * A text of any number of lines as it may be printed: without escape sequences, and without any character
 * that moves the cursor, but for line feeds and tabs, or that hides or turns others.
 */
export function forPrinting(text: string): string {
  if (!acted.test(text)) return text;
  const whole = text.replaceAll("\r\n", "\n").replace(escapeSequences, "");
  return withoutDeceivers(whole.replace(separators, " ").replace(controls, ""));
}

function withoutDeceivers(text: string): string {
  return text.replace(deceivers, "").replace(halves, "\ufffd");
}

/**
 * JSON as it may be printed: what a terminal would act on is escaped (RFC 8259, section 7), so that the
 * values stay what they are. JSON.stringify escapes C0 controls and halves of characters itself.
 */
export function jsonForPrinting(json: string): string {
  return acted.test(json) ? json.replace(escaped, escapeOf) : json;
}

const escaped = new RegExp(`${acted.source.replace("\\x00-\\x1f", "")}`, "g");

/** Every UTF-16 unit as `\uXXXX`: a character beyond the BMP is two of them. */
function escapeOf(text: string): string {
  return `\\u${text.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
