import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { exportFormats, exportPapers } from "../../source/exports/index.js";
import { readListing } from "../../source/formats/index.js";
import { arxivId, doiOf } from "../../source/papers/identity.js";
import { makeListing } from "../../source/papers/listing.js";
import { makePaper, type Paper, titleId } from "../../source/papers/paper.js";
import { joinDoubles } from "../../source/papers/same/join-doubles.js";
import { Caches } from "../../source/reader/caches.js";
import { pageOf } from "../../source/reader/detail/page-content.js";
import { snippetLine } from "../../source/screen/snippet.js";
import { buildIndex } from "../../source/search/index/search-index.js";
import { highlights, matcherFor } from "../../source/search/match/highlight.js";
import { search } from "../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../source/search/query/query.js";
import { KeyDecoder } from "../../source/terminal/keys.js";
import { cellWidth, cutToWidth, fitToWidth, graphemes } from "../../source/text/cells.js";
import { clean } from "../../source/text/clean.js";
import { decode } from "../../source/text/encoding/decode.js";
import { fromMarkup } from "../../source/text/markup.js";
import { fromTexAccents, personName } from "../../source/text/names.js";
import { renderTex } from "../../source/text/tex/render.js";
import { wrap, wrapParagraph } from "../../source/text/wrap.js";

/** Something the program does with a text of a stranger. */
export interface Work {
  /** What is done: an export, a format. */
  readonly subject: string;
  /** Where the text is: a field, a part of a file. */
  readonly place: string;
  readonly run: (input: string) => unknown;
}

const fixtures = fileURLToPath(new URL("../../fixtures/", import.meta.url));
const today = "2026-11-23";

/** The fields of a paper in which a text can be long. */
const textFields = [
  "title",
  "abstract",
  "comment",
  "journal",
  "url",
  "pdf",
  "code",
  "doi",
  "id",
  "organization",
] as const;
const listFields = ["authors", "keywords", "categories"] as const;

function paperWith(field: string, text: string): Paper {
  const value = (listFields as readonly string[]).includes(field) ? [text, "Ann Own"] : text;
  return makePaper({
    id: "2001.00001",
    title: "Own title",
    abstract: "Own abstract.",
    authors: ["Ann Own"],
    published: "2020-01-01",
    ...{ [field]: value },
  });
}

const other = makePaper({ id: "2001.00002", title: "Another title", authors: ["Bob Own"] });
const listingOf = (papers: readonly Paper[]) => makeListing("own", { papers, day: null, problems: [] });

const fields = [...textFields, ...listFields];

/** Works on a text by itself: cleaning, names, TeX, widths, wrapping, identifiers, keys, the filter's language. */
export const textWorks: readonly Work[] = [
  { subject: "clean", place: "whole", run: clean },
  { subject: "fromMarkup", place: "whole", run: fromMarkup },
  { subject: "fromTexAccents", place: "whole", run: fromTexAccents },
  { subject: "personName", place: "whole", run: personName },
  { subject: "renderTex", place: "whole", run: renderTex },
  { subject: "decode", place: "whole", run: (text) => decode(Buffer.from(text)) },
  { subject: "decode Latin-1", place: "whole", run: (text) => decode(Buffer.from(text, "latin1")) },
  {
    subject: "decode UTF-16",
    place: "whole",
    run: (text) => decode(Buffer.from(`\ufeff${text}`, "utf16le")),
  },
  { subject: "wrap", place: "whole", run: (text) => wrap(text, 60) },
  { subject: "wrapParagraph", place: "whole", run: (text) => wrapParagraph(text, 60) },
  { subject: "cellWidth", place: "whole", run: cellWidth },
  { subject: "cutToWidth", place: "whole", run: (text) => cutToWidth(text, 70) },
  { subject: "cutToWidth of a wide pane", place: "whole", run: (text) => cutToWidth(text, 100_000) },
  { subject: "fitToWidth", place: "whole", run: (text) => fitToWidth(text, 70, "right") },
  { subject: "graphemes", place: "whole", run: graphemes },
  { subject: "arxivId", place: "whole", run: arxivId },
  { subject: "doiOf", place: "whole", run: doiOf },
  { subject: "titleId", place: "whole", run: titleId },
  { subject: "parseQuery", place: "whole", run: parseQuery },
  { subject: "parseQuery of a quoted text", place: "whole", run: (text) => parseQuery(`title:"${text}`) },
  {
    subject: "parseQuery of a value",
    place: "whole",
    run: (text) => parseQuery(`year:${text} -author:${text}`),
  },
  { subject: "keys", place: "whole", run: (text) => [...new KeyDecoder().push(text)] },
  {
    subject: "pasted keys",
    place: "whole",
    run: (text) => [...new KeyDecoder().push(`\x1b[200~${text}\x1b[201~`)],
  },
];

