import { arxivAddresses, arxivId, identityOf } from "../../papers/identity.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { clean } from "../../text/clean.js";
import { withoutLabel } from "../fields/abstract.js";
import { citationOf } from "../fields/citation.js";

/** The fields that a format found, before the identity, the addresses and a missing title are filled in. */
export interface FoundPaper extends Partial<Omit<Paper, "id" | "title">> {
  readonly title: string | null;
  readonly arxiv?: string | null;
  readonly volume?: string | null;
  readonly pages?: string | null;
  /** The source's own identifier, if it is unique to the paper. */
  readonly name?: string | null;
  /** The source's own key for the paper, used to name it if it has no title. */
  readonly key?: string | null;
}

/**
 * Completes a paper from the fields found: its identity comes from the arXiv identifier or DOI, missing
 * addresses are derived from these, and a missing title is replaced by the citation. Returns a string that
 * says what is wrong if the entry has no title, author, journal, year or identifier.
 */
export function foundPaper(found: FoundPaper): Paper | string {
  const arxiv = found.arxiv ?? (found.doi ? null : arxivInJournal(found.journal ?? ""));
  // Some values come from attributes and have not been cleaned.
  const [doi, url, pdf] = [cleaned(found.doi), cleaned(found.url), cleaned(found.pdf)];
  const id = identityOf({ arxiv, doi, url });
  const known = arxivId(id);
  const addresses = known === null ? null : arxivAddresses(known);
  const title =
    withoutNumber(found.title ?? "", known) ||
    citationOf({
      authors: found.authors ?? [],
      andOthers: found.andOthers ?? false,
      published: found.published ?? null,
      journal: found.journal ?? "",
      volume: found.volume ?? "",
      pages: found.pages ?? "",
      identifier: known ?? doi ?? found.name ?? "",
      key: found.key ?? "",
    });
  if (title === "") return "has no title, author, journal, year or identifier and was skipped";
  // Listing each field is several times as fast as spreading. `satisfies` makes sure that none is missing.
  return makePaper({
    id,
    title,
    abstract: withoutLabel(found.abstract ?? "", title),
    authors: found.authors,
    authorCount: found.authorCount,
    andOthers: found.andOthers,
    organization: found.organization,
    published: found.published,
    updated: found.updated,
    categories: found.categories,
    keywords: found.keywords,
    upvotes: found.upvotes,
    comments: found.comments,
    code: found.code,
    codeStars: found.codeStars,
    journal: found.journal,
    comment: found.comment,
    withdrawn: found.withdrawn,
    summary: found.summary,
    summaryBy: found.summaryBy,
    project: found.project,
    listed: found.listed,
    submitter: found.submitter,
    authorsTakePart: found.authorsTakePart,
    thumbnail: found.thumbnail,
    media: found.media,
    citations: found.citations,
    influential: found.influential,
    discussion: found.discussion,
    entry: found.entry,
    otherEntries: found.otherEntries,
    // The text does not say which source the paper is from; the caller sets it.
    from: undefined,
    doi,
    url: url ?? addresses?.url ?? (doi === null ? null : `https://doi.org/${encodeURI(doi)}`),
    pdf: pdf ?? addresses?.pdf ?? null,
  } satisfies Record<keyof Paper, unknown>);
}

/** Google Scholar's journal of a preprint: "arXiv preprint arXiv:1706.03762". */
function arxivInJournal(journal: string): string | null {
  const named = journal.includes("arXiv:") ? /\barXiv:\s?([\w./-]{9,30})/.exec(journal)?.[1] : undefined;
  return named === undefined ? null : arxivId(named);
}

/** A title as browsers and bookmarks have it, "[1706.03762] Attention Is All You Need", without the number. */
export function withoutNumber(title: string, arxiv: string | null): string {
  const [whole = "", number = ""] =
    (title.startsWith("[") && /^\[([\w./-]{9,30})\]\s+(?=\S)/.exec(title)) || [];
  return whole !== "" && arxiv !== null && arxivId(number) === arxiv ? title.slice(whole.length) : title;
}

function cleaned(text: string | null | undefined): string | null {
  return text ? clean(text) || null : null;
}
