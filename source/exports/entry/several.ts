import {
  type BibliographyEntry,
  type BibliographyFormat,
  entriesOf,
} from "../../papers/bibliography-entry.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { arxivOf, type ExportedPaper, type ExportedPapers } from "../exported-paper.js";
import { holding, isMade, type Said, says } from "./additions.js";

/**
 * The papers as records of a bibliography. A paper with several entries, as a preprint and its article, is as
 * many records in the format of its entries, each with its own type, key and fields. In another format it is one
 * record, of the first entry. No record has anything from another entry: a preprint with a journal would be a
 * false citation.
 */
export function recordsOf(papers: ExportedPapers, format: BibliographyFormat): ExportedPapers {
  return {
    *[Symbol.iterator]() {
      for (const one of papers) yield* recordsOfPaper(one, format);
    },
  };
}

function recordsOfPaper(one: ExportedPaper, format: BibliographyFormat): readonly ExportedPaper[] {
  if (one.paper.otherEntries === undefined) return [one];
  const entries = entriesOf(one.paper);
  const own = entries.filter((entry) => entry.format === format);
  const written = own.length > 0 ? own : entries.slice(0, 1);
  return written.map((entry) => ({ ...one, paper: withOnly(one.paper, entry) }));
}

/** A paper with what an entry says, and nothing else: other fields of a joined paper may be another entry's. */
function withOnly(paper: Paper, entry: BibliographyEntry): Paper {
  const has = (said: Said) => says(entry, said);
  const holds = holding(entry);
  const arxiv = arxivOf(paper);
  // In `hep-th/9901001` the archive may be in another field.
  const own = {
    arxiv: arxiv !== null && holds(arxiv.slice(arxiv.indexOf("/") + 1)),
    doi: paper.doi !== null && (has("doi") || holds(paper.doi)),
  };
  const ofEntry = (address: string | null) => (holds(address) || isMade(address, own) ? address : null);
  return makePaper({
    id: own.arxiv ? paper.id : "",
    title: has("title") ? paper.title : "",
    authors: has("author") ? paper.authors : [],
    ...(has("author") && paper.andOthers && { andOthers: true }),
    published: has("date") ? paper.published : null,
    journal: has("journal") ? paper.journal : null,
    doi: own.doi ? paper.doi : null,
    url: ofEntry(paper.url),
    pdf: ofEntry(paper.pdf),
    abstract: has("abstract") ? paper.abstract : "",
    categories: own.arxiv ? paper.categories : [],
    keywords: has("keywords") ? paper.keywords : [],
    comment: has("comment") ? paper.comment : null,
    entry,
  });
}
