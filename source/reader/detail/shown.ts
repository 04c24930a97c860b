import type { Paper } from "../../papers/paper.js";
import { plainTex, renderTex } from "../../text/tex/render.js";
import type { RenderedTex } from "../../text/tex/rendered.js";
import type { CacheName, Caches } from "../caches.js";
import { LruCache } from "./lru-cache.js";

/** The fields that may have TeX. */
export type TexField = "title" | "abstract" | "comment" | "journal" | "summary";

type Rendered = Partial<Record<TexField, RenderedTex>>;

const rendered: CacheName<LruCache<Paper, Rendered>> = { make: () => new LruCache() };

/**
 * A field of a paper as it is shown: its TeX as signs, or as the source writes it. Cached per paper, because
 * every key needs it.
 */
export function shownField(caches: Caches, paper: Paper, field: TexField, asSource: boolean): RenderedTex {
  const source = paper[field] ?? "";
  if (asSource) return { text: source, styles: [], links: [] };
  const papers = caches.of(rendered);
  let known = papers.get(paper);
  if (known === undefined) {
    known = {};
    papers.set(paper, known);
  }
  known[field] ??= withAddresses(renderTex(source));
  return known[field];
}

/** The keywords of a paper in a line: their TeX as signs, or as the source writes it. */
export function shownKeywords({ keywords }: Paper, asSource: boolean): string {
  return keywords.map((one) => (asSource ? one : plainTex(one))).join(", ");
}

/** Web addresses in a text, without the full stop or bracket after them. */
const addresses = /https?:\/\/[^\s<>"“”]*[^\s<>"“”.,;:!?)\]}'’]/gi;

/**
 * A text whose addresses are links, and whose links lead where they say: one that is written as an
 * address and leads to another host is left out.
 */
function withAddresses(shown: RenderedTex): RenderedTex {
  const { text } = shown;
  const honest = shown.links.filter(({ start, end, url }) => isHonest(text.slice(start, end), url));
  if (!text.includes("://"))
    return honest.length === shown.links.length ? shown : { ...shown, links: honest };
  const found = [...text.matchAll(addresses)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    url: match[0],
  }));
  const free = found.filter(
    (one) => !shown.links.some(({ start, end }) => start < one.end && end > one.start),
  );
  return { ...shown, links: [...honest, ...free] };
}

/** Whether a link's text, if it looks like an address, names the host that the link leads to. */
function isHonest(text: string, url: string): boolean {
  const named = /^(?:[a-z]+:\/\/)?([\w-]+(?:\.[\w-]+)+)(?:[/:?#]|$)/i.exec(text.trim())?.[1];
  if (named === undefined || !URL.canParse(url)) return true;
  const bare = (host: string) => host.toLowerCase().replace(/^www\./, "");
  return bare(named) === bare(new URL(url).hostname);
}
