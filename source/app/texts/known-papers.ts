import { readListing } from "../../formats/index.js";
import { ownPaper } from "../../formats/json/own-json.js";
import { readKeptPapers } from "../../library/papers-kept.js";
import { hasDetails, type Paper } from "../../papers/paper.js";
import { sharedId } from "../../papers/same/contradiction.js";
import { isTitleId } from "../../papers/title-identity.js";
import { Cache } from "../../sources/remote/cache.js";
import { today, userDirectories } from "../environment.js";

/**
 * What this machine knows of papers without asking anyone: what was kept of marked ones, and answers of servers.
 * It may be no more than a title (`hasDetails`).
 */
export async function knownPapers(ids: ReadonlySet<string>): Promise<Map<string, Paper>> {
  const { state, cache } = userDirectories();
  const found = new Map<string, Paper>();
  for (const [id, kept] of readKeptPapers(state, ids)) {
    const paper = ownPaper(kept);
    if (paper !== null) found.set(id, { ...paper, id });
  }
  for (const body of new Cache(cache).bodies()) {
    const isMissing = (id: string) => !hasDetails(found.get(id) ?? nothing);
    const missing = [...ids].filter((id) => isMissing(id) && mayHold(body, id));
    if (missing.length === 0) continue;
    const result = await readListing(body, { today: today() });
    if (!result.ok) continue;
    for (const paper of result.listing.papers) {
      if (missing.includes(paper.id)) found.set(paper.id, paper);
    }
  }
  return found;
}

const nothing = { authors: [], abstract: "" };

/** Whether an answer can have the paper, so that not every one of them has to be read. */
function mayHold(body: Buffer, id: string): boolean {
  if (isTitleId(id)) return true;
  const known = sharedId(id);
  if (!known.startsWith("doi:")) return body.includes(known);
  // DOIs know no case, and JSON may write their slash as "\\/".
  const name = known.slice(known.lastIndexOf("/") + 1);
  return body.toString("latin1").toLowerCase().includes(Buffer.from(name).toString("latin1"));
}
