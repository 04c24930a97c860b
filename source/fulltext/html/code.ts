import { greatest } from "../../text/numbers.js";
import type { TextSpan } from "../blocks.js";
import type { Element, Node } from "./element.js";
import { elementsOf } from "./floats.js";
import { codeLines, type Extras, plainText, safe } from "./inline.js";

/** Whether an element holds lines of code or of an algorithm, without a caption. */
export function isListing({ classes }: Element): boolean {
  return classes.some((one) => /^ltx_(?:listing|lstlisting)$/.test(one)) && !classes.includes("ltx_float");
}

/** The lines of code or of an algorithm. */
export function linesOf(node: Element, extras: Extras): TextSpan[][] {
  const lines = elementsOf(node, (one) => one.classes.includes("ltx_listingline"));
  if (lines.length === 0) return trimmed(codeLines(node.children, extras));
  const numbers = lines.map((line) => plainText(line.children.filter(isLineNumber)).length);
  const widest = greatest(0, numbers);
  return lines.map((line, at) => {
    if (line.attributes.id) extras.ids.push(safe(line.attributes.id));
    const children = withNumber(line.children, widest - (numbers[at] as number));
    const spans = codeLines(children, extras).filter((one) => one.length > 0);
    return spans.flatMap((one, at) => (at > 0 ? [{ text: " " }, ...one] : one));
  });
}

const isLineNumber = (node: Node): node is Element =>
  typeof node !== "string" && node.classes.includes("ltx_tag_listingline");

/** A line of code with its number as wide as the widest, and with a space after it. */
function withNumber(children: readonly Node[], missing: number): Node[] {
  return children.flatMap((node, at) => {
    if (!isLineNumber(node)) return [node];
    const next = children.slice(at + 1).find((one) => plainText([one]) !== "" || typeof one === "string");
    const isApart = typeof next === "string" && /^[^\S\n]/.test(next);
    return [" ".repeat(missing), node, isApart ? "" : " "];
  });
}

function trimmed(lines: TextSpan[][]): TextSpan[][] {
  let from = 0;
  let to = lines.length;
  while (from < to && (lines[from] as TextSpan[]).length === 0) from += 1;
  while (to > from && (lines[to - 1] as TextSpan[]).length === 0) to -= 1;
  return lines.slice(from, to);
}
