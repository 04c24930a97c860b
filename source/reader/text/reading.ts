import { type Block, spansText } from "../../fulltext/blocks.js";
import { pictureScheme } from "../../fulltext/rows/row.js";
import { arxivAddresses, arxivId, textIdOf } from "../../papers/identity.js";
import { hasMark, type PaperChange, withMark } from "../../papers/marks.js";
import type { Paper } from "../../papers/paper.js";
import { greatest } from "../../text/numbers.js";
import { lineOfFormula } from "../../text/tex/layout/layout.js";
import { linkOf, pdfOf } from "../detail/links.js";
import { editWith } from "../filter/filtering.js";
import type { Key } from "../keys/key.js";
import { emptyLine } from "../keys/line-editor.js";
import { applyChanges, markRead, nothingHere } from "../list/marking.js";
import type { Effect, Update } from "../messages.js";
import { current, type Model } from "../model.js";
import { closedPanel } from "../panels/panel.js";
import {
  blockOfAnchor,
  emptyText,
  findMatches,
  firstRow,
  fitText,
  scrolledTo,
  sectionRows,
  textGeometry,
  topBlock,
} from "./open-text.js";
import { arxivIn, arxivOfReference, paperOfReference } from "./references.js";
import { type TextCommand, textCommandOf } from "./text-keys.js";
import type { OpenText } from "./text-state.js";

/** Cells that `h` and `l` move wide rows by. */
const sideStep = 8;

/** Opens the text of the paper under the cursor: at once where it is kept, else it is fetched. */
export function readText(model: Model): Update {
  const at = current(model);
  if (at === null) return nothingHere(model);
  const paper = model.listing.paper(at);
  const textId = textIdOf(paper);
  if (textId === null) {
    const text = "no text is known of this paper: it has no arXiv id, DOI or PMC number · o opens its page";
    return [{ ...model, notice: { text, tone: "info" } }, []];
  }
  const [next, effects] = markRead(model, at);
  return [
    { ...next, mode: "text", text: emptyText(paper, null) },
    [...effects, { type: "read-text", paper: paper.id, textId }],
  ];
}

/** A key in an open text. */
export function onTextKey(model: Model, key: Key): Update {
  const { text: open } = model;
  if (open === null) return [{ ...model, mode: "browse" }, []];
  if (open.text === null) return whileLoading(model, open, key);
  if (open.search.isTyping) return [typeSearch(model, open, key), []];
  if (open.isCopying) return copyPart(model, open, key);
  const typed = withDigit(model, key);
  if (typed) return [typed, []];
  if (model.count !== null) return counted({ ...model, count: null }, key, model.count);
  const command = textCommandOf(key.name);
  if (open.awaited !== null) return onTextKey({ ...model, text: { ...open, awaited: null } }, key);
  if (command === null) {
    const what = key.text === null || key.text === " " ? key.name : key.text;
    return [
      { ...model, notice: { text: `${what} does nothing in a text · ? lists the keys`, tone: "info" } },
      [],
    ];
  }
  return runTextCommand(model, open, command);
}

const largestCount = 99_999;

/** The model with a digit added to the count before a motion; `null` where the key is none. */
function withDigit(model: Model, { text }: Key): Model | null {
  if (text === null || !/^\d$/.test(text) || (text === "0" && model.count === null)) return null;
  return { ...model, count: Math.min(largestCount, (model.count ?? 0) * 10 + Number(text)) };
}

/** Commands that a count repeats. */
const repeated = new Set<TextCommand>([
  "down",
  "up",
  "half-down",
  "half-up",
  "page-down",
  "page-up",
  "next",
  "previous",
  "left",
  "right",
  "next-link",
  "previous-link",
]);

/** A key with a count before it: as if it was pressed so often, as far as that leads anywhere. */
function counted(model: Model, key: Key, count: number): Update {
  // Esc takes back a count that was begun.
  if (key.name === "escape") return [model, []];
  const command = textCommandOf(key.name);
  let reached = onTextKey(model, key);
  if (command === null || !repeated.has(command)) return reached;
  for (let times = 1; times < count; times += 1) {
    const [before] = reached;
    const next = onTextKey(before, key);
    const isSame = next[0].text?.top === before.text?.top && next[0].text?.link === before.text?.link;
    // A search that finds one match, or a table that is scrolled sideways, has other changes.
    if (isSame && next[0].text?.match === before.text?.match && next[0].text?.left === before.text?.left)
      break;
    reached = next;
  }
  return reached;
}

function whileLoading(model: Model, open: OpenText, key: Key): Update {
  if (key.name !== "escape" && key.name !== "q" && key.name !== "backspace") return [model, []];
  return [closed(model, open), [{ type: "stop-reading-text" }]];
}

