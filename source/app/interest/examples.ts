import { ownPaper } from "../../formats/json/own-json.js";
import type { Library } from "../../library/library.js";
import { readingKeptPapers } from "../../library/papers-kept.js";
import { atOnce } from "../../papers/at-once.js";
import type { Listing } from "../../papers/listing.js";
import { hasMark } from "../../papers/marks.js";
import type { Paper } from "../../papers/paper.js";
import type { Example } from "../../ranking/taste.js";
import type { RankedPaper } from "../../ranking/terms.js";
import type { PassedPapers } from "./passed-papers.js";

/** A longer listing is an archive: what is read of it is found by its marks alone. */
const longestSearched = 5_000;
/** Records that are read before a key may be answered: about a millisecond. */
const recordsPerStep = 50;

/**
 * What the ranking learns from: the papers the reader wanted, with the data that is kept of them or that the
 * listing has, and those they passed over. In a fixed order, so that the same marks give the same ranking. Yields
 * often, so that no key waits for a large library.
 */
export function* collectExamples(
  library: Library,
  passed: PassedPapers,
  stateDirectory: string,
  listing: Listing,
): Generator<void, readonly Example[]> {
  const wanted = library.wanted();
  const kept = yield* readingKeptPapers(stateDirectory, wanted);
  let count = 0;
  const examples: Example[] = [];
  for (const [id, evidence] of wanted) {
    const at = listing.indexOf(id);
    const own = kept.get(id);
    const paper = own === undefined ? null : ownPaper(own);
    if (paper !== null) examples.push({ paper: ranked(paper), evidence });
    else if (at >= 0) examples.push({ paper: ranked(listing.paper(at)), evidence });
    if (++count % recordsPerStep === 0) yield;
  }
  const known = new Set<string>();
  for (const { id, kind, paper: own } of yield* passed.reading()) {
    if (++count % recordsPerStep === 0) yield;
    known.add(id);
    // Marked unread since, or wanted after all.
    if (wanted.has(id) || !hasMark(library.bits(id), "read")) continue;
    const paper = ownPaper(own);
    if (paper !== null) examples.push({ paper: ranked(paper), evidence: kind });
  }
  if (listing.size > longestSearched) return examples;
  for (let at = 0; at < listing.size; at += 1) {
    const id = listing.id(at);
    if (at % recordsPerStep === 0) yield;
    if (known.has(id) || wanted.has(id) || !hasMark(library.bits(id), "read")) continue;
    examples.push({ paper: ranked(listing.paper(at)), evidence: "glanced" });
  }
  return examples;
}

/** The same at once, for the shell. */
export function examplesOf(...wanted: Parameters<typeof collectExamples>): readonly Example[] {
  return atOnce(collectExamples(...wanted));
}

/** What the ranking reads of a paper, and no more: it is copied to a thread. */
function ranked(paper: Paper): RankedPaper {
  const { title, abstract, summary, keywords, authors, organization, categories } = paper;
  return { title, abstract, summary, keywords, authors, organization, categories };
}
