import { marginSigns } from "../reader/margin-signs.js";
import type { Line } from "./style.js";

/** The signs that the screen is drawn with. */
export interface Glyphs {
  readonly bar: string;
  readonly unread: string;
  readonly star: string;
  readonly later: string;
  /** How well a paper suits the reader: five steps, worst first. */
  readonly steps: string;
  /** Follows a step if the ranking is unsure of the paper. */
  readonly trial: string;
  readonly followed: string;
  readonly across: string;
  readonly down: string;
  /** Where a horizontal rule meets the top or bottom of a vertical one. */
  readonly meetsDown: string;
  readonly meetsUp: string;
  readonly dot: string;
  readonly scrolled: string;
  /** The rule above the focused pane. */
  readonly heavy: string;
  /** Signs for the previous and the next paper. */
  readonly before: string;
  readonly after: string;
}

const unicode: Glyphs = {
  bar: "▌",
  unread: marginSigns.unread.sign,
  star: marginSigns.star.sign,
  later: marginSigns.later.sign,
  followed: marginSigns.followed.sign,
  steps: marginSigns.steps.sign,
  trial: marginSigns.trial.sign,
  across: "─",
  down: "│",
  meetsDown: "┬",
  meetsUp: "┴",
  dot: "·",
  scrolled: "┃",
  heavy: "━",
  before: "‹",
  after: "›",
};

const ascii: Glyphs = {
  bar: ">",
  unread: marginSigns.unread.ascii,
  star: marginSigns.star.ascii,
  later: marginSigns.later.ascii,
  followed: marginSigns.followed.ascii,
  steps: marginSigns.steps.ascii,
  trial: marginSigns.trial.ascii,
  across: "-",
  down: "|",
  meetsDown: "+",
  meetsUp: "+",
  dot: "-",
  scrolled: "#",
  heavy: "=",
  before: "<",
  after: ">",
};

/** Punctuation and its ASCII replacements, one character each, so that no width changes. */
const asciiSigns: Readonly<Record<string, string>> = {
  "·": "-",
  "•": "*",
  "…": "~",
  "–": "-",
  "—": "-",
  "“": '"',
  "”": '"',
  "‘": "'",
  "’": "'",
  "↑": "^",
  "↓": "v",
  "←": "<",
  "→": ">",
};
const beyondAscii = new RegExp(`[${Object.keys(asciiSigns).join("")}]`, "g");

/** A line for `--ascii`. Letters beyond ASCII stay, because they are part of titles and names. */
export function asciiLine(line: Line): Line {
  return line.map((one) => ({
    ...one,
    text: one.text.replace(beyondAscii, (sign) => asciiSigns[sign] ?? sign),
  }));
}

/** The signs for a terminal with Unicode, or for `--ascii`. */
export function glyphsFor(useAscii: boolean): Glyphs {
  return useAscii ? ascii : unicode;
}