/** Leaves a text: to the one it was opened from, or to the list. */
function closed(model: Model, { parent }: OpenText): Model {
  return parent === null
    ? { ...model, mode: "browse", text: null }
    : { ...model, text: fitText(parent, model) };
}

function leave(model: Model, open: OpenText): Update {
  const next = closed(model, open);
  const stop: Effect[] = open.isWhole ? [] : [{ type: "stop-filling-text" }];
  return [next, [...stop, ...placeEffects(open)]];
}

/** What keeps the place in a text. */
export function placeEffects(open: OpenText): Effect[] {
  const block = open.text?.blocks[topBlock(open)];
  if (open.isCard || !block) return [];
  const { id, title } = open.paper;
  return [{ type: "keep-place", paper: id, title, place: open.top === 0 ? "" : block.id }];
}

function runTextCommand(model: Model, open: OpenText, command: TextCommand): Update {
  const { size } = model;
  const { height } = textGeometry(size);
  const to = (row: number): Update => {
    const next = scrolledTo(open, row, size);
    if (next === open && row > open.top)
      return said(
        model,
        open.isWhole ? "the end of the text · q goes back to the list" : "the rest is still being read",
      );
    return [{ ...model, text: { ...next, link: visibleLink(next, height) } }, []];
  };
  switch (command) {
    case "down":
      return to(open.top + 1);
    case "up":
      return to(open.top - 1);
    case "half-down":
      return to(open.top + Math.max(1, height >> 1));
    case "half-up":
      return to(open.top - Math.max(1, height >> 1));
    case "page-down":
      return to(open.top + Math.max(1, height - 1));
    case "page-up":
      return to(open.top - Math.max(1, height - 1));
    case "first":
      return to(0);
    case "last": {
      const next = scrolledTo(open, open.rows.length, size);
      if (open.isWhole) return [{ ...model, text: next }, []];
      return said({ ...model, text: { ...next, awaited: "end" } }, "the rest is still being read");
    }
    case "next":
    case "previous":
      return step(model, open, command === "next" ? 1 : -1);
    case "left":
    case "right":
      return sideways(model, open, command === "right" ? 1 : -1);
    case "next-link":
    case "previous-link":
      return turnLink(model, open, command === "next-link" ? 1 : -1);
    case "follow":
      return follow(model, open);
    case "return":
      return goBack(model, open);
    case "contents":
      if (sectionRows(open).length === 0) return said(model, "this text has no sections");
      return [{ ...model, mode: "panel", panel: { ...closedPanel, kind: "contents" } }, []];
    case "search": {
      const search = { line: emptyLine, isTyping: true, from: open.top };
      return [{ ...model, text: { ...open, search, matches: [], match: null } }, []];
    }
    case "star":
      return mark(model, open, "starred");
    case "later":
      return mark(model, open, "later");
    case "copy":
      return [{ ...model, text: { ...open, isCopying: true } }, []];
    case "source": {
      const next = { ...model, asSource: !model.asSource };
      return [{ ...next, text: fitText(open, next) }, []];
    }
    case "unfold":
      return [{ ...model, text: fitText({ ...open, isUnfolded: !open.isUnfolded }, model) }, []];
    case "page":
      return openAt(model, open);
    case "pdf": {
      const url = pdfOf(open.paper);
      return url === null
        ? said(model, "no PDF is known of this paper")
        : [model, [{ type: "open", url, what: "its PDF" }]];
    }
    case "read":
      return open.isCard ? readCard(model, open) : said(model, "this is its text already");
    case "help":
      return [{ ...model, mode: "panel", panel: { ...closedPanel, kind: "keys" } }, []];
    case "leave":
      if (open.search.line.text !== "") return [{ ...model, text: withoutSearch(open) }, []];
      return leave(model, open);
  }
}

function said(model: Model, text: string): Update {
  return [{ ...model, notice: { text, tone: "info" } }, []];
}

/** A chosen link that has left the screen is chosen no more. */
function visibleLink({ link, links, top }: OpenText, height: number): number | null {
  const row = link === null ? undefined : links[link]?.row;
  return row !== undefined && row >= top && row < top + height ? link : null;
}

/** To the next or previous match, or section where nothing is searched for. */
function step(model: Model, open: OpenText, by: 1 | -1): Update {
  if (open.search.line.text !== "") {
    const { matches, match } = open;
    if (matches.length === 0) return said(model, `“${open.search.line.text}” is not in this text`);
    const next =
      match === null ? (by > 0 ? 0 : matches.length - 1) : (match + by + matches.length) % matches.length;
    return [{ ...model, text: atMatch(open, next, model) }, []];
  }
  const rows = sectionRows(open);
  const row = by > 0 ? rows.find((one) => one > open.top) : rows.filter((one) => one < open.top).at(-1);
  if (row === undefined)
    return said(model, by > 0 ? "this is the last section" : "this is the first section");
  const next = scrolledTo(open, row, model.size);
  if (next.top === open.top) return said(model, "the sections after this are all on the screen");
  return [{ ...model, text: { ...next, link: null } }, []];
}

