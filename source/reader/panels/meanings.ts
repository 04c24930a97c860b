import { arxivId, doiOf } from "../../papers/identity.js";
import { identifiersIn } from "../../papers/pasted-identifiers.js";
import { showDay } from "../detail/page-content.js";
import { daysNamed } from "./days.js";
import type { PanelEntry } from "./entry.js";
import { asPath } from "./files.js";

/** The typed text as a source. */
export function openEntry(typed: string): PanelEntry {
  const isNamed = /^(?:https?|arxiv|search|daily|trending):|^-$/i.test(typed);
  return sourceEntry(asPath(typed), isNamed ? "" : "a file of this name", typed);
}

function sourceEntry(name: string, text: string, label = name): PanelEntry {
  return { group: "Open", label, text, chosen: { type: "source", name } };
}

/**
 * What is typed for a source, where its form says what it is: a day, categories of arXiv, a paper, an
 * address. The likeliest meaning comes first. Empty if it may only be words or a path.
 */
export function meaningsOf(typed: string, today: string | null): readonly PanelEntry[] {
  const [, site = "", rest = ""] = /^(arxiv|daily)(?:\s*:\s*|\s+)(\S.*)$/i.exec(typed) ?? [];
  const text = site === "" ? typed : rest.trim();
  const entries = [
    ...(site.toLowerCase() === "daily" || site === "" ? daysMeant(text, today) : []),
    ...(site.toLowerCase() === "arxiv" || site === "" ? arxivMeant(text) : []),
    ...(site === "" ? [...doiMeant(text), ...addressMeant(text)] : []),
  ];
  if (entries.length === 0 && site.toLowerCase() === "arxiv") return [arxivSearch(text)];
  return entries;
}

/** The source that has papers which a text names, how many they are, and who answers. */
export interface MeantPapers {
  readonly name: string;
  readonly site: string;
  readonly count: number;
}

/**
 * The source of the papers that a text names by identifiers or addresses and nothing else: one, or several of
 * arXiv, which answers for many at once.
 */
export function paperMeant(typed: string): MeantPapers | null {
  const text = typed.trim();
  const id = arxivId(text);
  if (id !== null) return { name: id, site: "arXiv", count: 1 };
  const doi = doiOf(text);
  if (doi !== null) return { name: crossrefAddress(doi), site: "Crossref", count: 1 };
  const found = identifiersIn(text);
  const [first] = found;
  if (first === undefined || !found.every(({ kind }) => kind === "arxiv")) {
    return first === undefined || found.length > 1
      ? null
      : { name: crossrefAddress(first.id), site: "Crossref", count: 1 };
  }
  const name = found.length === 1 ? first.id : `arxiv:${found.map((one) => one.id).join(",")}`;
  return { name, site: "arXiv", count: found.length };
}

/** What words may mean: a search on Hugging Face or arXiv, or a filter of the open listing. */
export function wordsMeant(typed: string): readonly PanelEntry[] {
  const [, site, words] = /^(search|find|hf|hugging\s?face)\s+(\S.*)$/i.exec(typed) ?? [];
  const text = words ?? typed;
  const search = { ...sourceEntry(`search:${text}`, "search Hugging Face"), group: "Search" };
  const filter: PanelEntry = {
    group: "Here",
    label: text,
    text: "filter the papers that are open",
    chosen: { type: "filter", text },
  };
  return site === undefined || /^(?:search|find)$/i.test(site)
    ? [search, arxivSearch(text), filter]
    : [search];
}

function arxivSearch(words: string): PanelEntry {
  return { ...sourceEntry(`arxiv:${words}`, "search arXiv"), group: "Search" };
}

/** The days, weeks and months of Daily Papers that a text names. */
export function daysMeant(typed: string, today: string | null): readonly PanelEntry[] {
  return daysNamed(typed, today).map((day) =>
    sourceEntry(`daily:${day}`, `Daily Papers of ${/W/.test(day) ? `week ${day}` : showDay(day)}`),
  );
}

const address = /^https?:\/\/\S+$/i;

/** Archives of arXiv, with and without categories in them. https://arxiv.org/category_taxonomy */
const category =
  /^(?:(astro-ph|cond-mat|cs|econ|eess|math|nlin|physics|q-bio|q-fin|stat)(?:\.([a-z]{2}|[a-z]+(?:-[a-z]+)?))?|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph)$/i;

/** A paper by its identifier or address, or the newest in categories: `cs.CV`, `cs.LG, stat.ML`. */
function arxivMeant(typed: string): readonly PanelEntry[] {
  const id = arxivId(typed);
  if (id !== null) return [sourceEntry(id, "this paper, from arXiv")];
  const several = paperMeant(typed);
  if (several !== null && several.site === "arXiv" && several.count > 1)
    return [sourceEntry(several.name, `these ${several.count} papers, from arXiv`)];
  const listed = /arxiv\.org\/list\/([a-z-]+(?:\.[a-z-]+)?)(?:[/?#]|$)/i.exec(typed)?.[1];
  const named = (listed ?? typed).split(/\s*[+,;|]\s*|\s+and\s+|\s+/i);
  if (!named.every((one) => category.test(one))) return [];
  const names = named.map(categoryName);
  return [sourceEntry(`arxiv:${names.join("+")}`, `the newest on arXiv in ${names.join(", ")}`)];
}

/** `cs.cv` as arXiv writes it: subjects of two letters in capitals. */
function categoryName(typed: string): string {
  const [archive = "", subject] = typed.toLowerCase().split(".");
  if (subject === undefined) return archive;
  return `${archive}.${subject.length === 2 ? subject.toUpperCase() : subject}`;
}

/**
 * The BibTeX that Crossref gives for a DOI.
 * https://www.crossref.org/documentation/retrieve-metadata/rest-api/ (works/{doi}/transform)
 */
function crossrefAddress(doi: string): string {
  return `https://api.crossref.org/works/${encodeURIComponent(doi)}/transform/application/x-bibtex`;
}

/** A paper by its DOI, from Crossref. */
function doiMeant(typed: string): readonly PanelEntry[] {
  const doi = doiOf(typed);
  if (doi === null || arxivId(typed) !== null) return [];
  return [
    sourceEntry(crossrefAddress(doi), "this paper, from Crossref", `doi:${doi}`),
    {
      group: "Here",
      label: `id:${doi}`,
      text: "look for it in the papers that are open",
      chosen: { type: "filter", text: `id:${doi}` },
    },
  ];
}

/** Endings of file names that no host has. */
const fileEnding = /\.(?:bib|ris|json|jsonl|txt|md|csv|tsv|xml|html?|rdf|opml|nbib|enw|gz|zip|pdf|tex)$/i;

/** An address, with or without its scheme: `example.org/feed.xml`. */
function addressMeant(typed: string): readonly PanelEntry[] {
  const day = /huggingface\.co\/papers\/date\/(\d{4}-\d\d-\d\d)(?:[/?#]|$)/i.exec(typed)?.[1];
  const own = day === undefined ? [] : daysMeant(day, null);
  if (address.test(typed)) return [...own, sourceEntry(typed, "this address")];
  const host =
    /^(?:(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}|(localhost|\d+(?:\.\d+){3}))(:\d+)?([/?#]\S*)?$/i.exec(
      typed,
    );
  if (host === null || category.test(typed)) return own;
  const [, local, port, path] = host;
  if (port === undefined && path === undefined && fileEnding.test(typed)) return own;
  const name = `${local === undefined ? "https" : "http"}://${typed}`;
  return [...own, sourceEntry(name, "this address")];
}
