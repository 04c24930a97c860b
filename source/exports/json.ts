import { hasMark } from "../papers/marks.js";
import type { Paper } from "../papers/paper.js";
import { jsonForPrinting } from "../text/shown.js";
import type { ExportedPapers } from "./exported-paper.js";

/** A paper as `list --json` prints it. The order of the fields is part of the format. */
export function paperRecord(paper: Paper, bits: number): Record<string, unknown> {
  return {
    id: paper.id,
    title: paper.title,
    abstract: paper.abstract,
    authors: paper.authors,
    authorCount: paper.authorCount ?? (paper.andOthers ? null : paper.authors.length || null),
    organization: paper.organization,
    published: paper.published,
    updated: paper.updated,
    categories: paper.categories,
    keywords: paper.keywords,
    upvotes: paper.upvotes,
    comments: paper.comments,
    url: paper.url,
    pdf: paper.pdf,
    code: paper.code,
    doi: paper.doi,
    journal: paper.journal,
    comment: paper.comment,
    codeStars: paper.codeStars,
    withdrawn: paper.withdrawn,
    read: hasMark(bits, "read"),
    starred: hasMark(bits, "starred"),
    later: hasMark(bits, "later"),
    summary: paper.summary,
    summaryBy: paper.summaryBy,
    project: paper.project,
    listed: paper.listed,
    submitter: paper.submitter,
    authorsTakePart: paper.authorsTakePart,
    thumbnail: paper.thumbnail,
    media: paper.media,
    citations: paper.citations,
    influential: paper.influential,
    discussion: paper.discussion,
    from: paper.from ?? [],
    // Few papers have these, so they are not columns of a table.
    ...(paper.andOthers && { andOthers: true }),
    ...(paper.entry && { entry: paper.entry }),
    ...(paper.otherEntries && { otherEntries: paper.otherEntries }),
  };
}

/** The papers as `list --json` prints them: an array, one paper a line, which `formats/json/own-json.ts` reads. */
export function* jsonOf(papers: ExportedPapers): Generator<string, void, void> {
  let before = "[\n";
  for (const { paper, bits } of papers) {
    yield before + jsonForPrinting(JSON.stringify(paperRecord(paper, bits)));
    before = ",\n";
  }
  yield before === ",\n" ? "\n]\n" : "[]\n";
}
