import { arxivAddresses, arxivId, doiOf } from "../../papers/identity.js";
import type { Paper } from "../../papers/paper.js";
import { plainTex } from "../../text/tex/render.js";

/** A paper of a digest. */
export interface DigestItem {
  readonly paper: Paper;
  /** Why it is there, in a few words: a reason of the ranking, "▲ 92 +34"; `null` where the section says it. */
  readonly why: string | null;
}

export interface DigestSection {
  /** "Watch: theory of LLMs", "For you", "What moved", "The rest". */
  readonly title: string;
  /** Whether papers have their authors and the beginning of their abstracts, or their titles alone. */
  readonly isBrief: boolean;
  readonly items: readonly DigestItem[];
}

/** What is new for a person, in sections. Every paper is in one of them. */
export interface Digest {
  /** "Papers of Sat 28 Nov 2026". */
  readonly title: string;
  /** When it was made, in milliseconds since 1970. */
  readonly at: number;
  readonly sections: readonly DigestSection[];
  /** What could not be read, a sentence each. */
  readonly problems: readonly string[];
}

export const digestFormats = ["text", "md", "html", "atom", "eml"] as const;
export type DigestFormat = (typeof digestFormats)[number];

const loneSurrogate = /\p{Surrogate}/gu;

/** How many characters of an abstract a digest has. */
const excerptLength = 320;
/** How many characters of a title, and of a name. */
export const titleLength = 300;

/** The texts of a paper as a digest shows them: without TeX and on one line. */
export interface ShownPaper {
  readonly title: string;
  /** "Ada Lovelace, Wei Li et al. · 2 Nov 2026"; "" where neither is known. */
  readonly facts: string;
  /** The beginning of its summary or abstract, to the end of a word. */
  readonly excerpt: string;
  /** A web address, or `null`. */
  readonly address: string | null;
}

export function shownPaper(paper: Paper): ShownPaper {
  const { authors, authorCount, andOthers, published } = paper;
  const named = authors.slice(0, 3).join(", ");
  const isMore = authors.length > 3 || andOthers || (authorCount ?? 0) > authors.length;
  const facts = [named === "" ? "" : named + (isMore ? " et al." : ""), published ?? ""].filter(Boolean);
  const text = oneLine(plainTex(paper.summary ?? paper.abstract));
  return {
    title: cut(oneLine(plainTex(paper.title)) || oneLine(paper.id), titleLength),
    facts: cut(oneLine(facts.join(" · ")), titleLength),
    excerpt: cut(text, excerptLength),
    address: addressOf(paper),
  };
}

/** A text, or its beginning to the end of a word. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  // Half a surrogate pair is no character.
  return `${text.slice(0, length).replace(/\s+\S*$|[\ud800-\udbff]$/, "")} …`;
}

/** The page of a paper, if it is one on the web: no other address belongs into a mail. */
function addressOf({ id, url, doi }: Paper): string | null {
  const known = doi ?? doiOf(id);
  const addresses = [
    url,
    arxivId(id) === null ? null : arxivAddresses(id).url,
    known === null ? null : `https://doi.org/${encodeURI(known)}`,
  ];
  return addresses.find((one) => one !== null && /^https?:\/\/[^\s"<>]+$/i.test(one)) ?? null;
}

/** A text without line ends, and without what XML and mail cannot hold: lone surrogates and noncharacters. */
export function oneLine(text: string): string {
  return text
    .replace(loneSurrogate, "\ufffd")
    .replace(/[\s\u0000-\u001f\u007f-\u009f\ufffe\uffff]+/g, " ")
    .trim();
}

/** "3 for theory of LLMs, 12 new": the sections with how many papers they have, for a subject. */
export function countsOf({ sections }: Digest): string {
  return sections.map(({ title, items }) => `${title} ${items.length}`).join(" · ");
}
