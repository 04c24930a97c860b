import { arxivId } from "../papers/identity.js";
import type { Paper } from "../papers/paper.js";

/** A paper to export, with its marks. */
export interface ExportedPaper {
  readonly paper: Paper;
  /** The marks as bits, as in `papers/marks.ts`. */
  readonly bits: number;
}

/** Papers to export. They can be iterated more than once, and each is made when it is reached. */
export type ExportedPapers = Iterable<ExportedPaper>;

/** The texts with separators between them, one piece each. */
export function* joined(texts: Iterable<string>, separator: string): Generator<string, void, void> {
  let before = "";
  for (const text of texts) {
    yield before + text;
    before = separator;
  }
}

/** How a paper was published; this alone chooses its type in a format. */
export type Kind = "article" | "conference" | "preprint";

/**
 * Names that databases give arXiv as a journal: "arXiv (Cornell University)", "CoRR", "arXiv preprint
 * arXiv:1706.03762".
 */
const isPreprintServer = /^(?:arxiv|corr$|(?:bio|med)rxiv)/i;

/**
 * How a paper was published, from the name of its journal or book. Many journals are called proceedings
 * ("Proceedings of the IEEE"), so only a name that says that people met is a conference.
 */
export function kindOf({ journal }: Paper): Kind {
  if (journal === null || isPreprintServer.test(journal)) return "preprint";
  const isMeeting =
    /\b(?:conference|workshop|symposium|congress|colloquium|advances in neural information processing systems)\b/i;
  const isPeriodical = /\b(?:journal|transactions|letters|review|annals)\b/i;
  return isMeeting.test(journal) && !isPeriodical.test(journal) ? "conference" : "article";
}

/** The paper's arXiv identifier, or `null`. */
export function arxivOf({ id }: Paper): string | null {
  return arxivId(id);
}

/** A date's year, month and day as numbers, as far as known: `[2019, 4]`; empty without a date. */
export function dateParts(published: string | null): number[] {
  return published === null ? [] : published.split("-").map(Number);
}

/**
 * Whether the comment of a paper that is not on arXiv names an arXiv identifier ("supersedes
 * arXiv:2001.00001"). Readers search notes for a paper's own identifier and would take it for one.
 */
export function tellsAnotherPaper(paper: Paper): boolean {
  return arxivOf(paper) === null && /arxiv|\babs\//i.test(paper.comment ?? "");
}
