import type { Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import { arxivOf, type ExportedPapers } from "./exported-paper.js";
import { texParts } from "./text/tex.js";

/**
 * The papers as a Markdown list, an item a line:
 *
 *     - [Title](url) — First Author et al., 2025. Journal. arXiv:2510.22543
 *
 * Text is escaped after CommonMark (https://spec.commonmark.org/current/#backslash-escapes) and GitHub's
 * extensions. Formulas stay unchanged, for viewers that render them.
 */
export function* markdownOf(papers: ExportedPapers): Generator<string, void, void> {
  for (const { paper } of papers) yield `- ${itemOf(paper)}\n`;
}

function itemOf(paper: Paper): string {
  const url = clean(paper.url ?? (paper.doi === null ? "" : `https://doi.org/${paper.doi}`));
  const title = markdown(paper.title);
  const arxiv = arxivOf(paper);
  const identifier = arxiv ? `arXiv:${arxiv}` : paper.doi ? `doi:${paper.doi}` : "";
  const byWhom = [authorsOf(paper), paper.published?.slice(0, 4) ?? ""].filter(Boolean).join(", ");
  const about = [byWhom, markdown(paper.journal ?? ""), markdown(identifier)].filter(Boolean).join(". ");
  // Without a link the title begins the item, where some characters begin a list or a heading.
  const name = url === "" ? title.replace(/^(\d+)(?=[.)])|^(?=[-+=:])/, "$1\\") : `[${title}](${link(url)})`;
  return about === "" ? name : `${name} — ${about}`;
}

function authorsOf({ authors, authorCount, andOthers }: Paper): string {
  const [first, second] = authors.map(markdown).filter(Boolean);
  if (first === undefined) {
    return authorCount === null ? "" : authorCount === 1 ? "1 author" : `${authorCount} authors`;
  }
  if (authors.length > 2 || andOthers) return `${first} et al.`;
  return second === undefined ? first : `${first} and ${second}`;
}

function markdown(text: string): string {
  return texParts(text)
    .map((part) =>
      part.isFormula
        ? formula(part.text)
        : part.text.replace(/[\\`*_{}[\]<>#|~&!$^]|(?<=[\w.+-])@(?=\w)/g, "\\$&"),
    )
    .join("")
    .replace(/ {2,}/g, " ")
    .trim();
}

/** A formula, with other spellings only for text that would open a tag or close its link. */
function formula(text: string): string {
  // A space has no effect in a formula.
  const plain = text.replace(/<(?=[A-Za-z/!?])/g, "< ");
  return hasPairedBrackets(plain)
    ? plain
    : plain.replace(/[[\]]/g, (sign) => (sign === "[" ? "\\lbrack " : "\\rbrack "));
}

function hasPairedBrackets(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === "[") depth += 1;
    else if (sign === "]") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** An address as the target of a link, with percent-encoding for characters that end or escape one. */
function link(url: string): string {
  return url.replace(/[()<>\\ "[\]`|*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
