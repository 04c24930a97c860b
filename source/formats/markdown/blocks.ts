import { eachLine } from "../fields/lines.js";
import { cellsOf } from "./columns.js";

/** A part of a Markdown text that may name papers. */
export interface Block {
  readonly kind: "item" | "row" | "heading" | "paragraph";
  /** From 1. */
  readonly line: number;
  readonly lines: string[];
  /** For a table row: the cells of the header row. */
  readonly heads?: readonly string[];
}

const itemStart = /^(\s{0,40})(?:[-*+•]|\d{1,4}[.)])\s+\S/;
const headingStart = /^\s{0,3}#{1,6}\s+\S/;
const tableRow = /^\s{0,20}\|/;
const rule = /^\s*(?:[-*_=]\s*){3,}$|^\s*(?:\|\s*)?(?::?-{2,}:?\s*\|\s*)+(?::?-{2,}:?\s*)?$/;

/**
 * The blocks of a Markdown text: a list item with its indented lines, a table row, a heading or a
 * paragraph. Fenced code and front matter are skipped.
 */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let block: Block | null = null;
  let isBlankBefore = true;
  let isCode = false;
  let heads: readonly string[] | null = null;
  const open = (kind: Block["kind"], line: number, first: string) => {
    if (kind !== "row") heads = null;
    block = { kind, line, lines: [first], ...(heads && { heads }) };
    blocks.push(block);
  };
  eachLine(text, (line, number) => {
    if (/^\s{0,3}(?:```|~~~)/.test(line)) {
      isCode = !isCode;
      block = null;
      return;
    }
    if (isCode) return;
    const isBlank = line.trim() === "";
    if (isBlank || rule.test(line)) {
      if (isBlank) heads = null;
      else if (block?.kind === "row" && heads === null) heads = cellsOf(block.lines[0] as string);
      if (!isBlank || block?.kind !== "item") block = null;
    } else if (headingStart.test(line)) open("heading", number, line);
    else if (itemStart.test(line)) open("item", number, line);
    else if (tableRow.test(line)) open("row", number, line);
    else if (
      block !== null &&
      (block.kind === "item" ? !isBlankBefore || /^\s{2,}|^\t/.test(line) : !isBlankBefore)
    ) {
      if (block.kind === "heading") open("paragraph", number, line);
      else if (block.lines.length < 60) block.lines.push(line);
    } else open("paragraph", number, line);
    isBlankBefore = isBlank;
  });
  return blocks;
}
