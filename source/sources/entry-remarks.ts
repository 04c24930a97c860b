import { entriesOf } from "../papers/bibliography-entry.js";
import type { Listing, Problem } from "../papers/listing.js";
import type { Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import { counted, thousands } from "../text/numbers.js";

/** Characters of a key in a remark. */
const longestKey = 60;

/** A listing that says which entries of bibliographies are one paper, after its problems. */
export function withEntryRemarks(listing: Listing): Listing {
  const joined = joinedPapers(listing);
  if (joined.length === 0) return listing;
  const size = joined.reduce((sum, { otherEntries = [] }) => sum + otherEntries.length, listing.size);
  const counts = `${thousands(size)} entries, ${counted(listing.size, "paper")}`;
  const remarks = joined.map((paper, at): Problem => {
    const message = `${at === 0 ? `${counts}: ` : ""}${namesOf(paper)} are one paper`;
    return { line: null, message, isRemark: true };
  });
  return { ...listing, problems: [...listing.problems, ...remarks] };
}

/** The papers with several entries. */
function joinedPapers({ packed, size, paper }: Listing): readonly Paper[] {
  const indices =
    packed === null ? Array.from({ length: size }, (_, index) => index) : packed.withSeveralEntries;
  return [...indices].map((index) => paper(index)).filter(({ otherEntries }) => otherEntries !== undefined);
}

/** The keys of a paper's entries; their number and the title, if one has no key. */
function namesOf(paper: Paper): string {
  const entries = entriesOf(paper);
  const keys = entries.map(({ key }) => clean(key.slice(0, longestKey)));
  if (keys.includes("")) return `${entries.length} entries of “${paper.title}”`;
  const names = keys.map((key) => `“${key}”`);
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
