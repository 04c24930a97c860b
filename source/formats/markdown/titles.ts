import { findPaperNames } from "../web/find-names.js";
import type { Block } from "./blocks.js";
import { linksIn, type MarkdownLink, plain, withoutLinks } from "./inline.js";

/** Labels that name the kind of link rather than the paper. */
const generic =
  /^(?:\W|\d)*(?:(?:the\s|full\s|read\s|arxiv\s|original\s)?(?:pdf|paper|papers|arxiv|abs|abstract|link|links|html|doi|code|github|project|page|website|web|blog|demo|video|slides|data|dataset|model|models|hf|hugging\s?face|openreview|acl|tweet|bib|bibtex|here|source|url|read|preprint|publication|proceedings|semantic scholar|scholar|conference|journal|official|implementation|poster|talk|book|notes?|alphaxiv|pytorch|tensorflow|tf|keras|cite|citation|supp|supplementary|appendix)(?:\s(?:link|page|version|pdf|paper|code|abs))?)(?:\W|\d)*$/i;

/** Whether the label of a link, or a text beside it, may be the title of a paper. */
export function isTitle(label: string): boolean {
  return (
    label.length >= 4 &&
    label.length <= 500 &&
    !generic.test(label) &&
    !/^https?:|^arxiv:|^\W*\d{4}\.\d{4,5}(?:v\d+)?\W*$|^\W*(?:doi:?\s?)?10\.\d{4,9}\/\S+$|^\W*PMC?(?:ID)?:?\s?\d+\W*$/i.test(
      label,
    ) &&
    /\p{L}{2}/u.test(label) &&
    !/^(?:\W*(?:19|20)\d\d\W*)$/.test(label)
  );
}

/** Whether a label may be a title, or the short name of a paper: "MAE". */
export function isName(label: string): boolean {
  return isTitle(label) || (/^[\p{L}\p{N}+-]{2,3}$/u.test(label) && !generic.test(label));
}

/** Lines of a digest below a paper's heading: "**Authors:** Ines Holm", "- arXiv: 2510.00001". */
export const labels =
  /^[\s>*_+-]{0,9}(?:authors?|by|arxiv|categor(?:y|ies)|subjects?|published|date|links?|pdf|paper|venue)[*_]{0,3}\s?:/im;

const bold =
  /\*\*(?!\s)([^*\n]{4,500}?)\*\*|__(?!\s)([^_\n]{4,500}?)__|<(?:b|strong)>([^<>\n]{4,500})<\/(?:b|strong)>/g;
const quoted = /[“"]([^“”"\n]{10,400})[”"]/;

/** A title that is not the label of the paper's own link, with the text after it. */
export function titleBeside(
  whole: string,
  links: readonly MarkdownLink[],
  block: Block,
): { title: string; after: string } | null {
  for (const found of whole.matchAll(bold)) {
    const inner = found[1] ?? found[2] ?? found[3] ?? "";
    // "**Authors:** …" is a label for the text after it.
    if (/:\s*$/.test(inner) || /^\s?:/.test(whole.slice(found.index + found[0].length))) continue;
    const title = plain(linksIn(inner)[0]?.label ?? inner)
      .replace(/^\(?\d{1,3}[.)]\s*/, "")
      .replace(/(?<![\s:.,])[\s:.,]+$/, "");
    if (isTitle(title)) return { title, after: whole.slice(found.index + found[0].length) };
  }
  const other = links.find(
    ({ label, address }) => isTitle(plain(label)) && findPaperNames(address).length === 0,
  );
  if (other !== undefined && !/github\.com|twitter\.com|x\.com/i.test(other.address))
    return { title: plain(other.label), after: whole.slice(other.to) };
  const inQuotes = quoted.exec(whole);
  if (inQuotes && isTitle(inQuotes[1] as string))
    return { title: plain(inQuotes[1] as string), after: whole.slice(inQuotes.index + inQuotes[0].length) };
  if (other !== undefined) return { title: plain(other.label), after: whole.slice(other.to) };
  // "Vaswani et al. (2017). *Attention Is All You Need*."
  const cited = /\(\d{4}[a-z]?\)[.,:]?\s{1,3}[*_](?![*_\s])([^*_\n]{4,500})[*_]/.exec(whole);
  if (cited && isTitle(plain(cited[1] as string)))
    return {
      title: plain(cited[1] as string),
      after:
        whole.slice(0, cited.index + cited[0].indexOf(")") + 1) + whole.slice(cited.index + cited[0].length),
    };
  const labelled = /^[\s>*_+-]{0,9}(?:paper )?title[*_]{0,3}\s?:[*_]{0,3}\s?(.{4,500})$/im.exec(whole);
  if (labelled && isTitle(plain(labelled[1] as string)))
    return { title: plain(labelled[1] as string), after: whole };
  if (labels.test(whole.split("\n", 1)[0] as string)) return null;
  // The text before the first link: "Title. Venue. [paper](…)", or a cell of its own.
  const end = links[0]?.from ?? whole.length;
  const before = block.kind === "row" ? longestCell(whole) : whole.slice(0, end);
  const text = plain(before)
    .replace(/https?:\/\/\S+/g, "")
    .trim()
    // "(Brown et al., 2020)" gives authors and year.
    .replace(/(?<!\s)\s*\((?:[^()]{2,60}[\s,])?(?:19|20)\d\d[a-z]?\)$/, "")
    .replace(/^(?:#+|[-*+•]|\d{1,4}[.)]|\(\d{4}[/.-]\d\d(?:[/.-]\d\d)?\))\s+/, "")
    .replace(/^\[[ xX]\]\s+/, "")
    .replace(/^\(\d{4}[/.-]\d\d(?:[/.-]\d\d)?\)\s+/, "")
    .replace(/^(?:arXiv:\s?)?\d{4}\.\d{4,5}(?:v\d+)?(?:\s?[:,–—-])?\s+/i, "")
    .replace(/(?<![\s([{:,–—-])[\s([{:,–—-]+$/, "");
  const title = (
    text.split(/(?<=\p{L}{3})[.?!]\s|\s[–—|]\s|,\s(?=\p{Lu}[\p{L}.]*\s\p{Lu})/u)[0] ?? ""
  ).trim();
  return isTitle(title) && title.split(" ").length >= 3 && title.length < 250
    ? { title: title.replace(/(?<![\s([{:,.–—-])[\s([{:,.–—-]+$/, ""), after: text.slice(title.length) }
    : null;
}

function longestCell(row: string): string {
  return row
    .split("|")
    .map((cell) => withoutLinks(cell, linksIn(cell)))
    .reduce((best, cell) => (cell.trim().length > best.trim().length ? cell : best), "");
}
