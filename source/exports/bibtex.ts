import type { BibliographyEntry } from "../papers/bibliography-entry.js";
import type { Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import { additionsTo, type WrittenField } from "./entry/additions.js";
import { authorsToWrite, type Details, detailNames, detailsOf, hasOwnTitle } from "./entry/fields.js";
import { typeOf } from "./entry/types.js";
import { arxivOf, dateParts, type ExportedPapers, tellsAnotherPaper } from "./exported-paper.js";
import { nameParts } from "./text/names.js";
import { readableText, texOf } from "./text/tex.js";
import { escapedTex } from "./text/tex-escapes.js";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * The papers as BibTeX that BibLaTeX reads too, one entry each, under the given keys.
 *
 * A paper from BibTeX keeps its type, fields and values; further data is added. Preambles that its commands
 * need go before all entries. Entries named in a `crossref` go after the entries that name them, as BibTeX
 * requires, and are included even if not exported.
 *
 * Other papers keep Unicode (biber and current BibTeX read UTF-8). Characters special to TeX become commands;
 * braces too, because BibTeX counts a brace even after a backslash. Formulas stay unchanged. The title is in
 * two pairs of braces, so that no style changes its capitals. The date is `year`, `month` and, as publishers
 * write it, `day`: with BibLaTeX's `date` as well, biber would warn of each entry, and with `date` alone BibTeX
 * would have no year. `doi`, `eprint` and `url` are not escaped, as BibLaTeX reads them verbatim (its manual,
 * https://ctan.org/pkg/biblatex, 2.2.1); a DOI with braces or backslashes is left out.
 */
export function* bibtexOf(papers: ExportedPapers, keys: readonly string[]): Generator<string, void, void> {
  const { preambles, extra, last } = neededBy(papers, keys);
  let before = "";
  for (const preamble of preambles) {
    yield before + preamble;
    before = "\n";
  }
  const late: string[] = [];
  let at = 0;
  for (const { paper } of papers) {
    const key = keys[at] as string;
    const text = entryOf(paper, key);
    // A parent among the papers is written after its last child.
    if ((last.get(key.toLowerCase()) ?? -1) > at) late.push(text);
    else {
      yield before + text;
      before = "\n";
    }
    at += 1;
  }
  for (const text of [...late, ...extra]) {
    yield before + text;
    before = "\n";
  }
}

/** The other parts that the entries need. */
interface Needed {
  readonly preambles: ReadonlySet<string>;
  /** Parent entries that are not among the papers. */
  readonly extra: ReadonlySet<string>;
  /** For each key named in a `crossref` or `xdata`, in lower case: the index of the last entry that names it. */
  readonly last: ReadonlyMap<string, number>;
}

function neededBy(papers: ExportedPapers, keys: readonly string[]): Needed {
  const preambles = new Set<string>();
  const extra = new Map<string, string>();
  const last = new Map<string, number>();
  let at = 0;
  for (const { paper } of papers) {
    for (const text of paper.entry?.needs ?? []) {
      if (/^@preamble/i.test(text)) preambles.add(text);
      else {
        const key = (/^@[^{]{0,100}\{([^,]{0,1000}),/.exec(text)?.[1] ?? "").toLowerCase();
        last.set(key, at);
        if (!extra.has(key)) extra.set(key, text);
      }
    }
    at += 1;
  }
  for (const key of keys) extra.delete(key.toLowerCase());
  return { preambles, extra: new Set(extra.values()), last };
}

function entryOf(paper: Paper, key: string): string {
  const { entry } = paper;
  const type = typeOf(paper, "bibtex");
  const fields = fieldsOf(paper, type);
  if (entry?.format !== "bibtex") return written(type, key, fields.map(delimited));
  const added = additionsTo(paper, entry, fields).map(delimited);
  return written(type, key, [...entry.fields.map(ownField), ...added]);
}

function ownField([name, value]: BibliographyEntry["fields"][number]): string {
  // A missing value becomes an empty one.
  return `${name} = ${String(value) || "{}"}`;
}

function delimited({ name, value }: WrittenField): string {
  // Months are macros, which styles translate.
  return `${name} = ${name === "month" ? value : `{${value}}`}`;
}

function written(type: string, key: string, fields: readonly string[]): string {
  return `@${type}{${key},\n${fields.map((field) => `  ${field},\n`).join("")}}\n`;
}

/** The fields of an entry of the type. */
function fieldsOf(paper: Paper, type: string): readonly WrittenField[] {
  const [year, month, day] = dateParts(paper.published);
  const arxiv = arxivOf(paper);
  const details = detailsOf(paper);
  const authors = authorsToWrite(paper, details).map(nameOf).filter(Boolean);
  const fields: readonly WrittenField[] = [
    { name: "title", value: hasOwnTitle(paper) ? `{${texOf(paper.title)}}` : "", says: "title" },
    {
      name: "author",
      value: [...authors, ...(paper.andOthers && authors.length > 0 ? ["others"] : [])].join(" and "),
      says: "author",
    },
    { name: containerOf(type), value: texOf(paper.journal ?? ""), says: "journal" },
    { name: "year", value: year === undefined ? "" : String(year), says: "date" },
    { name: "month", value: months[(month ?? 0) - 1] ?? "", says: "date" },
    { name: "day", value: day === undefined ? "" : String(day), says: "date" },
    ...detailFields(details, type),
    { name: "doi", value: /[{}\\]/.test(paper.doi ?? "") ? "" : clean(paper.doi ?? ""), says: "doi" },
    { name: "eprint", value: arxiv ?? "", says: "arxiv" },
    { name: "archivePrefix", value: arxiv === null ? "" : "arXiv", says: "arxiv" },
    { name: "primaryClass", value: arxiv === null ? "" : texOf(paper.categories[0] ?? ""), says: "arxiv" },
    { name: "url", value: address(paper.url), says: "url" },
    { name: "pdf", value: arxiv === null ? address(paper.pdf) : "", says: "pdf" },
    { name: "abstract", value: texOf(paper.abstract), says: "abstract" },
    { name: "keywords", value: keywordsOf(paper.keywords), says: "keywords" },
    {
      name: tellsAnotherPaper(paper) ? "annote" : "note",
      value: texOf(paper.comment ?? ""),
      says: "comment",
    },
  ];
  return fields.filter(({ value }) => value !== "");
}

/** The field for the journal, book or institution of a paper. */
function containerOf(type: string): string {
  if (/^(?:in|conference|suppbook|suppcollection|bookinbook)/i.test(type)) return "booktitle";
  return /^(?:mv)?(?:book|collection|proceedings|reference)$/i.test(type) ? "series" : "journal";
}

function detailFields(details: Details | null, type: string): WrittenField[] {
  if (details === null) return [];
  const publisher = /thesis$/i.test(type) ? "school" : /report$/i.test(type) ? "institution" : "publisher";
  const value = (detail: Exclude<keyof Details, "editors">) => {
    const tex = texOf(details[detail]);
    return detail === "pages" ? tex.replace(/(?<=\d) ?[-–—] ?(?=\d)/g, "--") : tex;
  };
  const fields = (Object.keys(detailNames) as (keyof typeof detailNames)[])
    .filter((detail) => detail !== "series" || containerOf(type) !== "series")
    .map((detail) => ({
      name: detail === "publisher" ? publisher : (detailNames[detail].bibtex[0] as string),
      value: value(detail),
      says: "detail" as const,
    }));
  return [{ name: "editor", value: details.editors.map(nameOf).join(" and "), says: "detail" }, ...fields];
}

function nameOf(name: string): string {
  const parts = nameParts(readableText(name));
  if ("literal" in parts) {
    if (parts.literal === "") return "";
    // "and others" is BibTeX's "et al.".
    const isOthers = /^others$/i.test(parts.literal);
    return isOthers ? `{{${parts.literal}}}` : `{${escapedTex(parts.literal)}}`;
  }
  // A lower-case letter next to a hyphen may be taken for a particle.
  const isUnclear = parts.family.includes("-") && /(?:^|[ -])\p{Ll}/u.test(parts.family);
  const last = isUnclear ? `{${parts.family}}` : parts.family;
  const family = parts.particle === "" ? last : `${parts.particle} ${last}`;
  return [family, parts.suffix, parts.given].filter(Boolean).join(", ");
}

/** Commas separate keywords, except in braces; braces around a whole keyword are not part of it. */
function keywordsOf(keywords: readonly string[]): string {
  const tex = keywords
    .map((keyword) => texOf(keyword))
    .filter(Boolean)
    .map((keyword) => (/[,;]/.test(keyword) ? `{${keyword}}` : keyword));
  return tex.length === 1 && /[,;]/.test(tex[0] as string) ? `{${tex[0]}}` : tex.join(", ");
}

/** An address without characters that are invalid in addresses and special in BibTeX. */
function address(text: string | null): string {
  return clean(text ?? "").replace(
    /[\\{}<>"^`| ]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
