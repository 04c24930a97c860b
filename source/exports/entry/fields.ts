import { type BibliographyEntry, isPartial } from "../../papers/bibliography-entry.js";
import type { Paper } from "../../papers/paper.js";
import { texNames } from "../../text/bibtex/names.js";
import { texText } from "../../text/bibtex/text.js";
import { fieldText } from "../../text/bibtex/value.js";
import { clean } from "../../text/clean.js";
import { fromMarkup } from "../../text/markup.js";
import { personName } from "../../text/names.js";

/** Details of an entry that `Paper` does not have, as plain text; "" if missing. */
export interface Details {
  readonly volume: string;
  readonly issue: string;
  readonly pages: string;
  readonly publisher: string;
  readonly place: string;
  readonly edition: string;
  readonly series: string;
  readonly isbn: string;
  readonly issn: string;
  readonly language: string;
  readonly editors: readonly string[];
}

type TextDetail = Exclude<keyof Details, "editors">;

/** The names of a detail in each format; the first is used for writing. */
export const detailNames: Readonly<
  Record<TextDetail, Readonly<Record<BibliographyEntry["format"], readonly string[]>>>
> = {
  volume: { bibtex: ["volume"], ris: ["VL", "VO"], "csl-json": ["volume"] },
  issue: { bibtex: ["number", "issue"], ris: ["IS"], "csl-json": ["issue"] },
  pages: { bibtex: ["pages", "eid"], ris: ["SP"], "csl-json": ["page"] },
  publisher: {
    bibtex: ["publisher", "institution", "school", "organization"],
    ris: ["PB"],
    "csl-json": ["publisher"],
  },
  place: { bibtex: ["address", "location"], ris: ["CY", "PP"], "csl-json": ["publisher-place"] },
  edition: { bibtex: ["edition"], ris: ["ET"], "csl-json": ["edition"] },
  series: { bibtex: ["series"], ris: ["T3"], "csl-json": ["collection-title"] },
  isbn: { bibtex: ["isbn"], ris: ["SN"], "csl-json": ["ISBN"] },
  issn: { bibtex: ["issn"], ris: ["SN"], "csl-json": ["ISSN"] },
  language: { bibtex: ["language", "langid"], ris: ["LA"], "csl-json": ["language"] },
};

const textDetails = Object.keys(detailNames) as readonly TextDetail[];

/** The details of an entry; `null` for a paper without one. */
export function detailsOf({ entry }: Paper): Details | null {
  if (entry === undefined) return null;
  const texts = Object.fromEntries(
    textDetails.map((detail) => [detail, firstText(entry, detailNames[detail][entry.format])]),
  ) as Record<TextDetail, string>;
  if (entry.format === "ris") {
    const last = firstText(entry, ["EP"]);
    if (last !== "" && texts.pages !== "" && !/[-–—]/.test(texts.pages)) texts.pages += `-${last}`;
    // One tag has both kinds of number: an ISSN has eight digits.
    const isIssn =
      /^[^\dX]*(?:\d[^\dX]*){7}[\dX]\b/i.test(texts.issn) && !/(?:\d[^\d]*){10}/.test(texts.issn);
    if (isIssn) texts.isbn = "";
    else texts.issn = "";
  }
  return { ...texts, editors: editorsOf(entry) };
}

/**
 * The authors to write. A book without authors shows its editors in their place, and they are written as editors
 * only.
 */
export function authorsToWrite({ authors }: Paper, details: Details | null): readonly string[] {
  const editors = details?.editors ?? [];
  const areEditors = editors.length > 0 && editors.join("\n") === authors.join("\n");
  return areEditors ? [] : authors;
}

/** Whether the entry has a title; otherwise the paper shows its citation, which is not a title. */
export function hasOwnTitle({ entry }: Paper): boolean {
  if (entry === undefined) return true;
  const names = {
    bibtex: ["title", "booktitle"],
    ris: ["TI", "T1", "CT", "BT", "ST"],
    "csl-json": ["title"],
  }[entry.format];
  return entry.fields.length === 0 || isPartial(entry) || firstText(entry, names) !== "";
}

function firstText(entry: BibliographyEntry, names: readonly string[]): string {
  for (const name of names) {
    for (const [field, value] of entry.fields) {
      const isField = entry.format === "bibtex" ? field.toLowerCase() === name : field === name;
      const text = isField ? readable(entry, value) : "";
      if (text !== "") return text;
    }
  }
  return "";
}

function readable({ format }: BibliographyEntry, value: unknown): string {
  if (format === "bibtex") return texText(fieldText(String(value)), 2_000);
  if (format === "ris") return fromMarkup(String(value).replaceAll("\n", " "));
  const one = Array.isArray(value) ? value[0] : value;
  return typeof one === "number" ? String(one) : typeof one === "string" ? fromMarkup(one) : "";
}

function editorsOf({ format, fields }: BibliographyEntry): readonly string[] {
  if (format === "bibtex") {
    const found = fields.find(([name]) => name.toLowerCase() === "editor");
    return found ? texNames(fieldText(String(found[1]))).names : [];
  }
  if (format === "ris") {
    const tags = fields.filter(([tag]) => tag === "A2" || tag === "ED");
    return tags.map(([, value]) => personName(String(value))).filter(Boolean);
  }
  const value = fields.find(([name]) => name === "editor")?.[1];
  return (Array.isArray(value) ? value : []).map(cslName).filter(Boolean);
}

function cslName(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const name = value as Readonly<Record<string, unknown>>;
  const parts = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"];
  const whole = parts.map((part) => name[part]).filter((part) => typeof part === "string" && part !== "");
  return clean(whole.length > 0 ? whole.join(" ") : typeof name.literal === "string" ? name.literal : "");
}
