/** How a run of text of a row looks. Every difference is one of weight or sign too, not of colour alone. */
export interface RowStyle {
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly color?: "cyan" | "yellow" | "green";
  /** An address that terminals may follow. */
  readonly link?: string;
}

export interface RowSpan {
  readonly text: string;
  readonly style: RowStyle;
  /** Where it leads: `#id`, or an address. A link that is on two rows has the same number on both. */
  readonly href?: string;
  readonly number?: number;
  /** Stays where it is while the rest of a wide row scrolls sideways: the names of a table's rows. */
  readonly stays?: true;
}

/** A row of a paper on the screen. */
export interface TextRow {
  readonly spans: readonly RowSpan[];
  /** Index of its block. */
  readonly block: number;
  /** Cells that it takes, where it may be wider than the measure: such rows scroll sideways. */
  readonly wide?: number;
}

export interface RowOptions {
  /** Cells of a line of text. */
  readonly measure: number;
  /** Cells that tables, code and formulas may take: at least the measure. */
  readonly room: number;
  /** Formulas as TeX. */
  readonly asSource: boolean;
  readonly ascii: boolean;
  /** Affiliations and notes of the authors too. */
  readonly isUnfolded: boolean;
  /** What is written before a reference: the marks that the reader has set on it. */
  readonly markOf?: (block: number) => string;
}

/** What the address of a picture begins with where it is a link: `picture:x1.png`. */
export const pictureScheme = "picture:";

export const spaces = (count: number): RowSpan => ({ text: " ".repeat(Math.max(0, count)), style: {} });
