import type { SearchIndex } from "../index/search-index.js";
import { isGroup, isText, type Node, type Query, termsOf } from "../query/types.js";
import { findTerm, readsTexts } from "./found.js";
import { beginReads } from "./reads.js";
import { predicateOf } from "./search.js";

/**
 * The papers that a query finds, in listing order, conditions on marks left aside: without what each is worth,
 * which takes most of a search.
 */
export function members(index: SearchIndex, { parts }: Query): Uint32Array {
  beginReads(index);
  const has = membersOfAll(index, parts, null);
  let count = 0;
  for (let paper = 0; paper < has.length; paper += 1) count += has[paper] as number;
  const papers = new Uint32Array(count);
  for (let paper = 0, at = 0; at < count; paper += 1) if (has[paper] === 1) papers[at++] = paper;
  return papers;
}

/** A 1 for each paper that meets all parts, of those `within`. */
function membersOfAll(index: SearchIndex, parts: readonly Node[], within: Uint8Array | null): Uint8Array {
  let has = within;
  // What needs texts to be read comes last: of them only those of papers that the others leave.
  for (const isReading of [false, true]) {
    for (const part of parts) {
      if (needsReading(index, part) === isReading) has = membersOf(index, part, has);
    }
  }
  return has ?? new Uint8Array(index.listing.size).fill(1);
}

/** A 1 for each paper that meets a node, of those `within`. */
function membersOf(index: SearchIndex, node: Node, within: Uint8Array | null): Uint8Array {
  const { size } = index.listing;
  const has = new Uint8Array(size);
  if (isGroup(node)) {
    if (node.kind === "all") return membersOfAll(index, node.parts, within);
    for (const part of node.parts) {
      const of = membersOf(index, part, within);
      for (let paper = 0; paper < size; paper += 1)
        has[paper] = (has[paper] as number) | (of[paper] as number);
    }
    return has;
  }
  if (isText(node)) {
    const { papers } = findTerm(index, node, "all", within === null ? null : () => within);
    if (node.negated) {
      if (within === null) has.fill(1);
      else has.set(within);
      for (const paper of papers) has[paper] = 0;
    } else for (const paper of papers) has[paper] = within === null ? 1 : (within[paper] as number);
    return has;
  }
  const holds = predicateOf(index, node, "all", null);
  for (let paper = 0; paper < size; paper += 1) {
    if ((within === null || within[paper] === 1) && holds(paper)) has[paper] = 1;
  }
  return has;
}

function needsReading(index: SearchIndex, part: Node): boolean {
  return termsOf(part).some((term) => isText(term) && readsTexts(index, term));
}
