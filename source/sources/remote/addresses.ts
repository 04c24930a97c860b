import { isIsoDay } from "../../formats/fields/dates.js";
import { arxivId } from "../../papers/identity.js";
import { identifiersIn } from "../../papers/pasted-identifiers.js";

/** A listing on a server: its address, and how long a cached response is valid. */
export interface RemoteListing {
  /** Its name on the command line: `daily:2025-10-29`. */
  readonly argument: string;
  /** The address of its first page. */
  readonly address: string;
  /** Its name in the header. */
  readonly name: string;
  /** The last day it can still change, `YYYY-MM-DD`; `null` if it always can. */
  readonly settled: string | null;
  /** The format of its responses (`Format.name`); absent if any is possible. */
  readonly format?: string;
  /** Whether it is a single day, with a day before and after. */
  readonly hasDays?: boolean;
  readonly pages?: Pages;
  /** What a response without papers means, for a listing that is no day. */
  readonly whyEmpty?: string;
}

/** How to request a listing of several pages. */
export interface Pages {
  /** Papers per page; a page with fewer is the last. */
  readonly size: number;
  /** Whether to read all pages at once; otherwise they are read on demand. */
  readonly all: boolean;
  /** The address of a page, from 0. */
  address(page: number): string;
}

/** The servers from the environment or the settings. */
export interface Endpoints {
  /** Hugging Face's server; its own tools use `HF_ENDPOINT` too. */
  readonly huggingFace: string;
  readonly arxiv: string;
}

export const defaultEndpoints: Endpoints = {
  huggingFace: "https://huggingface.co",
  arxiv: "https://export.arxiv.org",
};

/** The formats of the APIs of Hugging Face and arXiv, by their names in `formats`. */
const huggingFaceAnswer = "Daily Papers API response (JSON)";
const arxivAnswer = "arXiv API response or feed (Atom)";

/** Papers per request: Hugging Face allows no more, arXiv 2,000. */
const pageSize = 100;

/**
 * The listing that a source names: an `https:` address (pages of listings on arXiv and Hugging Face give the
 * listing itself), `daily` (of a day `2025-10-29`, a week `2025-W44` or a month `2025-10`), `trending`,
 * `search:WORDS`, `arxiv:cs.LG+cs.CL` or `arxiv:WORDS`. `null` if the text names none of them; a sentence if it
 * is malformed.
 *
 * API: https://huggingface.co/docs/hub/api#papers, https://info.arxiv.org/help/api/user-manual.html
 */
export function toRemote(written: string, endpoints: Endpoints): RemoteListing | string | null {
  const text = fromPage(written) ?? written;
  if (/^https?:\/\//i.test(text)) {
    if (!URL.canParse(text)) return `“${text}” is not a web address`;
    const doi = crossrefDoi(text);
    return {
      argument: text,
      address: text,
      name: doi === null ? hostOf(text) : `doi:${doi}`,
      settled: null,
    };
  }
  const [, kind = "", words = ""] = /^(daily|trending|search|arxiv)(?::(.*))?$/s.exec(text) ?? [];
  if (kind !== "") {
    const endpoint = kind === "arxiv" ? endpoints.arxiv : endpoints.huggingFace;
    if (!URL.canParse(endpoint)) {
      return `“${endpoint}” is not a web address: look at ${kind === "arxiv" ? "the setting arxivEndpoint" : "HF_ENDPOINT"}`;
    }
  }
  const api = `${endpoints.huggingFace.replace(/\/+$/, "")}/api`;
  switch (kind) {
    case "daily":
      return daily(words.trim(), api);
    case "trending":
      return {
        argument: "trending",
        address: `${api}/daily_papers?sort=trending&limit=100`,
        name: "Trending papers",
        settled: null,
        format: huggingFaceAnswer,
      };
    case "search":
      if (words.trim() === "") return "search: needs words, as in search:diffusion";
      return {
        argument: `search:${words.trim()}`,
        address: `${api}/papers/search?q=${encodeURIComponent(words.trim())}`,
        name: `Search: ${words.trim()}`,
        settled: null,
        format: huggingFaceAnswer,
      };
    case "arxiv":
      if (words.trim() === "") return "arxiv: needs categories or words, as in arxiv:cs.LG+cs.CL";
      return arxivPapers(words, endpoints) ?? arxiv(words.trim(), endpoints.arxiv.replace(/\/+$/, ""));
    default:
      return null;
  }
}

