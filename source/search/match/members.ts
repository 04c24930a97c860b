import type { SearchIndex } from "../index/search-index.js";
import { isGroup, isText, type Node, type Query, termsOf } from "../query/types.js";
import { keepFound, readsTexts } from "./found.js";
import { beginReads } from "./reads.js";
import { predicateOf } from "./truths.js";

/**
 * The papers that a query finds apart from its conditions on marks, in listing order. No points are computed,
 * which take most of the time of a search.
 */
export function members(index: SearchIndex, { parts }: Query): Uint32Array {
  beginReads(index);
  const has = noPapers(index.listing.size).fill(1);
  keepAll(index, parts, has);
  // A growing list that is copied at the end takes half as long again for all watches.
  const found = new Uint32Array(has.length);
  let count = 0;
  // Most filters find few papers, so skip four zeros at a time.
  const inFours = fours(has);
  for (let four = 0; four < inFours.length; four += 1) {
    if (inFours[four] === 0) continue;
    for (let paper = 4 * four; paper < 4 * four + 4; paper += 1) {
      if (has[paper] !== 1) continue;
      found[count] = paper;
      count += 1;
    }
  }
  return found.slice(0, count);
}

/** A 0 for each paper, in a buffer that `fours` can view. */
function noPapers(size: number): Uint8Array {
  return new Uint8Array(new ArrayBuffer(4 * Math.ceil(size / 4)), 0, size);
}

/** A view of the buffer with four papers per element. */
function fours({ buffer }: Uint8Array): Uint32Array {
  return new Uint32Array(buffer);
}

/** Sets `has` to 0 for papers that fail any of the parts. */
function keepAll(index: SearchIndex, parts: readonly Node[], has: Uint8Array): void {
  // Parts that read texts come last, so that they read only papers that the others leave.
  for (const part of parts) if (!needsReading(index, part)) keep(index, part, has);
  for (const part of parts) if (needsReading(index, part)) keep(index, part, has);
}

/** Sets `has` to 0 for papers that fail a node. */
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
  const any = noPapers(has.length);
  const one = noPapers(has.length);
  const [inAny, inOne] = [fours(any), fours(one)];
  for (const part of parts) {
    one.set(has);
    keep(index, part, one);
    for (let at = 0; at < inAny.length; at += 1) inAny[at] = (inAny[at] as number) | (inOne[at] as number);
  }
  has.set(any);
}

function needsReading(index: SearchIndex, part: Node): boolean {
  return termsOf(part).some((term) => isText(term) && readsTexts(index, term));
}
