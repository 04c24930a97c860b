import type { SearchIndex } from "../index/search-index.js";
import { isGroup, isText, type Node, type Query, termsOf } from "../query/types.js";
import { keepFound, readsTexts } from "./found.js";
import { beginReads } from "./reads.js";
import { predicateOf } from "./search.js";

/**
 * The papers that a query finds, in listing order, conditions on marks left aside: without what each is worth,
 * which takes most of a search.
 */
export function members(index: SearchIndex, { parts }: Query): Uint32Array {
  beginReads(index);
  const has = new Uint8Array(index.listing.size).fill(1);
  keepAll(index, parts, has);
  let count = 0;
  for (let paper = 0; paper < has.length; paper += 1) count += has[paper] as number;
  const papers = new Uint32Array(count);
  for (let paper = 0, at = 0; at < count; paper += 1) if (has[paper] === 1) papers[at++] = paper;
  return papers;
}

/** Keeps the 1 of papers that meet all parts. */
function keepAll(index: SearchIndex, parts: readonly Node[], has: Uint8Array): void {
  // What needs texts to be read comes last: only those of papers that the others leave.
  for (const part of parts) if (!needsReading(index, part)) keep(index, part, has);
  for (const part of parts) if (needsReading(index, part)) keep(index, part, has);
}

/** Keeps the 1 of papers that meet a node. */
function keep(index: SearchIndex, node: Node, has: Uint8Array): void {
  if (isGroup(node)) {
    if (node.kind === "all") keepAll(index, node.parts, has);
    else keepAny(index, node.parts, has);
  } else if (isText(node)) keepFound(index, node, has);
  else if (node.kind !== "is") {
    const holds = predicateOf(index, node, "all");
    for (let paper = 0; paper < has.length; paper += 1) {
      if (has[paper] === 1 && !holds(paper)) has[paper] = 0;
    }
  }
}

function keepAny(index: SearchIndex, parts: readonly Node[], has: Uint8Array): void {
  const any = new Uint8Array(has.length);
  const one = new Uint8Array(has.length);
  for (const part of parts) {
    one.set(has);
    keep(index, part, one);
    for (let paper = 0; paper < any.length; paper += 1) {
      any[paper] = (any[paper] as number) | (one[paper] as number);
    }
  }
  has.set(any);
}

function needsReading(index: SearchIndex, part: Node): boolean {
  return termsOf(part).some((term) => isText(term) && readsTexts(index, term));
}