function atMatch(open: OpenText, match: number, { size }: Model): OpenText {
  const { height } = textGeometry(size);
  const row = open.matches[match]?.parts[0]?.row ?? open.top;
  const isShown = row >= open.top && row < open.top + height;
  return { ...(isShown ? open : scrolledTo(open, row - (height >> 2), size)), match, link: null };
}

function withoutSearch(open: OpenText): OpenText {
  return { ...open, search: { line: emptyLine, isTyping: false, from: open.top }, matches: [], match: null };
}

function typeSearch(model: Model, open: OpenText, key: Key): Model {
  const { search } = open;
  if (key.name === "escape" || (key.name === "backspace" && search.line.text === ""))
    return { ...model, text: scrolledTo(withoutSearch(open), search.from, model.size) };
  if (key.name === "enter") {
    const kept: OpenText = { ...open, search: { ...search, isTyping: false } };
    if (search.line.text.trim() === "") return { ...model, text: withoutSearch(open) };
    const notice =
      open.matches.length === 0
        ? { text: `“${search.line.text}” is not in this text`, tone: "info" as const }
        : null;
    return { ...model, text: kept, notice };
  }
  const line = editWith(search.line, key);
  if (!line) return model;
  const matches = line.text === search.line.text ? open.matches : findMatches(open, line.text);
  const typed: OpenText = { ...open, search: { ...search, line }, matches, match: null };
  const next = matches.findIndex(({ parts }) => (parts[0]?.row ?? 0) >= search.from);
  if (matches.length === 0) return { ...model, text: scrolledTo(typed, search.from, model.size) };
  return { ...model, text: atMatch(typed, Math.max(0, next), model) };
}

function sideways(model: Model, open: OpenText, by: 1 | -1): Update {
  const { room } = textGeometry(model.size);
  const widest = greatest(
    0,
    open.rows.map(({ wide }) => wide ?? 0),
  );
  if (widest <= room) return said(model, "everything fits on the screen");
  const left = Math.max(0, Math.min(widest - room, open.left + by * sideStep));
  return [{ ...model, text: { ...open, left } }, []];
}

