import { arxivId, doiOf } from "../../../papers/identity.js";
import type { Paper } from "../../../papers/paper.js";
import { knownDate } from "../../fields/dates.js";
import type { Format } from "../../format.js";
import {
  addressAt,
  arrayAt,
  countAt,
  dayAt,
  type Fields,
  listOf,
  markup,
  nameAt,
  objectAt,
  text,
  titleAt,
} from "../fields.js";
import { foundPaper } from "../found-paper.js";
import { headOf, jsonFormat, startsJson } from "../json.js";

/**
 * Responses of the OpenAlex API for works: a search or a filter (`/works?…`), or one work (`/works/W…`).
 * https://docs.openalex.org/api-entities/works/work-object
 */
export const openAlex: Format = jsonFormat({
  name: "OpenAlex API response (JSON)",
  from: "https://api.openalex.org/works",
  knownBy: "an `id` at openalex.org, or `abstract_inverted_index`",
  title: "OpenAlex",
  detect,
  listing: {
    lists: ["results"],
    isEntry: (entry) => workId.test(text(entry.id) ?? ""),
    toPaper,
  },
});

const workId = /^(?:https?:\/\/openalex\.org\/)?(?:works\/)?W\d+$/i;

function detect(whole: string): number {
  const head = headOf(whole);
  if (!startsJson(head)) return 0;
  if (/"id"\s*:\s*"https?:\/\/openalex\.org\/(?:works\/)?W\d/i.test(head)) return 0.95;
  if (/"abstract_inverted_index"\s*:/.test(head)) return 0.9;
  return /"meta"\s*:\s*\{[^{}]*"count"\s*:/.test(head) && /"results"\s*:\s*\[/.test(head) ? 0.6 : 0;
}

function toPaper(work: Fields): Paper | string {
  const doi = doiOf(text(work.doi) ?? text(objectAt(work.ids).doi) ?? "");
  const primary = objectAt(work.primary_location);
  const arxiv = arxivOf(work);
  const page = addressAt(work.id);
  return foundPaper({
    title: titleAt(work.title) ?? titleAt(work.display_name),
    abstract: abstractOf(work.abstract_inverted_index),
    authors: listOf(work.authorships, authorOf),
    published: dayAt(work.publication_date) ?? knownDate(work.publication_year),
    categories: listOf([work.primary_topic], (topic) =>
      text(objectAt(objectAt(topic).subfield).display_name),
    ),
    keywords: listOf(work.keywords, (keyword) => text(objectAt(keyword).display_name)),
    arxiv,
    doi,
    url:
      addressAt(primary.landing_page_url) ??
      (doi === null ? null : `https://doi.org/${doi}`) ??
      (arxiv === null ? page : null),
    pdf: addressAt(objectAt(work.best_oa_location).pdf_url) ?? addressAt(primary.pdf_url),
    // Responses from before 2023 have the venue instead.
    journal: markup(objectAt(primary.source).display_name) ?? markup(objectAt(work.host_venue).display_name),
    withdrawn: work.is_retracted === true,
    citations: countAt(work.cited_by_count),
    name: page === null ? null : page.replace(/^.*\//, "OpenAlex "),
  });
}

/** The arXiv identifier, found in the address of one of the work's locations. */
function arxivOf(work: Fields): string | null {
  for (const place of [work.primary_location, work.best_oa_location, ...arrayAt(work.locations)]) {
    for (const address of [objectAt(place).landing_page_url, objectAt(place).pdf_url]) {
      const id = typeof address === "string" ? arxivId(address) : null;
      if (id !== null) return id;
    }
  }
  return null;
}

function authorOf(value: unknown): string | null {
  const { author, raw_author_name } = objectAt(value);
  return nameAt(objectAt(author).display_name) ?? nameAt(raw_author_name);
}

/** Rebuilds an abstract from an inverted index, which maps each word to its positions, from 0. */
function abstractOf(index: unknown): string {
  const words = Object.keys(objectAt(index));
  const places = words.map((word) => arrayAt((index as Fields)[word]));
  return markup((inPlace(words, places) ?? sorted(words, places)).join(" ")) ?? "";
}

type Places = readonly (readonly unknown[])[];

/**
 * The words in order if every position from 0 on belongs to exactly one word, the usual case; else `null`.
 */
function inPlace(words: readonly string[], places: Places): string[] | null {
  let count = 0;
  for (const ofWord of places) count += ofWord.length;
  const found = new Array<string | null>(count).fill(null);
  // A whole response has hundreds of thousands of words, so the loops are plain.
  for (let at = 0; at < words.length; at += 1) {
    const ofWord = places[at] as readonly unknown[];
    for (let one = 0; one < ofWord.length; one += 1) {
      const place = ofWord[one];
      // Positions outside the array are `undefined`, so they fail this check too.
      if (typeof place !== "number" || found[place] !== null) return null;
      found[place] = words[at] as string;
    }
  }
  return found as string[];
}

/** The words in order, for arbitrary positions, which several words may share. */
function sorted(words: readonly string[], places: Places): string[] {
  const order: { readonly word: string; readonly place: number }[] = [];
  for (const [at, word] of words.entries()) {
    for (const place of places[at] ?? []) if (typeof place === "number") order.push({ word, place });
  }
  order.sort((one, other) => one.place - other.place);
  return order.map(({ word }) => word);
}
