import { doiOf } from "../../../papers/identity.js";
import type { Format } from "../../format.js";
import { countAt, dayAt, markup, nameAt, text, texts, titleAt } from "../fields.js";
import { foundPaper } from "../found-paper.js";
import { jsonFormat } from "../json.js";
import { marked } from "./reading.js";

/** Details from bioRxiv and medRxiv, one entry per version. https://api.biorxiv.org */
export const bioRxiv: Format = jsonFormat({
  name: "bioRxiv or medRxiv API response (JSON)",
  title: "bioRxiv",
  knownBy: "`collection` beside `server` or `messages`",
  from: "https://api.biorxiv.org/details/… and /pubs/…",
  detect: marked(
    0.95,
    /"collection"\s*:\s*\[/,
    /"(?:server|messages|preprint_doi|author_corresponding)"\s*:/,
  ),
  listing: {
    lists: ["collection"],
    isEntry: (entry) => entry.doi !== undefined || entry.preprint_doi !== undefined,
    toPaper: (entry) => {
      const doi = doiOf(text(entry.doi) ?? text(entry.preprint_doi) ?? text(entry.biorxiv_doi) ?? "");
      const server = (text(entry.server) ?? text(entry.preprint_platform) ?? "bioRxiv").toLowerCase();
      const published = text(entry.published) ?? text(entry.published_doi);
      return foundPaper({
        title: titleAt(signs(entry.title ?? entry.preprint_title)),
        abstract: markup(signs(entry.abstract ?? entry.preprint_abstract)) ?? "",
        authors: peopleIn(entry.authors ?? entry.preprint_authors),
        published: dayAt(entry.date) ?? dayAt(entry.preprint_date),
        categories: texts([entry.category ?? entry.preprint_category]),
        doi,
        journal:
          published === null || /^NA$/i.test(published) ? null : (text(entry.published_journal) ?? null),
        url: doi === null ? null : `https://doi.org/${encodeURI(doi)}`,
        pdf:
          doi === null || !/^10\.(?:1101|64898)\//.test(doi)
            ? null
            : `https://www.${server === "medrxiv" ? "medrxiv" : "biorxiv"}.org/content/${encodeURI(doi)}v${countAt(Number(text(entry.version))) || countAt(entry.version) || 1}.full.pdf`,
        withdrawn: /withdraw/i.test(text(entry.type) ?? ""),
      });
    },
  },
});

/** Symbols named in braces without a backslash, like `{beta}`, so that they are not TeX commands. */
const named: ReadonlyMap<string, string> = new Map([
  ["degree", "°"],
  ["degrees", "°"],
  ["+/-", "±"],
  ["middle dot", "·"],
  ["micro", "µ"],
  ["Aring", "Å"],
]);

function signs(value: unknown): unknown {
  if (typeof value !== "string" || !value.includes("{")) return value;
  return value.replace(/\{([\w+/ -]{3,10})\}/g, (whole, name: string) => named.get(name) ?? whole);
}

/** "Holm, I.; Reed, O." */
function peopleIn(value: unknown): string[] {
  return (text(value) ?? "").split(";").flatMap((name) => nameAt(name) ?? []);
}
