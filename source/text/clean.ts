/**
 * Escape sequences as a terminal would take them: CSI, then OSC/DCS/SOS/PM/APC strings up to their
 * end (or, never ended, up to the end of the line), then two-character escapes. ECMA-48, 5.4 and 8.3.
 */
export const escapeSequences =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;

/** Everything that moves the cursor or is not text: C0 and C1 controls, DEL, line and paragraph ends. */
const controls = /[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g;

/**
 * Characters that change how others are shown, or hide: bidirectional embeddings, overrides and
 * isolates, zero-width space and no-break space, fillers and joiners that show nothing, interlinear
 * and tag characters, the variation selectors that texts are smuggled in, soft hyphen. Zero-width (non-)joiner and the first 16 variation selectors stay: emoji, Persian and Indic text need them.
 */
export const deceivers =
  /[\u180b-\u180f\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]|\u034f|\u17b4|\u17b5/gu;

/** Marks on one character beyond what any script needs: they would run into the lines around it. */
const heapedMarks = /(\p{M}{8})\p{M}+/gu;

/** A surrogate without its partner: it would become U+FFFD on the way out and shift what follows. */
const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const unprintable = /[^ -~]/;
const doubleSpace = / {2}/;

/**
 * Whether text is clean already, as by far the most is: printable ASCII, no double space, no space at
 * an end. Two looks, as one expression for all of it takes twice as long.
 */
function isTidy(text: string): boolean {
  return (
    text[0] !== " " && text[text.length - 1] !== " " && !unprintable.test(text) && !doubleSpace.test(text)
  );
}

/**
 * Characters that any of the rules below may have to do with: controls, spaces of other kinds,
 * whatever may deceive or be half a character. Letters, signs, CJK and line feeds are not among them.
 */
const suspicious =
  /[^\n -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0600\u2010-\u2027\u2030-\u205e\u2070-\u2bff\u3001-\u3163\u3165-\ud7ff]/;

/** All that there is to do for text with nothing suspicious in it. */
function onOneLine(text: string): string {
  const whole = text.trim();
  if (/[ \n]{2}/.test(whole)) return whole.replace(/[ \n]{2,}|\n/g, " ");
  return whole.includes("\n") ? whole.replace(/\n/g, " ") : whole;
}

/**
 * Foreign text made safe and put on one line: no escape sequence, control or deceiving character
 * is left, runs of white space are one space, none at the ends. Everything a listing, a feed or a
 * file brings goes through here once, at the border, so that nothing behind it has to think of it.
 * Emoji, CJK, right-to-left and combining text, and TeX, come through unchanged.
 */
export function clean(text: string): string {
  if (isTidy(text)) return text;
  const line = onOneLine(text);
  // Printable ASCII is told in less time than whatever else is harmless.
  if (!unprintable.test(line) || !suspicious.test(line)) return line;
  return text
    .replace(escapeSequences, "")
    .replace(controls, " ")
    .replace(deceivers, "")
    .replace(heapedMarks, "$1")
    .replace(loneSurrogates, "\ufffd")
    .replace(/\s+/g, " ")
    .trim();
}
