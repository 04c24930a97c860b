/**
 * Escape sequences as terminals read them: CSI, then OSC/DCS/SOS/PM/APC strings up to their end (or the end of
 * the line if unterminated), then two-character escapes. ECMA-48, 5.4 and 8.3.
 */
export const escapeSequences =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;

/** Everything that moves the cursor or is not text: C0 and C1 controls, DEL, line and paragraph separators. */
const controls = /[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g;

/**
 * Characters that change how others look, or are invisible: bidirectional embeddings, overrides and isolates,
 * zero-width space and no-break space, invisible fillers and joiners, interlinear and tag characters, the
 * variation selectors used to smuggle text, soft hyphen. Zero-width (non-)joiner and the first 16 variation
 * selectors stay: emoji, Persian and Indic text need them.
 */
export const deceivers =
  /[\u180b-\u180f\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]|\u034f|\u17b4|\u17b5/gu;

/** More combining marks on one character than any script needs: they would overlap the lines around it. */
const heapedMarks = /(\p{M}{8})\p{M}+/gu;

/** A lone surrogate: it would become U+FFFD on output and shift the rest. */
const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const unprintable = /[^ -~]/;
const doubleSpace = / {2}/;

/**
 * Whether text is already clean, as most is: printable ASCII, no double space, no space at an end. Two tests,
 * because one expression for both takes twice as long.
 */
function isTidy(text: string): boolean {
  return (
    text[0] !== " " && text[text.length - 1] !== " " && !unprintable.test(text) && !doubleSpace.test(text)
  );
}

/**
 * Characters that one of the rules below may affect: controls, other spaces, deceptive characters, lone
 * surrogates. Letters, signs, CJK and line feeds are not among them.
 */
const suspicious =
  /[^\n -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0600\u2010-\u2027\u2030-\u205e\u2070-\u2bff\u3001-\u3163\u3165-\ud7ff]/;

/** The only work for text without suspicious characters. */
function onOneLine(text: string): string {
  const whole = text.trim();
  if (/[ \n]{2}/.test(whole)) return whole.replace(/[ \n]{2,}|\n/g, " ");
  return whole.includes("\n") ? whole.replace(/\n/g, " ") : whole;
}

/**
 * Makes foreign text safe and puts it on one line: removes escape sequences, controls and deceptive characters,
 * collapses white space and trims it. All text of listings, feeds and files goes through here once, on reading,
 * so later code need not clean it again. Keeps emoji, CJK, right-to-left and combining text, and TeX.
 */
export function clean(text: string): string {
  if (isTidy(text)) return text;
  const line = onOneLine(text);
  // Printable ASCII is the fastest to recognise.
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

/**
 * Foreign text as one word of a command that people copy into a shell (POSIX, 2.2.2): in quotes where it has
 * anything that a shell would read.
 */
export function shellWord(text: string): string {
  const word = clean(text);
  return /^[\p{L}\p{N}_~./:@+,=-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
