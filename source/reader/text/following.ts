import type { Block } from "../../fulltext/blocks.js";
import { pictureScheme } from "../../fulltext/rows/row.js";
import { arxivId, textIdOf } from "../../papers/identity.js";
import type { Paper } from "../../papers/paper.js";
import { pageToOpen } from "../detail/links.js";
import type { Update } from "../messages.js";
import type { Model } from "../model.js";
import {
  blockOfAnchor,
  emptyText,
  firstRow,
  jumped,
  said,
  scrolledTo,
  textGeometry,
  topBlock,
} from "./open-text.js";
import { arxivIn, arxivOfReference, paperOfReference } from "./references.js";
import type { OpenText } from "./text-state.js";

export function turnLink(model: Model, open: OpenText, by: 1 | -1): Update {
  const { links, top, link } = open;
  const { height } = textGeometry(model.size);
  let next: number;
  if (link !== null) next = link + by;
  else if (by > 0) next = links.findIndex(({ row }) => row >= top);
  else next = links.findLastIndex(({ row }) => row < top + height);
  const target = links[next];
  if (next < 0 || !target) return said(model, by > 0 ? "no link further down" : "no link further up");
  const isShown = target.row >= top && target.row < top + height;
  const moved = isShown ? open : scrolledTo(open, target.row - (height >> 1), model.size);
  return [{ ...model, text: { ...moved, link: next } }, []];
}

/** The block that the chosen link leads to within the text; `null` where it leads elsewhere. */
export function linkedBlock({ text, link, links }: OpenText): { block: Block; index: number } | null {
  const href = link === null ? undefined : links[link]?.href;
  if (!text || !href?.startsWith("#")) return null;
  const index = blockOfAnchor(text, href.slice(1));
  const block = text.blocks[index];
  return block ? { block, index } : null;
}

/** What is said where an entry of a bibliography names no paper that could be opened or marked. */
export const noIdKnown = "this reference has no arXiv id";

/**
 * The paper that the chosen link cites, as far as the bibliography knows it; "unknown" for an entry without an
 * identifier, `null` where the link cites none.
 */
export function citedBy(open: OpenText): Paper | "unknown" | null {
  const link = open.link === null ? undefined : open.links[open.link];
  if (!link) return null;
  const here = open.text?.blocks[open.rows[link.row]?.block ?? -1];
  const target = linkedBlock(open)?.block ?? here;
  const inLink = arxivIn(link.href);
  // A link in an entry is one of its addresses, such as its DOI.
  if (target?.kind === "reference") {
    const id = inLink ?? arxivOfReference(target);
    return id === null ? "unknown" : paperOfReference(target, id);
  }
  return inLink === null || inLink === open.paper.id ? null : paperOfReference(emptyReference, inLink);
}

export function follow(model: Model, open: OpenText): Update {
  if (open.link === null) {
    if (open.isCard) return readCard(model, open);
    return said(model, "Tab chooses a link or a picture, Enter opens it");
  }
  const href = open.links[open.link]?.href ?? "";
  const target = linkedBlock(open);
  const cited = citedBy(open);
  // Another address in an entry, such as a publisher's, opens in the browser.
  const isOfPaper = target !== null || arxivIn(href) !== null;
  if (isOfPaper && cited !== null && cited !== "unknown") return openReference(model, open, cited);
  if (target) {
    const row = firstRow(open.rows, target.index);
    const next = scrolledTo(open, row - 1, model.size);
    const isHere = target.block.kind === "reference" && row >= open.top && next.top === open.top;
    if (isHere) return said(model, noIdKnown);
    if (next.top === open.top) return said(model, "this link leads to what is on the screen");
    // Who chooses a link reads, also where a jump led.
    const followed: Model = { ...model, text: { ...jumped({ ...open, landed: null }, next), link: null } };
    if (target.block.kind !== "reference") return [followed, []];
    return said(followed, `${referenceName(target.block)}: no arXiv id is known · Backspace goes back`);
  }
  if (href.startsWith(pictureScheme)) {
    return showPicture(model, open, href.slice(pictureScheme.length));
  }
  if (href.startsWith("#"))
    return said(
      model,
      open.isWhole ? "this link leads to nothing in the text" : "the rest is still being read",
    );
  const url = absoluteLink(href, open);
  return url === null
    ? said(model, "this link leads nowhere")
    : [model, [{ type: "open", url, what: "the link" }]];
}

/** How messages name an entry of a bibliography: by its label, such as `[13]`. */
const referenceName = ({ label }: Block): string => label ?? "this reference";

const emptyReference: Block = { kind: "reference", id: "", level: 0, label: null, spans: [] };

function showPicture(model: Model, open: OpenText, source: string): Update {
  const { paper, text, address } = open;
  const isAbsolute = /^https?:/i.test(source);
  // The JATS of other servers has file names that only they know.
  const isKnown = isAbsolute || isLocal(address) || text?.base != null || arxivId(paper.id) !== null;
  if (!isKnown) return said(model, "its pictures are on its page · o opens it");
  const isFile = isLocal(address) && !isAbsolute;
  const found = isFile ? fileOf(source, address as string) : absoluteLink(source, open);
  if (source === "" || found === null) return said(model, "this picture cannot be fetched");
  // The page may be a stranger's: it must not lead to other files of the person.
  if (isFile && !found.startsWith(new URL(".", address as string).href))
    return said(model, "this picture is outside the folder of its page: not opened");
  return [model, [{ type: "show-picture", address: found, page: address ?? "" }]];
}

const isLocal = (address: string | null): boolean => address?.startsWith("file:") === true;

/** The `file:` address of a file that a local page names; `null` for other addresses. */
function fileOf(source: string, page: string): string | null {
  if (!URL.canParse(source, page)) return null;
  const url = new URL(source, page);
  return url.protocol === "file:" && url.host === "" ? url.href : null;
}

function absoluteLink(href: string, { address, text }: OpenText): string | null {
  if (/^(?:https?|mailto):/i.test(href)) return href;
  const base = address === null ? null : joined(text?.base ?? "", address);
  return base === null ? null : joined(href, base);
}

/** Resolves a relative address (RFC 3986); `null` unless the result is http or https. */
function joined(href: string, base: string): string | null {
  if (!URL.canParse(href, base)) return null;
  const url = new URL(href, base);
  return /^https?:$/.test(url.protocol) ? url.href : null;
}

/** Opens what is known of a cited paper; `f` then reads its text. */
function openReference(model: Model, open: OpenText, paper: Paper): Update {
  const next = { ...emptyText(paper, open), working: `looking for arXiv:${paper.id}` };
  return [{ ...model, text: next }, [{ type: "read-reference", arxiv: paper.id }]];
}

export function readCard(model: Model, open: OpenText): Update {
  const { paper } = open;
  return [
    { ...model, text: emptyText(paper, open) },
    [{ type: "read-text", paper: paper.id, textId: textIdOf(paper) ?? paper.id }],
  ];
}

/** Opens the page in the browser at the nearest anchor that is the page's own. */
export function openAt(model: Model, { address, text, ...open }: OpenText): Update {
  if (address?.startsWith("file:")) return [model, [{ type: "show-file", address }]];
  const { url: page, what } = address === null ? pageToOpen(open.paper) : { url: address, what: "its page" };
  const blocks = text?.blocks.slice(0, topBlock({ ...open, address, text }) + 1) ?? [];
  const anchored = address === null ? undefined : blocks.findLast(({ id }) => !id.includes("~"));
  const url = anchored && open.top > 0 ? `${page}#${encodeURIComponent(anchored.id)}` : page;
  return [model, [{ type: "open", url, what }]];
}
