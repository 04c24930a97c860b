import { arxivAddresses, arxivId, identityOf } from "../../papers/identity.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { clean } from "../../text/clean.js";
import { citationOf } from "../fields/citation.js";

/** What a format found of a paper, before its identity, its addresses and, where it has none, its title are known. */
export interface FoundPaper extends Partial<Omit<Paper, "id" | "title">> {
  readonly title: string | null;
  readonly arxiv?: string | null;
  readonly volume?: string | null;
  readonly pages?: string | null;
  /** An identifier of the source's own that tells the paper from all others. */
  readonly name?: string | null;
  /** The source's own name for the paper, for one that has no title. */
  readonly key?: string | null;
}

/**
 * The paper of what was found: known by its arXiv identifier or DOI, with the addresses that follow from
 * them where none are given, and called by its citation where it has no title. A text says what is wrong
 * with an entry that has neither title nor author, journal, year or identifier.
 */
export function foundPaper(found: FoundPaper): Paper | string {
  const { arxiv = null } = found;
  // Some come out of attributes, which nobody has cleaned.
  const [doi, url, pdf] = [cleaned(found.doi), cleaned(found.url), cleaned(found.pdf)];
  const id = identityOf({ arxiv, doi, url });
  const known = arxivId(id);
  const addresses = known === null ? null : arxivAddresses(known);
  const title =
    found.title ||
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
  // Field by field, which is several times as fast as spreading; `satisfies` lets none be forgotten.
  return makePaper({
    id,
    title,
    abstract: found.abstract,
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
    // Which source it is from is not in its text.
    from: undefined,
    doi,
    url: url ?? addresses?.url ?? (doi === null ? null : `https://doi.org/${encodeURI(doi)}`),
    pdf: pdf ?? addresses?.pdf ?? null,
  } satisfies Record<keyof Paper, unknown>);
}

function cleaned(text: string | null | undefined): string | null {
  return text ? clean(text) || null : null;
}
