import { keptTextId, textIdOf } from "../../papers/identity.js";
import { hasMark } from "../../papers/marks.js";
import type { Paper } from "../../papers/paper.js";
import { greatest } from "../../text/numbers.js";
import { noText, pageHint, pdfOf } from "../detail/links.js";
import type { Key } from "../keys/key.js";
import { emptyLine } from "../keys/line-editor.js";
import { markRead, nothingHere } from "../list/marking.js";
import type { Effect, Update } from "../messages.js";
import { current, type Model } from "../model.js";
import { closedPanel, fitPanel } from "../panels/panel.js";
import { copyPart } from "./actions/copying.js";
import { mark } from "./actions/marking.js";
import { sectionAt } from "./contents.js";
import { follow, openAt, readCard, turnLink } from "./following.js";
import { awaitsPlace, closed, goBack, leave, placeBefore } from "./leaving.js";
import {
  emptyText,
  fitText,
  isWhereJumpLed,
  jumped,
  rowOfPart,
  said,
  scrolledTo,
  textGeometry,
} from "./open-text.js";
import { searching, step, typePlace, typeSearch, withoutSearch } from "./searching.js";
import { type TextCommand, textCommandOf } from "./text-keys.js";
import type { OpenText } from "./text-state.js";

/** Cells that `h` and `l` move wide rows by. */
const sideStep = 8;

const stillRead = "the rest is still being read";

/** Opens the text of the paper under the cursor, from the cache or its server. */
export function readText(model: Model): Update {
  const at = current(model);
  if (at === null) return nothingHere(model);
  const paper = model.listing.paper(at);
  const request = requestFor(model, paper);
  if (request === null) return said(model, noText(paper));
  return [{ ...model, mode: "text", text: emptyText(paper, null) }, [request]];
}

/** A paper of the listing is read once its text is shown: one whose text cannot be shown stays unread. */
export function markTextRead(before: Model, model: Model): Update {
  const { text } = model;
  const isShown = text !== null && text.text !== null && text.parent === null && before.text?.text === null;
  const at = isShown ? model.listing.indexOf(text.paper.id) : -1;
  return at < 0 ? [model, []] : markRead(model, at);
}

/**
 * Requests the text of a paper: of its file, if the listing has one for it. What was read from a file and starred or
 * put aside has been kept. `null` if it has no text.
 */
function requestFor({ listing, marks }: Model, paper: Paper): Effect | null {
  const file = listing.texts.get(paper.id);
  if (file !== undefined)
    return { type: "read-text", paper: paper.id, textId: `file:${file}`, keptId: keptTextId(paper) };
  const bits = marks[listing.indexOf(paper.id)] ?? 0;
  const mayBeKept = hasMark(bits, "starred") || hasMark(bits, "later");
  const textId = mayBeKept ? keptTextId(paper) : textIdOf(paper);
  return textId === null ? null : { type: "read-text", paper: paper.id, textId };
}

/** Opens the text at once if the listing is a file with the text of one paper. */
export function readListedText(model: Model): Update {
  const { listing, mode, text } = model;
  const isText = listing.size === 1 && listing.texts.has(listing.id(0));
  if (!isText || mode !== "browse" || text !== null || current(model) === null) return [model, []];
  return readText(model);
}

