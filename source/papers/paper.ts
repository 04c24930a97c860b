import type { BibliographyEntry } from "./bibliography-entry.js";
import { isInterestId } from "./interests/interest.js";
import { isTitleId, titleId, titleIdentity } from "./title-identity.js";

export { titleId };

/**
 * A paper, whatever format it came from.
 *
 * All text is foreign and has been cleaned once, on reading (`text/clean.ts`): one line, no control characters,
 * TeX unchanged. Dates are calendar days, `YYYY-MM-DD`, or the known part (`YYYY-MM`, `YYYY`). Fields that a
 * source does not have are `null` or an empty list, never a guess.
 */
export interface Paper {
  /** The identity for marks: `2510.22543`, `doi:…`, or `title:…` without an identifier. */
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  /** How many authors there are, if a source counts them without naming them. */
  readonly authorCount: number | null;
  /** Set if the source has more authors than it names ("and others"). */
  readonly andOthers?: true;
  readonly organization: string | null;
  readonly published: string | null;
  readonly updated: string | null;
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly upvotes: number | null;
  readonly comments: number | null;
  readonly url: string | null;
  readonly pdf: string | null;
  readonly code: string | null;
  readonly codeStars: number | null;
  readonly doi: string | null;
  readonly journal: string | null;
  /** The authors' comment, as on arXiv: "12 pages, accepted at ICML". */
  readonly comment: string | null;
  readonly withdrawn: boolean;
  /** The source's own short summary, often made by a model. */
  readonly summary: string | null;
  /** The author of the summary: "Hugging Face", "Semantic Scholar", with the model if named. */
  readonly summaryBy: string | null;
  readonly project: string | null;
  /** The day a listing added the paper, perhaps after its publication. */
  readonly listed: string | null;
  /** The person who submitted it there. */
  readonly submitter: string | null;
  /** Whether an author takes part in the discussion there. */
  readonly authorsTakePart: boolean;
  readonly thumbnail: string | null;
  /** Addresses of pictures and videos. */
  readonly media: readonly string[];
  readonly citations: number | null;
  /** Citations by papers that build on it, as Semantic Scholar counts them. */
  readonly influential: number | null;
  /** The discussion's identifier or address at the source. */
  readonly discussion: string | null;
  /** The bibliography entry of the paper, for export. */
  readonly entry?: BibliographyEntry;
  /** Further entries of the same paper, if its records had several that differ. */
  readonly otherEntries?: readonly BibliographyEntry[];
  /** The sources that have it, by their names on the command line; set if several sources are joined. */
  readonly from?: readonly string[];
}

const none: readonly string[] = [];

/** The fields that a format found. */
export type FoundPaper = { readonly title: string } & {
  readonly [Field in keyof Paper]?: Paper[Field] | undefined;
};

/** Whether more is known of a paper than its identity and a title, as of one named in a bibliography. */
export function hasDetails({ authors, abstract }: Pick<Paper, "authors" | "abstract">): boolean {
  return authors.length > 0 || abstract !== "";
}

/**
 * A paper from these fields; the rest is empty. Without an `id`, or with one of the title alone, title, author
 * and year identify the paper (`titleIdentity`).
 */
export function makePaper(found: FoundPaper): Paper {
  const authors = found.authors ?? none;
  const { published = null, url = null, journal = null } = found;
  const hasId =
    found.id &&
    !(isTitleId(found.id) && found.id === titleId(found.title)) &&
    // A listing may contain any text, but these identities are reserved for watches and the like.
    !isInterestId(found.id);
  // Field by field, several times as fast as spreading: this runs for every paper of a listing.
  const paper: { -readonly [Field in keyof Paper]: Paper[Field] } = {
    id: hasId
      ? (found.id as string)
      : titleIdentity({ title: found.title, authors, published, url, journal }),
    title: found.title,
    abstract: found.abstract ?? "",
    authors,
    authorCount: found.authorCount ?? null,
    organization: found.organization ?? null,
    published,
    updated: found.updated ?? null,
    categories: found.categories ?? none,
    keywords: found.keywords ?? none,
    upvotes: found.upvotes ?? null,
    comments: found.comments ?? null,
    url,
    pdf: found.pdf ?? null,
    code: found.code ?? null,
    codeStars: found.codeStars ?? null,
    doi: found.doi ?? null,
    journal,
    comment: found.comment ?? null,
    withdrawn: found.withdrawn ?? false,
    summary: found.summary ?? null,
    summaryBy: found.summaryBy ?? null,
    project: found.project ?? null,
    listed: found.listed ?? null,
    submitter: found.submitter ?? null,
    authorsTakePart: found.authorsTakePart ?? false,
    thumbnail: found.thumbnail ?? null,
    media: found.media ?? none,
    citations: found.citations ?? null,
    influential: found.influential ?? null,
    discussion: found.discussion ?? null,
  };
  if (found.andOthers) paper.andOthers = true;
  if (found.entry) paper.entry = found.entry;
  if (found.entry && found.otherEntries) paper.otherEntries = found.otherEntries;
  return paper;
}
