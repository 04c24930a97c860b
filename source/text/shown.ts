import { deceivers, escapeSequences } from "./clean.js";

/**
 * Characters that control a terminal, or reorder or hide the text around them: C0 and C1 controls, DEL, line
 * and paragraph separators, bidirectional marks, embeddings, overrides and isolates, tags and fillers. Most
 * texts have none, and need only this one test.
 */
const acted =
  /[\u180b-\u180f\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\udb40-\udb43]|\u034f|\u17b4|\u17b5/;

/** Controls except tab and line feed, which form lines and columns. */
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]+/g;
const separators = /[\x85\u2028\u2029]/g;
const halves = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A text for the cells of one row: removes zero-width controls, and replaces a separator by a blank. Returns
 * the same string if there is nothing to do.
 */
export function forCells(text: string): string {
  if (!acted.test(text)) return text;
  return withoutDeceivers(text.replace(/[\x00-\x1f\x7f-\x9f]+/g, "").replace(separators, " "));
}

/**
 * A text of any number of lines for printing: removes escape sequences, and characters that move the cursor
 * (except line feeds and tabs), or hide or reorder others.
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
 * JSON for printing: escapes characters that control a terminal (RFC 8259, section 7), so that values stay the
 * same. JSON.stringify escapes C0 controls and lone surrogates itself.
 */
export function jsonForPrinting(json: string): string {
  return acted.test(json) ? json.replace(escaped, escapeOf) : json;
}

const escaped = new RegExp(`${acted.source.replace("\\x00-\\x1f", "")}`, "g");

/** Every UTF-16 unit as `\uXXXX`: a character beyond the BMP has two. */
function escapeOf(text: string): string {
  return `\\u${text.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