/** A key in an open text. */
export function onTextKey(model: Model, key: Key): Update {
  const { text: open } = model;
  if (open === null) return [{ ...model, mode: "browse" }, []];
  if (open.text === null) return onKeyWithoutText(model, open, key);
  if (open.awaited !== null) {
    if (awaitsPlace(open) && textCommandOf(key.name) === "leave") return leave(model, open);
    return onTextKey({ ...model, text: { ...open, awaited: null } }, key);
  }
  if (open.goingTo !== null) return typePlace(model, open, open.goingTo, key, { goTo, goToPart });
  if (open.search.isTyping) return [typeSearch(model, open, key), []];
  if (open.isCopying) return copyPart(model, open, key);
  // As in the list, what is pasted is looked for.
  if (key.name === "paste") return [typeSearch({ ...model, count: null }, searching(open), key), []];
  const typed = withDigit(model, key);
  if (typed) return [typed, []];
  if (model.count !== null) return counted({ ...model, count: null }, key, model.count);
  const command = textCommandOf(key.name);
  if (command === null) {
    const what = key.text === null || key.text === " " ? key.name : key.text;
    // In less, d and u scroll half a page; here u undoes.
    const instead = key.name === "d" ? "Ctrl-D and Ctrl-U scroll half a page" : "? lists the keys";
    const text = `${what} does nothing in a text · ${instead}`;
    return [{ ...model, notice: { text, tone: "info" } }, []];
  }
  // As in less: q leaves. Esc first lets go of a link, then ends a search, then goes back from a jump.
  if (key.name === "escape" && open.link !== null) return [{ ...model, text: { ...open, link: null } }, []];
  if (key.name === "escape" && open.search.line.text !== "")
    return [{ ...model, text: withoutSearch(open) }, []];
  const before = key.name === "escape" && isWhereJumpLed(open) ? placeBefore(model, open) : null;
  if (before !== null)
    return said({ ...model, text: before }, "back at the place before the jump · '' goes there again");
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

/** A key with a count: repeats it until it changes nothing. */
function counted(model: Model, key: Key, count: number): Update {
  // Esc clears the count.
  if (key.name === "escape") return [model, []];
  const command = textCommandOf(key.name);
  const { text: open } = model;
  // As in less: 40G and 40g go to row 40, 50% to the middle.
  if (open !== null && (command === "first" || command === "last")) return goTo(model, open, count - 1);
  if (open !== null && command === "percent") return goToPart(model, open, count);
  let reached = onTextKey(model, key);
  if (command === null || !repeated.has(command)) return reached;
  for (let times = 1; times < count; times += 1) {
    const [before] = reached;
    const next = onTextKey(before, key);
    const isSame = next[0].text?.top === before.text?.top && next[0].text?.link === before.text?.link;
    // Matches and sideways scrolling change other fields.
    if (isSame && next[0].text?.match === before.text?.match && next[0].text?.left === before.text?.left)
      break;
    reached = next;
  }
  return reached;
}

/** Commands that need no text. */
const withoutText = new Set<TextCommand>(["page", "pdf", "star", "later", "undo", "redo", "help"]);

/** A key while a text is being fetched, or where it could not be. */
function onKeyWithoutText(model: Model, open: OpenText, key: Key): Update {
  const command = textCommandOf(key.name);
  const isLeft = command === "leave" || command === "return";
  if (open.failure === null)
    return isLeft ? [closed(model, open), [{ type: "stop-reading-text" }]] : [model, []];
  if (isLeft) return [closed(model, open), []];
  if (command === "read" || key.name === "r") return readAgain(model, open);
  return command !== null && withoutText.has(command) ? runTextCommand(model, open, command) : [model, []];
}

/** Asks once more for a text, or for what is known of a cited paper. */
function readAgain(model: Model, open: OpenText): Update {
  const { paper, parent } = open;
  const isReference = parent !== null && !parent.isCard;
  const asked: Effect = isReference
    ? { type: "read-reference", arxiv: paper.id }
    : (requestFor(model, paper) ?? { type: "read-text", paper: paper.id, textId: paper.id });
  return [{ ...model, text: { ...open, failure: null } }, [asked]];
}

function runTextCommand(model: Model, open: OpenText, command: TextCommand): Update {
  const { size } = model;
  const { height } = textGeometry(size);
  const to = (row: number): Update => {
    const next = scrolledTo(open, row, size);
    if (next === open && row > open.top)
      return said(model, open.isWhole ? "the end of the text · q goes back to the list" : stillRead);
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
      return goTo(model, open, 0);
    case "last": {
      const next = jumped(open, scrolledTo(open, open.rows.length, size));
      if (open.isWhole) return [{ ...model, text: next }, []];
      return said({ ...model, text: { ...next, awaited: "end" } }, stillRead);
    }
    case "go-to":
      return [{ ...model, text: { ...open, goingTo: emptyLine } }, []];
    case "percent":
      return said(model, "type a number first: 50% goes to the middle");
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
      return [openContents(model, open), []];
    case "search":
      return [{ ...model, text: searching(open) }, []];
    case "star":
      return mark(model, open, "starred");
    case "later":
      return mark(model, open, "later");
    case "undo":
      return [model, [{ type: "undo" }]];
    case "redo":
      return [model, [{ type: "redo" }]];
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
        ? said(model, `this paper has no known PDF · ${pageHint(open.paper)}`)
        : [model, [{ type: "open", url, what: "its PDF" }]];
    }
    case "read":
      return open.isCard ? readCard(model, open) : said(model, "this is already its text");
    case "help":
      return [{ ...model, mode: "panel", panel: { ...closedPanel, kind: "keys" } }, []];
    case "leave":
      return leave(model, open);
  }
}

/** Jumps to a row. */
function goTo(model: Model, open: OpenText, row: number): Update {
  const next = jumped(open, scrolledTo(open, row, model.size));
  const gone: Model = {
    ...model,
    text: { ...next, link: visibleLink(next, textGeometry(model.size).height) },
  };
  return row < open.rows.length || open.isWhole ? [gone, []] : said(gone, stillRead);
}

/** Jumps so far into the text, in percent: into as much of it as is there. */
function goToPart(model: Model, open: OpenText, percent: number): Update {
  const gone = goTo(model, open, rowOfPart(open, percent / 100, model.size));
  return open.isWhole ? gone : said(gone[0], stillRead);
}

/** The panel of sections, with the one chosen that the reader is in. */
function openContents(model: Model, open: OpenText): Model {
  const panel = { ...closedPanel, kind: "contents", cursor: sectionAt(open) } as const;
  return fitPanel({ ...model, mode: "panel", panel });
}

/** A chosen link that has left the screen is chosen no more. */
function visibleLink({ link, links, top }: OpenText, height: number): number | null {
  const row = link === null ? undefined : links[link]?.row;
  return row !== undefined && row >= top && row < top + height ? link : null;
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
