/** The signs the screen is drawn with. */
export interface Glyphs {
  readonly bar: string;
  readonly unread: string;
  readonly star: string;
  readonly later: string;
  readonly across: string;
  readonly down: string;
  /** Where a horizontal rule meets the top or bottom of a vertical one. */
  readonly meetsDown: string;
  readonly meetsUp: string;
  readonly dot: string;
  readonly scrolled: string;
}

const unicode: Glyphs = {
  bar: "▌",
  unread: "●",
  star: "★",
  later: "L",
  across: "─",
  down: "│",
  meetsDown: "┬",
  meetsUp: "┴",
  dot: "·",
  scrolled: "┃",
};

const ascii: Glyphs = {
  bar: ">",
  unread: "o",
  star: "*",
  later: "L",
  across: "-",
  down: "|",
  meetsDown: "+",
  meetsUp: "+",
  dot: "-",
  scrolled: "#",
};

/** The signs for a terminal with Unicode, or for `--ascii`. */
export function glyphsFor(useAscii: boolean): Glyphs {
  return useAscii ? ascii : unicode;
}
