import { arxivId } from "../papers/identity.js";
import type { Paper } from "../papers/paper.js";

/** A paper on its way out, with what its reader has marked. */
export interface ExportedPaper {
  readonly paper: Paper;
  /** The marks as bits, as in `papers/marks.ts`. */
  readonly bits: number;
}

/** Papers on their way out. They may be gone through more than once, and are made as they are come to. */
export type ExportedPapers = Iterable<ExportedPaper>;

/** The texts with a separator between them, a piece each. */
export function* joined(texts: Iterable<string>, separator: string): Generator<string, void, void> {
  let before = "";
  for (const text of texts) {
    yield before + text;
    before = separator;
  }
}

/** How a paper was published, which is all that the formats' many types are chosen by. */
export type Kind = "article" | "conference" | "preprint";

/** Databases call arXiv a journal: "arXiv (Cornell University)", "CoRR", "arXiv preprint arXiv:1706.03762". */
const isPreprintServer = /^(?:arxiv|corr$|(?:bio|med)rxiv)/i;

/**
 * How a paper was published, from the name of what it appeared in. Names of proceedings that are
 * journals ("Proceedings of the IEEE") are many, so only what says that people met is a conference.
 */
export function kindOf({ journal }: Paper): Kind {
  if (journal === null || isPreprintServer.test(journal)) return "preprint";
  const isMeeting =
    /\b(?:conference|workshop|symposium|congress|colloquium|advances in neural information processing systems)\b/i;
  const isPeriodical = /\b(?:journal|transactions|letters|review|annals)\b/i;
  return isMeeting.test(journal) && !isPeriodical.test(journal) ? "conference" : "article";
}

/** The paper's identifier on arXiv; `null` where it has none. */
export function arxivOf({ id }: Paper): string | null {
  return arxivId(id);
}

/** A date's year, month and day as numbers, as many as are known: `[2019, 4]`; none of no date. */
export function dateParts(published: string | null): number[] {
  return published === null ? [] : published.split("-").map(Number);
}

/**
 * Whether the remark on a paper that is not on arXiv tells an identifier there ("supersedes
 * arXiv:2001.00001"). Readers look for a paper's own identifier in notes, so it must not be one.
 */
export function tellsAnotherPaper(paper: Paper): boolean {
  return arxivOf(paper) === null && /arxiv|\babs\//i.test(paper.comment ?? "");
}