/** Works on a paper one of whose fields is long. */
export const paperWorks: readonly Work[] = fields.flatMap((field) => [
  ...exportFormats.map((format) => ({
    subject: `export ${format}`,
    place: field,
    run: (text: string) => exportPapers([{ paper: paperWith(field, text), bits: 0 }], format),
  })),
  {
    subject: "page",
    place: field,
    run: (text: string) =>
      pageOf(new Caches(), paperWith(field, text), 0, {
        width: 70,
        ascii: false,
        asSource: false,
        allAuthors: true,
      }),
  },
  {
    subject: "one paper of two",
    place: field,
    run: (text: string) =>
      joinDoubles([paperWith(field, text), { ...paperWith(field, `${text}x`), id: "2001.00002" }]),
  },
]);

const queries = [
  "hessian",
  "own ti",
  '"own title"',
  "author:own x",
  'author:"a a word"',
  "ann owm",
  "hessain",
  "-a",
  "2001.00001",
  "ot",
];

/** The filter: a long text that is searched, and a long query. */
export const searchWorks: readonly Work[] = [
  ...(["title", "abstract", "authors", "keywords"] as const).map((field) => ({
    subject: "search",
    place: field,
    run: (text: string) => {
      const listing = listingOf([paperWith(field, text), other]);
      const index = buildIndex(listing);
      for (const typed of queries) {
        const query = parseQuery(typed);
        search(index, query, () => 0);
        const matcher = matcherFor(index, query);
        for (const where of ["title", "authors", "abstract"] as const) highlights(matcher, text, where);
        snippetLine(new Caches(), matcher, listing.paper(0), 70, { titleLength: 40, firstAuthor: false }, {});
      }
    },
  })),
  {
    subject: "search for",
    place: "the query",
    run: (text) => {
      const listing = listingOf([paperWith("title", "Own words aaaa 1.1 {} and so on"), other]);
      const index = buildIndex(listing);
      for (const typed of [text, `"${text}`, `author:${text}`]) {
        const query = parseQuery(typed);
        search(index, query, () => 0);
        highlights(matcherFor(index, query), "Own words aaaa 1.1 {} and so on", "title");
      }
    },
  },
];

/** Reading: each fixture of each format with the long text in place of a field; bibliographies are written again. */
export function formatWorks(): readonly Work[] {
  const names = readdirSync(fixtures, { recursive: true, encoding: "utf8" }).sort();
  return names
    .filter((name) => name.endsWith(".expected.json"))
    .flatMap((expectedName) => {
      const stem = expectedName.replace(".expected.json", "");
      const name =
        names.find((one) => one === stem) ??
        names.find((one) => one !== expectedName && one.startsWith(`${stem}.`));
      if (name === undefined) return [];
      const whole = readFileSync(fixtures + name, "utf8");
      const expected = JSON.parse(readFileSync(fixtures + expectedName, "utf8"));
      const papers: Paper[] = expected.papers ?? expected;
      const isBibliography = /^(?:library\.bib|ris\.ris|csl-json\.json)$/.test(name);
      return placesIn(whole, papers).map(({ field, from, to }) => ({
        subject: `read ${name}`,
        place: field,
        run: async (text: string) => {
          const result = await readListing(Buffer.from(whole.slice(0, from) + text + whole.slice(to)), {
            today,
          });
          if (!result.ok || !isBibliography || from === 0) return;
          const read = result.listing.papers.map((paper) => ({ paper, bits: 0 }));
          for (const format of ["bibtex", "ris", "csl-json"] as const) exportPapers(read, format);
        },
      }));
    });
}

/** Where the values of fields are in a text, and its beginning and end. */
function placesIn(whole: string, papers: readonly Paper[]): { field: string; from: number; to: number }[] {
  const found = [
    { field: "first", from: 0, to: 0 },
    { field: "all", from: 0, to: whole.length },
    { field: "last", from: whole.length, to: whole.length },
  ];
  const middle = whole.indexOf("\n", whole.length / 2) + 1;
  found.push({ field: "a line", from: middle, to: middle });
  for (const field of [...fields, "published", "updated"] as const) {
    for (const paper of papers) {
      const value = (paper as unknown as Record<string, unknown>)[field];
      const first = Array.isArray(value) ? value[0] : value;
      if (typeof first !== "string" || first === "") continue;
      const piece = first.slice(0, 24);
      const from = whole.indexOf(piece);
      if (from < 0) continue;
      found.push({ field, from, to: from + (whole.startsWith(first, from) ? first : piece).length });
      break;
    }
  }
  return found;
}
