/** A run of text of a block. A formula has `tex` and its text is empty. */
export interface TextSpan {
  readonly text: string;
  readonly bold?: true;
  readonly italic?: true;
  readonly code?: true;
  /** Raised or lowered, as `<sup>` and `<sub>` are. */
  readonly script?: "^" | "_";
  /** The target: `#id` of a block of the same paper, or an http, https or mailto address. */
  readonly href?: string;
  /** A formula, as TeX. */
  readonly tex?: string;
  /** The mark of a footnote; its text is a separate block after this one. */
  readonly note?: string;
}

export type BlockKind =
  | "title"
  | "authors"
  | "date"
  | "heading"
  | "paragraph"
  | "item"
  | "equation"
  | "table"
  | "figure"
  | "code"
  | "algorithm"
  | "theorem"
  | "proof"
  | "footnote"
  | "reference";

/** What a paragraph is part of. */
export type Within = "abstract" | "theorem" | "proof" | "quote";

/** A row of a display: its cells are the columns of the alignment. */
export interface EquationRow {
  readonly cells: readonly string[];
  /** "(3)", as it is printed. */
  readonly number: string | null;
  /** The cells are text, not TeX: the page lost its formulas. */
  readonly plain?: true;
}

export interface TableCell {
  readonly spans: readonly TextSpan[];
  /** Columns and rows it spans, if more than one. */
  readonly columns?: number;
  readonly rows?: number;
  readonly header?: true;
  readonly align?: "center" | "right";
  /** A rule above or below it. */
  readonly above?: true;
  readonly below?: true;
}

export interface Picture {
  /** As the page writes it, relative to the page. */
  readonly source: string;
  readonly alt: string;
  /** In pixels, if the page says so. */
  readonly width: number | null;
  readonly height: number | null;
}

/** A block of a paper, whatever format it was read from. Plain data. */
export interface Block {
  readonly kind: BlockKind;
  /** Unique in the paper; the page's own anchor where it has one. */
  readonly id: string;
  /** Other anchors of the page at this block. */
  readonly anchors?: readonly string[];
  /** Depth of a heading (1 to 6) or of a list item (from 0). */
  readonly level: number;
  /** Number of a heading or a float, marker of an item or a footnote, label of a reference. */
  readonly label: string | null;
  /** The text; the caption of a table, figure, code or algorithm. */
  readonly spans: readonly TextSpan[];
  readonly within?: Within;
  readonly equation?: readonly EquationRow[];
  readonly tables?: readonly (readonly (readonly TableCell[])[])[];
  /** Captions of sub-figures and other words of a float, before its caption; affiliations of authors. */
  readonly panels?: readonly (readonly TextSpan[])[];
  readonly pictures?: readonly Picture[];
  /** Lines of code or of an algorithm, spaces kept. */
  readonly lines?: readonly (readonly TextSpan[])[];
  /** The kind of a heading that is not a plain section. */
  readonly role?: "abstract" | "appendix" | "bibliography";
}

/** A block before it has its anchor. */
export type Draft = Omit<Block, "id" | "anchors" | "level" | "label" | "spans"> &
  Partial<Pick<Block, "level" | "label" | "spans">>;

/** A paper's text. */
export interface PaperText {
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Whether the text ends before the paper does: a failed conversion, or an answer that was cut. */
  readonly isTruncated: boolean;
  /** Whether the formulas are lost, as in Markdown made from a PDF. */
  readonly hasLostFormulas: boolean;
  /** The base of relative picture addresses; `null` for the page's own address. */
  readonly base: string | null;
}

/** The characters of spans in order; `formula` writes a formula's TeX. */
export function spansText(
  spans: readonly TextSpan[],
  formula: (tex: string) => string = (tex) => tex,
): string {
  let text = "";
  for (const span of spans) text += span.tex === undefined ? span.text : formula(span.tex);
  return text;
}

/** The anchors of a block, its own first. */
export function anchorsOf({ id, anchors }: Block): readonly string[] {
  return anchors ? [id, ...anchors] : [id];
}
