import type { Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import {
  arxivOf,
  dateParts,
  type ExportedPapers,
  joined,
  type Kind,
  kindOf,
  tellsAnotherPaper,
} from "./exported-paper.js";
import { nameParts } from "./names.js";
import { readableText, texParts } from "./tex.js";

const types: Readonly<Record<Kind, string>> = {
  article: "article",
  conference: "inproceedings",
  preprint: "misc",
};
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * The papers as BibTeX that BibLaTeX reads as well, an entry each, under the keys given. Unicode stays
 * (biber, and BibTeX behind a TeX of today, read UTF-8). What is special to TeX is written as the
 * command for it; braces too, because BibTeX counts a brace even behind a backslash. Formulas stay
 * as they are. The title stands in two pairs of braces, so that no style changes its capitals.
 *
 * The date is `year`, `month` and, as publishers write it, `day`: with BibLaTeX's `date` beside them
 * biber would warn of each entry, and without them BibTeX would know no year. `doi`, `eprint` and
 * `url` are not escaped, as BibLaTeX reads them verbatim (its manual, https://ctan.org/pkg/biblatex,
 * 2.2.1); a DOI with braces or backslashes, which nobody could read there, is left out.
 */
export function bibtexOf(papers: ExportedPapers, keys: readonly string[]): Iterable<string> {
  return joined(entries(papers, keys), "\n");
}

function* entries(papers: ExportedPapers, keys: readonly string[]): Generator<string, void, void> {
  let at = 0;
  for (const { paper } of papers) {
    yield entryOf(paper, keys[at] as string);
    at += 1;
  }
}

function entryOf(paper: Paper, key: string): string {
  const kind = kindOf(paper);
  const [year, month, day] = dateParts(paper.published);
  const arxiv = arxivOf(paper);
  const comment = texOf(paper.comment ?? "");
  const fields: readonly (readonly [string, string])[] = [
    ["title", `{${texOf(paper.title)}}`],
    ["author", paper.authors.map(nameOf).filter(Boolean).join(" and ")],
    [kind === "conference" ? "booktitle" : "journal", texOf(paper.journal ?? "")],
    ["year", year === undefined ? "" : String(year)],
    ["month", months[(month ?? 0) - 1] ?? ""],
    ["day", day === undefined ? "" : String(day)],
    ["doi", /[{}\\]/.test(paper.doi ?? "") ? "" : clean(paper.doi ?? "")],
    ["eprint", arxiv ?? ""],
    ["archivePrefix", arxiv === null ? "" : "arXiv"],
    ["primaryClass", arxiv === null ? "" : texOf(paper.categories[0] ?? "")],
    ["url", address(paper.url)],
    ["pdf", arxiv === null ? address(paper.pdf) : ""],
    ["abstract", texOf(paper.abstract)],
    ["keywords", keywordsOf(paper.keywords)],
    [tellsAnotherPaper(paper) ? "annote" : "note", comment],
  ];
  const lines = fields
    .filter(([, value]) => value !== "")
    // A month is a macro, which styles translate.
    .map(([name, value]) => `  ${name} = ${name === "month" ? value : `{${value}}`},\n`);
  return `@${types[kind]}{${key},\n${lines.join("")}}\n`;
}

const commands: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

function texOf(text: string): string {
  let tex = "";
  let wasFormula = false;
  for (const part of texParts(text)) {
    // Two formulas side by side would show "$$", which begins a formula of another kind.
    if (part.isFormula && wasFormula) tex += "{}";
    tex += part.isFormula ? part.text : escaped(part.text);
    wasFormula = part.isFormula;
  }
  return tex;
}

/** Plain text as TeX: special characters as commands, and nothing that TeX would join into one sign. */
function escaped(text: string): string {
  return text
    .replace(/[\\{}~^&%#_$]/g, (sign) => commands[sign] ?? `\\${sign}`)
    .replace(/-(?=-)|'(?=')|[`?!](?=`)/g, "$&{}");
}

function nameOf(name: string): string {
  const parts = nameParts(readableText(name));
  if ("literal" in parts) {
    if (parts.literal === "") return "";
    // "and others" is BibTeX's for more authors than are named.
    const isOthers = /^others$/i.test(parts.literal);
    return isOthers ? `{{${parts.literal}}}` : `{${escaped(parts.literal)}}`;
  }
  // A small letter before or behind a hyphen may be taken for a particle.
  const isUnclear = parts.family.includes("-") && /(?:^|[ -])\p{Ll}/u.test(parts.family);
  const last = isUnclear ? `{${parts.family}}` : parts.family;
  const family = parts.particle === "" ? last : `${parts.particle} ${last}`;
  return [family, parts.suffix, parts.given].filter(Boolean).join(", ");
}

/** Commas part keywords, except in braces; braces around all of them are none of a keyword's own. */
function keywordsOf(keywords: readonly string[]): string {
  const written = keywords
    .map(texOf)
    .filter(Boolean)
    .map((keyword) => (/[,;]/.test(keyword) ? `{${keyword}}` : keyword));
  return written.length === 1 && /[,;]/.test(written[0] as string) ? `{${written[0]}}` : written.join(", ");
}

/** An address without characters that are not allowed in one and mean something to a reader of BibTeX. */
function address(text: string | null): string {
  return clean(text ?? "").replace(
    /[\\{}<>"^`| ]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
