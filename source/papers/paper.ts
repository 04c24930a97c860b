import type { BibliographyEntry } from "./bibliography-entry.js";
import { isTitleId, titleId, titleIdentity } from "./title-identity.js";

export { titleId };

/**
 * A paper as every part of the program knows it, whatever format it came from.
 *
 * All text is foreign text that has been cleaned once, at the border (`text/clean.ts`): one line,
 * no control characters, TeX left as the source has it. Dates are calendar days, `YYYY-MM-DD`,
 * or as much of one as is known (`YYYY-MM`, `YYYY`).
 * What a source does not say is `null` or an empty list, never a guess.
 */
export interface Paper {
  /** What marks are kept by: `2510.22543`, `doi:…`, or `title:…` where the source gives no identifier. */
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  /** How many authors there are, where a source counts them without naming them. */
  readonly authorCount: number | null;
  /** Set where the source says that there are more authors than it names ("and others"). */
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
  /** Stars of the code's repository. */
  readonly codeStars: number | null;
  readonly doi: string | null;
  readonly journal: string | null;
  /** What the authors remark, as on arXiv: "12 pages, accepted at ICML". */
  readonly comment: string | null;
  readonly withdrawn: boolean;
  /** One or two sentences that the source itself gives beside the abstract, often made by a model. */
  readonly summary: string | null;
  /** Who made the summary: "Hugging Face", "Semantic Scholar", with the model where it is named. */
  readonly summaryBy: string | null;
  /** The project's page. */
  readonly project: string | null;
  /** The day a listing put the paper up, which may be later than the day it was published. */
  readonly listed: string | null;
  /** Who put it up there. */
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
  /** The entry of a bibliography that the paper was read from, for an export to give back. */
  readonly entry?: BibliographyEntry;
}

const none: readonly string[] = [];

/** What a format found of a paper. */
export type FoundPaper = { readonly title: string } & {
  readonly [Field in keyof Paper]?: Paper[Field] | undefined;
};

/**
 * A paper from what a format found; the rest is empty. Without an `id` the paper is known by its title,
 * author and year (`titleIdentity`), and so where the `id` is of the title alone.
 */
export function makePaper(found: FoundPaper): Paper {
  const authors = found.authors ?? none;
  const { published = null, url = null, journal = null } = found;
  const hasId = found.id && !(isTitleId(found.id) && found.id === titleId(found.title));
  // Field by field, which is several times as fast as spreading: every paper of a listing comes by.
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
  return paper;
}
