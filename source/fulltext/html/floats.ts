import { lineOfFormula } from "../../text/tex/layout/line.js";
import type { TableCell, TextSpan } from "../blocks.js";
import type { Element, Node } from "./element.js";
import { type Extras, inlineSpans, safe } from "./inline.js";

/** The most columns and rows a cell may span; more is an error of the page. */
const widest = 100;

/** The outermost elements below `root` that `wants` accepts. */
export function elementsOf(root: Element, wants: (one: Element) => boolean): Element[] {
  const found: Element[] = [];
  const visit = (node: Element): void => {
    for (const child of node.children) {
      if (typeof child === "string") continue;
      if (wants(child)) found.push(child);
      else visit(child);
    }
  };
  visit(root);
  return found;
}

export const isTable = (node: Element): boolean =>
  node.classes.includes("ltx_tabular") ||
  (node.name === "table" &&
    !node.classes.some((name) => /^ltx_(?:equation|equationgroup|eqn_table)$/.test(name)));

/** The rows of a table of any elements; a table in a cell becomes the text of the cell. */
export function tableRows(table: Element, extras: Extras): TableCell[][] {
  return cellsOf(table).map((row) => row.map((cell) => tableCell(cell, extras)));
}

/** Whether a table has at most one cell and is only a frame. */
export function isOneCell(table: Element): boolean {
  return cellsOf(table).flat().length <= 1;
}

const tableParts = /^(?:t(?:able|body|head|foot|r)|ltx_(?:tabular|t(?:body|head|foot|r)))$/;
const cellOrCaption = /^(?:td|th|caption|ltx_t[dh]|ltx_caption)$/;

/** Nodes of a table outside its cells and caption: an error of the page whose words are kept. */
export function strayNodes(table: Element): Node[] {
  return table.children.flatMap((node): Node[] => {
    if (typeof node === "string") return node.trim() === "" ? [] : [node];
    const is = (names: RegExp) => names.test(node.name) || node.classes.some((one) => names.test(one));
    if (is(cellOrCaption)) return [];
    return is(tableParts) ? strayNodes(node) : [node];
  });
}

function cellsOf(table: Element): Element[][] {
  return elementsOf(table, (one) => one.name === "tr" || one.classes.includes("ltx_tr"))
    .map((row) =>
      elementsOf(row, (one) => one.name === "td" || one.name === "th" || one.classes.includes("ltx_td")),
    )
    .filter((row) => row.length > 0);
}

function tableCell(cell: Element, extras: Extras): TableCell {
  const { attributes, classes, name } = cell;
  const spans = inlineSpans(cell.children, extras);
  const columns = covered(attributes.colspan);
  const rows = covered(attributes.rowspan);
  const isHeader = name === "th" || classes.includes("ltx_th");
  const align = alignOf(cell);
  return {
    spans,
    ...(columns > 1 ? { columns } : {}),
    ...(rows > 1 ? { rows } : {}),
    ...(isHeader ? { header: true } : {}),
    ...(align ? { align } : {}),
    ...(classes.some((one) => /^ltx_border_tt?$/.test(one)) ? { above: true } : {}),
    ...(classes.some((one) => /^ltx_border_bb?$/.test(one)) ? { below: true } : {}),
  };
}

function alignOf({ attributes, classes }: Element): "center" | "right" | null {
  const given = attributes.align?.toLowerCase();
  if (given === "center" || given === "right") return given;
  if (classes.includes("ltx_align_center")) return "center";
  return classes.includes("ltx_align_right") || classes.includes("ltx_align_char") ? "right" : null;
}

function covered(value: string | undefined): number {
  const number = Number.parseInt(value ?? "", 10);
  return number > 1 ? Math.min(number, widest) : 1;
}

/** The tag of an element, with its number or label. Tags inside a note belong to the note. */
export function tagOf(node: Element): Element | undefined {
  const isNote = ({ classes }: Element) => classes.includes("ltx_note");
  const found = elementsOf(node, (one) => isNote(one) || one.classes.includes("ltx_tag"));
  return found.find((one) => !isNote(one));
}

/** A caption without its number, and the number without its colon. */
export function captionOf(caption: Element, extras: Extras): { label: string | null; spans: TextSpan[] } {
  const tag = tagOf(caption);
  const label = tag ? labelOf(tag) : null;
  const spans = inlineSpans(tag ? without(caption.children, tag) : caption.children, extras);
  return { label, spans };
}

/** A tag's text as a label: "Table 1", "(a)", "2.1". */
export function labelOf(tag: Element): string | null {
  const text = inlineSpans(tag.children, { ids: [], notes: [], pictures: [] })
    .map((span) => (span.tex === undefined ? span.text : lineOfFormula(span.tex)))
    .join("");
  const label = safe(text)
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\s*[:.]$/, (end) => (end.trim() === ":" ? "" : end.trim()));
  return label === "" ? null : label;
}

/** Nodes without one element, wherever it is in them. */
export function without(nodes: readonly Node[], one: Element): Node[] {
  return nodes.flatMap((node) => {
    if (node === one) return [];
    if (typeof node === "string" || !elementsOf(node, (found) => found === one)[0]) return [node];
    return [{ ...node, children: without(node.children, one) }];
  });
}

/** The words of a float besides its caption, one run for each block element. */
export function panelsOf(nodes: readonly Node[], extras: Extras): TextSpan[][] {
  const panels: TextSpan[][] = [];
  let line: Node[] = [];
  const flush = (): void => {
    const spans = inlineSpans(line, extras);
    line = [];
    if (spans.some((span) => span.text.trim() !== "" || span.tex !== undefined)) panels.push(spans);
  };
  for (const node of nodes) {
    if (typeof node === "string" || !node.isBlock) line.push(node);
    else {
      flush();
      for (const panel of panelsOf(node.children, extras)) panels.push(panel);
    }
  }
  flush();
  return panels;
}

/** Nodes without some elements, wherever they are in them. */
export function withoutAll(nodes: readonly Node[], taken: ReadonlySet<Element>): Node[] {
  return nodes.flatMap((node): Node[] => {
    if (typeof node === "string") return [node];
    if (taken.has(node)) return [];
    if (elementsOf(node, (one) => taken.has(one)).length === 0) return [node];
    return [{ ...node, children: withoutAll(node.children, taken) }];
  });
}
