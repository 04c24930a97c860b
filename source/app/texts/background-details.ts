import { setImmediate } from "node:timers/promises";
import type { Library } from "../../library/library.js";
import { readingKeptPapers } from "../../library/papers-kept.js";
import { arxivId } from "../../papers/identity.js";
import type { Listing } from "../../papers/listing.js";
import type { ThreadLimits } from "../../sources/parse/parse-thread.js";
import type { Watched } from "../../sources/watched.js";
import { BackgroundFetches, type BackgroundPace } from "./background-fetches.js";

/** Far more than an answer about one paper takes. */
const usualLimits: ThreadLimits = { longest: 10_000, memory: 256 };

/**
 * Asks arXiv for the title, authors and abstract of papers that were starred or kept for later where only their
 * identifier was known: in a bibliography, or in the shell.
 */
export function backgroundDetails(
  library: Pick<Library, "bits" | "marked" | "keepDetails">,
  stateDirectory: string,
  readPaper: (arxiv: string, watched: Watched) => Promise<Listing>,
  pace?: BackgroundPace,
  limits = usualLimits,
): BackgroundFetches {
  const missing = async (papers: readonly string[]) => {
    const wanted = new Set(papers.filter((paper) => arxivId(paper) === paper));
    if (wanted.size === 0) return [];
    // The file has the abstracts of years, so keys are answered meanwhile.
    const reading = readingKeptPapers(stateDirectory, wanted);
    let step = reading.next();
    for (; !step.done; step = reading.next()) await setImmediate();
    for (const [id, { authors, abstract }] of step.value)
      if (abstract || (Array.isArray(authors) && authors.length > 0)) wanted.delete(id);
    return [...wanted];
  };
  const fetch = async (paper: string, signal: AbortSignal) => {
    try {
      const listing = await readPaper(paper, { signal, progress: () => {}, background: limits });
      const at = listing.indexOf(paper);
      if (at >= 0) library.keepDetails([listing.paper(at)]);
      return true;
    } catch (error) {
      if (signal.aborted) throw error;
      return false;
    }
  };
  return new BackgroundFetches(library, { missing, fetch }, pace);
}
