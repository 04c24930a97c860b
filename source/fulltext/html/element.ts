/** An element of a page, as far as a reader needs it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly classes: readonly string[];
  readonly children: Node[];
  /** Whether it is laid out as a block, or has such an element in it. */
  isBlock: boolean;
}

export type Node = Element | string;

const skippedClasses =
  /^(?:ltx_(?:ERROR|page_logo|page_header|page_footer|page_navbar|TOC|listing_data|pagination|rdf)|package-alerts|ar5iv-footer|sr-only|MJX_Assistive_MathML|MathJax_Preview|katex-html)$/;
const blockNames = new Set(
  "html body main div p section article aside figure figcaption table tbody thead tfoot tr ul ol li dl dt dd h1 h2 h3 h4 h5 h6 header blockquote pre hr center address details summary caption".split(
    " ",
  ),
);
const blockClasses =
  /^ltx_(?:p|para|tabular|table|figure|float|equation|equationgroup|listing|lstlisting|bibitem|item|theorem|proof|inline-block|minipage|quote|abstract|itemize|enumerate|description|caption|logical-block)$/;

/** What the classes of an element say. */
export interface ClassKind {
  readonly classes: readonly string[];
  readonly isBlock: boolean;
  readonly isNote: boolean;
  readonly isSkipped: boolean;
}

export const noClasses: ClassKind = { classes: [], isBlock: false, isNote: false, isSkipped: false };

/** What an element is by its `class`. */
export function classKind(given: string | undefined): ClassKind {
  if (given === undefined) return noClasses;
  const classes = given.split(/\s+/);
  return {
    classes,
    isBlock: classes.some((one) => blockClasses.test(one)),
    isNote: classes.includes("ltx_note"),
    isSkipped: classes.some((one) => skippedClasses.test(one)),
  };
}

/** An element without children. */
export function element(
  name: string,
  attributes: Record<string, string>,
  kind = classKind(attributes.class),
): Element {
  const isBlock = !kind.isNote && (blockNames.has(name) || (kind.isBlock && name !== "img"));
  return { name, attributes, classes: kind.classes, children: [], isBlock };
}

/** Whether an element of HTML has no end tag. */
export function isVoid(name: string): boolean {
  return /^(?:br|img|hr|meta|link|base|input|col|area|embed|source|track|wbr|param)$/.test(name);
}