function turnLink(model: Model, open: OpenText, by: 1 | -1): Update {
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

function follow(model: Model, open: OpenText): Update {
  if (open.link === null) {
    if (open.isCard) return readCard(model, open);
    return said(model, "Tab chooses a link or a picture, Enter opens it");
  }
  const href = open.links[open.link]?.href ?? "";
  const target = linkedBlock(open);
  if (target) {
    const cited = arxivOfReference(target.block);
    if (cited !== null) return openReference(model, open, cited, paperOfReference(target.block, cited));
    const from = topBlock(open);
    const row = firstRow(open.rows, target.index);
    const next = scrolledTo(open, row - 1, model.size);
    const isHere = target.block.kind === "reference" && row >= open.top && next.top === open.top;
    if (isHere) return said(model, "no arXiv id is known of this reference");
    return [{ ...model, text: { ...next, link: null, trail: [...open.trail, from] } }, []];
  }
  if (href.startsWith(pictureScheme)) {
    // The XML of other servers names files of their own.
    if (arxivId(open.paper.id) === null) return said(model, "its pictures are on its page · o opens it");
    const address = absoluteLink(href.slice(pictureScheme.length), open);
    if (address === null || !/^https?:/.test(address)) return said(model, "this picture cannot be fetched");
    return [model, [{ type: "show-picture", address }]];
  }
  if (href.startsWith("#"))
    return said(
      model,
      open.isWhole ? "this link leads to nothing in the text" : "the rest is still being read",
    );
  const arxiv = arxivIn(href);
  if (arxiv !== null && arxiv !== open.paper.id)
    return openReference(model, open, arxiv, paperOfReference(emptyReference, arxiv));
  const url = absoluteLink(href, open);
  return url === null
    ? said(model, "this link leads nowhere")
    : [model, [{ type: "open", url, what: "the link" }]];
}

const emptyReference: Block = { kind: "reference", id: "", level: 0, label: null, spans: [] };

function absoluteLink(href: string, { address, text }: OpenText): string | null {
  if (/^(?:https?|mailto):/i.test(href)) return href;
  const base = address === null ? null : joined(text?.base ?? "", address);
  return base === null ? null : joined(href, base);
}

/** An address relative to another, as RFC 3986 has it; `null` where it is none of http. */
function joined(href: string, base: string): string | null {
  if (!URL.canParse(href, base)) return null;
  const url = new URL(href, base);
  return /^https?:$/.test(url.protocol) ? url.href : null;
}

/** Opens a paper that the text cites, as it is known; its text is read with `f`. */
function openReference(model: Model, open: OpenText, arxiv: string, paper: Paper): Update {
  const next = { ...emptyText(paper, open), working: `looking for arXiv:${arxiv}` };
  return [{ ...model, text: next }, [{ type: "read-reference", arxiv }]];
}

function readCard(model: Model, open: OpenText): Update {
  const { paper } = open;
  return [
    { ...model, text: emptyText(paper, open) },
    [{ type: "read-text", paper: paper.id, textId: textIdOf(paper) ?? paper.id }],
  ];
}

function goBack(model: Model, open: OpenText): Update {
  const from = open.trail.at(-1);
  if (from !== undefined) {
    const next = scrolledTo(open, firstRow(open.rows, from), model.size);
    return [{ ...model, text: { ...next, link: null, trail: open.trail.slice(0, -1) } }, []];
  }
  if (open.parent !== null) return leave(model, open);
  return said(model, "no link was followed to here · q goes back to the list");
}

/** Stars a paper, or puts it aside: the one that the chosen link cites, else the one that is open. */
function mark(model: Model, open: OpenText, field: "starred" | "later"): Update {
  const target = linkedBlock(open);
  const cited = target ? arxivOfReference(target.block) : null;
  const paper = target && cited !== null ? paperOfReference(target.block, cited) : open.paper;
  const at = model.listing.indexOf(paper.id);
  const bits = at >= 0 ? (model.marks[at] as number) : (open.marks[paper.id] ?? 0);
  const on = !hasMark(bits, field);
  const change: PaperChange = { paper: paper.id, title: paper.title, [field]: on };
  const words =
    field === "starred" ? (on ? "starred" : "unstarred") : on ? "to read later" : "no longer to read later";
  const keep = on ? [at >= 0 ? model.listing.paper(at) : paper] : [];
  const label = cited === null ? words : `${words} ${paper.title}`.slice(0, 120);
  return [
    withTextMarks(applyChanges(model, [change]), [change]),
    [{ type: "record", label, papers: [change], keep, quiet: false }],
  ];
}

/** The open text with marks as they are now; its bibliography shows them. */
export function withTextMarks(model: Model, changes: readonly PaperChange[]): Model {
  const { text } = model;
  if (text === null) return model;
  const apply = (open: OpenText): OpenText => {
    const marks = { ...open.marks };
    for (const { paper, read, starred, later } of changes) {
      let bits = marks[paper] ?? 0;
      if (read !== undefined) bits = withMark(bits, "read", read);
      if (starred !== undefined) bits = withMark(bits, "starred", starred);
      if (later !== undefined) bits = withMark(bits, "later", later);
      marks[paper] = bits;
    }
    return { ...open, marks, parent: open.parent && apply(open.parent) };
  };
  return { ...model, text: fitText(apply(text), model) };
}

/** `y y`: the paragraph at the top, or that of the chosen link; `y t`: the TeX of the first equation on the screen. */
function copyPart(model: Model, open: OpenText, key: Key): Update {
  const next: Model = { ...model, text: { ...open, isCopying: false } };
  const { blocks } = open.text as NonNullable<OpenText["text"]>;
  const { height } = textGeometry(model.size);
  const row = open.link === null ? open.top : (open.links[open.link]?.row ?? open.top);
  const shown = [...new Set(open.rows.slice(row, open.top + height).map(({ block }) => block))];
  if (key.name === "y") {
    const block = shown.map((at) => blocks[at] as Block).find(({ spans }) => spans.length > 0);
    if (!block) return said(next, "no paragraph here");
    return [next, [{ type: "copy", text: spansText(block.spans, lineOfFormula), what: "the paragraph" }]];
  }
  if (key.name === "t") {
    const block = shown.map((at) => blocks[at] as Block).find(({ equation }) => equation);
    if (!block) return said(next, "no equation on the screen");
    const tex = (block.equation ?? []).map(({ cells }) => cells.join(" & ")).join(" \\\\\n");
    return [next, [{ type: "copy", text: tex, what: "the TeX of the equation" }]];
  }
  return key.name === "escape" ? [next, []] : said(next, "nothing copied");
}

/** The page in the browser, at the nearest anchor that the page itself has. */
function openAt(model: Model, { address, text, ...open }: OpenText): Update {
  const page = address ?? linkOf(open.paper) ?? arxivAddresses(open.paper.id).url;
  const blocks = text?.blocks.slice(0, topBlock({ ...open, address, text }) + 1) ?? [];
  const anchored = address === null ? undefined : blocks.findLast(({ id }) => !id.includes("~"));
  const url = anchored && open.top > 0 ? `${page}#${encodeURIComponent(anchored.id)}` : page;
  return [model, [{ type: "open", url, what: "its page" }]];
}