const schemes = String.raw`^(?:https?:\/\/)?(?:www\.|export\.)?`;
/** Pages of arXiv's newest papers; pages of a month or a year are ordinary addresses. */
const listingPage = new RegExp(
  String.raw`${schemes}arxiv\.org\/list\/([a-z-]+(?:\.[A-Za-z-]+)?)(?:\/(?:recent|new|pastweek|current)?)?\/?(?:[?#].*)?$`,
);
const paperPage = new RegExp(String.raw`${schemes}arxiv\.org\/(?:abs|pdf|html)\/([^?#]+)`);
const dailyPage =
  /^(?:https?:\/\/)?huggingface\.co\/papers(?:\/(trending)|\/(?:date|week|month)\/([\dW-]+))?\/?(?:[?#].*)?$/;

/** The source of a web page, if its server has a better form of it; otherwise `null`. */
function fromPage(address: string): string | null {
  const category = listingPage.exec(address)?.[1];
  if (category !== undefined) return `arxiv:${category}`;
  const paper = arxivId(paperPage.exec(address)?.[1]?.replace(/\.pdf$/, "") ?? "");
  if (paper !== null) return `arxiv:${paper}`;
  const day = dailyPage.exec(address);
  if (day === null) return null;
  return day[1] ?? (day[2] === undefined ? "daily" : `daily:${day[2]}`);
}

function daily(when: string, api: string): RemoteListing | string {
  const argument = when === "" ? "daily" : `daily:${when}`;
  const base = `${api}/daily_papers?limit=${pageSize}`;
  const at = (query: string, settled: string): Omit<RemoteListing, "name"> => {
    const first = `${base}&${query}`;
    const address = (page: number) => (page === 0 ? first : `${first}&p=${page}`);
    const pages: Pages = { size: pageSize, all: true, address };
    return { argument, address: first, settled, format: huggingFaceAnswer, pages };
  };
  if (when === "") {
    const newest = { argument, address: base, settled: null, format: huggingFaceAnswer };
    return { ...newest, name: "Daily Papers", hasDays: true };
  }
  if (isIsoDay(when)) return { ...at(`date=${when}`, when), name: "Daily Papers", hasDays: true };
  const name = `Daily Papers ${when}`;
  const week = /^(\d{4})-W(\d\d)$/.exec(when);
  if (week && Number(week[2]) >= 1 && Number(week[2]) <= 53) {
    return { ...at(`week=${when}`, lastOfWeek(week)), name };
  }
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(when);
  if (month) {
    const last = new Date(Date.UTC(Number(month[1]), Number(month[2]), 0)).toISOString().slice(0, 10);
    return { ...at(`month=${when}`, last), name };
  }
  return `daily: takes a day, a week or a month (daily:2025-10-29, daily:2025-W44, daily:2025-10), not “${when}”`;
}

/** The Sunday of an ISO week (ISO 8601: the week with 4 January in it is the first). */
function lastOfWeek([, year, week]: RegExpExecArray): string {
  const fourth = new Date(Date.UTC(Number(year), 0, 4));
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 86_400_000;
  return new Date(monday + (Number(week) * 7 - 1) * 86_400_000).toISOString().slice(0, 10);
}

/** Archives of arXiv with subcategories. https://arxiv.org/category_taxonomy */
const archives = /^(?:astro-ph|cond-mat|cs|econ|eess|math|nlin|physics|q-bio|q-fin|stat)$/;

/** Categories (`cs.LG+cs.CL`, `hep-th`), or else words to search in every field. */
function arxiv(text: string, endpoint: string): RemoteListing {
  const categories = text.split(/[+,\s]+/);
  const isCategories = categories.every(
    (one) => /^[a-z-]+\.[A-Za-z-]{2,}$|^(?:hep|gr|math|nucl|quant)-[a-z]+$/.test(one) || archives.test(one),
  );
  const search = isCategories
    ? categories.map((one) => `cat:${one}${archives.test(one) ? ".*" : ""}`).join(" OR ")
    : text
        .split(/\s+/)
        .map((word) => `all:${word}`)
        .join(" AND ");
  const address = (page: number) => {
    const query = new URLSearchParams({
      search_query: search,
      start: String(page * pageSize),
      max_results: String(pageSize),
      sortBy: "submittedDate",
      sortOrder: "descending",
    });
    return `${endpoint}/api/query?${query}`;
  };
  return {
    argument: `arxiv:${text}`,
    address: address(0),
    name: `arXiv ${text}`,
    settled: null,
    format: arxivAnswer,
    pages: { size: pageSize, all: false, address },
    ...(isCategories ? {} : { whyEmpty: `arXiv finds nothing for ${text}` }),
  };
}

/** The listing of a single paper, by its arXiv identifier. */
export function arxivPaper(id: string, { arxiv }: Endpoints): RemoteListing {
  const address = `${arxiv.replace(/\/+$/, "")}/api/query?id_list=${encodeURIComponent(id)}`;
  const whyEmpty = `arXiv has no paper ${id}`;
  return { argument: id, address, name: `arXiv ${id}`, settled: null, format: arxivAnswer, whyEmpty };
}

/** How many identifiers one request may name. https://info.arxiv.org/help/api/user-manual.html */
const mostNamed = 200;

/** The listing of papers by their arXiv identifiers: `2510.22543,2401.00001`; `null` if a text has anything else. */
function arxivPapers(written: string, endpoints: Endpoints): RemoteListing | null {
  const found = identifiersIn(written).filter(({ kind }) => kind === "arxiv");
  const ids = found.map(({ id }) => id);
  const [only] = ids;
  if (only === undefined || identifiersIn(written).length > ids.length) return null;
  if (ids.length === 1) return arxivPaper(only, endpoints);
  const named = ids.slice(0, mostNamed);
  const query = new URLSearchParams({ id_list: named.join(","), max_results: String(named.length) });
  return {
    argument: `arxiv:${named.join(",")}`,
    address: `${endpoints.arxiv.replace(/\/+$/, "")}/api/query?${query}`,
    name: `arXiv: ${named.length} papers`,
    settled: null,
    format: arxivAnswer,
    whyEmpty: "arXiv has none of these papers",
  };
}

/** The DOI in a Crossref address (works/{doi}/transform); `null` for any other address. */
export function crossrefDoi(address: string): string | null {
  const name = /^https:\/\/api\.crossref\.org\/works\/([^/?#]+)\/transform\b/i.exec(address)?.[1];
  try {
    return name === undefined ? null : decodeURIComponent(name);
  } catch {
    return null; // A lone "%".
  }
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
