import { isInterestId } from "../papers/interests/interest.js";
import type { Listing } from "../papers/listing.js";
import { type MarkField, markFields, type PaperChange } from "../papers/marks.js";
import { plainTex } from "../text/tex/render.js";
import { choose, sorted } from "./choosing.js";
import { cancelPrompt, mend, openElsewhere, openPrompt, typeInPrompt, withLine } from "./filter/filtering.js";
import { isSearchedInWorker } from "./filter/search-index.js";
import { onFound, seek } from "./filter/seeking.js";
import { chosenSort, isListingOrder, orderOf } from "./for-you/order.js";
import { askToRank, learnFrom, onRanked, onReasons } from "./for-you/ranked.js";
import { askToJudge, judgeArrived, onInterests, onJudged } from "./interests/judging.js";
import { noName, onNamingKey } from "./interests/saving.js";
import { isInPaper, runCommand } from "./keys/commands.js";
import { hold, onHeldTooLong, release } from "./keys/held-keys.js";
import type { Key } from "./keys/key.js";
import { commandOf, showKey, sortKeys } from "./keys/keymap.js";
import { emptyLine, lineOf } from "./keys/line-editor.js";
import { ignore, onPauseOver, onQ, pauseAfter, pauseAfterArrival } from "./keys/pausing.js";
import { dwell, onDwelled } from "./list/dwelling.js";
import { applyChanges } from "./list/marking.js";
import { onClock, onTriageKey } from "./list/triage.js";
import {
  joinRows,
  papersOfWatch,
  placeCursor,
  rowsFrom,
  select,
  withReturned,
  withRows,
} from "./list/views.js";
import type { Effect, Message, Update } from "./messages.js";
import { countsOf, current, type Model, type Notice, noRows } from "./model.js";
import { onCopyKey } from "./panels/copying.js";
import { collections } from "./panels/default-sources.js";
import { noFile, onExported, onExportKey, onKeyWhileWriting, onProposed } from "./panels/exporting.js";
import { type Folder, folderOf } from "./panels/files.js";
import { onHome } from "./panels/home.js";
import { closedPanel, closePanel, fitPanel, openHistory, openPanel, typeInPanel } from "./panels/panel.js";
import { inLeftOffView, start } from "./start.js";
import { withTextMarks } from "./text/actions/marking.js";
import { onTextMessage } from "./text/messages.js";
import { fitText } from "./text/open-text.js";
import { markTextRead, onTextKey, readListedText } from "./text/reading.js";

/** The largest count. No motion needs more, and it keeps numbers from overflowing. */
const largestCount = 99_999;

/**
 * The model after a message, and the effects to carry out. Pure and synchronous, so that each of ten keys
 * that arrive together acts on the result of the previous one.
 */
export function update(model: Model, message: Message): Update {
  const [next, effects] = pauseAfter(model, message, react(model, message));
  const [asked, asking] = seek(next, effects);
  const judging = askToRank(...askToJudge(asked, asking));
  const moved = giveUpPlace(model, message, dwell(model, message, judging));
  return release(moved, (one, key) => update(one, { type: "key", key }));
}

/** Whoever goes elsewhere with a key no longer waits for the paper where they left off. */
function giveUpPlace(before: Model, { type }: Message, [model, effects]: Update): Update {
  if (model.leftAt === null || (type !== "key" && type !== "command")) return [model, effects];
  const isThere = model.shown === before.shown && model.cursor === before.cursor && model.goneTo === null;
  return [isThere ? model : { ...model, leftAt: null }, effects];
}

function react(model: Model, message: Message): Update {
  switch (message.type) {
    case "key":
      return (
        ignore(model, message.key) ??
        onKeyWhileWriting(model, message.key) ??
        hold(model, message.key) ??
        ofNamed(model, onKey(usedBy(model), message.key))
      );
    case "typed":
      return [withLine({ ...model, notice: null, held: [] }, message.line), []];
    case "command":
      return runCommand(model, message.command, message.count ?? null);
    case "resized":
      return [resize(model, message), []];
    case "dwelled":
      return onDwelled(model, message.paper);
    case "recorded":
      return [
        learnFrom({ ...model, notice: recordedNotice(model, message) ?? model.notice }, message.papers),
        [],
      ];
    case "reverted":
      return [
        learnFrom(onReverted(model, message), message.papers),
        missesReverted(model, message) ? [{ type: "refresh", isQuiet: true }] : [],
      ];
    case "loaded":
      return pauseAfterArrival(model, onRead(model, message));
    case "started":
      return readListedText(model);
    case "opened":
      return readListedText(onOpened(model, message));
    case "returned":
      return [onReturned(model, message), []];
    case "file-proposed":
      return [onProposed(model, message.name), []];
    case "way-back":
      return [{ ...model, wayBack: message.wayBack }, []];
    case "waits":
      return [{ ...model, waiting: message.papers }, []];
    case "exported":
      return [onExported(model, message), []];
    case "marked-elsewhere":
      return [onMarkedElsewhere(model, message.papers), []];
    case "text-progress":
    case "text-read":
    case "text-more":
    case "text-failed":
    case "reference-read":
      return markTextRead(model, onTextMessage(model, message));
    case "background":
      return [{ ...model, brightness: message.brightness }, []];
    case "interests":
      return [onInterests(model, message), []];
    case "judged":
      return [onJudged(model, message), []];
    case "ranked":
      return [onRanked(model, message), []];
    case "reasons":
      return [onReasons(model, message), []];
    case "moved":
      return [onMoved(model, message), []];
    case "activity":
      return [fitPanel({ ...model, activity: message.days }), []];
    case "home":
      return [fitPanel(onHome(model, message)), []];
    case "not-opened":
      return onNotOpened(model, message.typed, message.why);
    case "folder":
      return [onFolder(model, message.folder), []];
    case "history":
      return [openHistory(model, message.changes), []];
    case "clock":
      return [onClock(model, message.now, message.today), []];
    case "pause-over":
      return onPauseOver(model, message.number);
    case "working":
      return [{ ...model, working: message.text }, []];
    case "noticed": {
      const { notice } = model;
      // A listing that cannot be read is also in the header and under `!`; a warning of the start is nowhere else.
      const isLess = notice?.stays === true && (message.notice.tone === "info" || notice.tone === "warning");
      return [isLess ? model : { ...model, notice: message.notice }, []];
    }
    case "found":
      return [onFound(model, message), []];
    case "held-too-long":
      return [onHeldTooLong(model, message.number), []];
  }
}

/** Undo knows whether the reader sees the name of what it undoes: a key between takes it away. */
function ofNamed({ notice }: Model, [next, effects]: Update): Update {
  if (notice?.namesUndo !== true) return [next, effects];
  return [next, effects.map((one) => (one.type === "undo" ? { ...one, isNamed: true } : one))];
}

/** The model as a key finds it. What was restored and is still on counts as chosen from then on. */
function usedBy(model: Model): Model {
  return { ...model, notice: null, held: [], isUsed: true, isFirstRun: false, restoredFilter: null };
}

function onKey(model: Model, pressed: Key): Update {
  if (pressed.name === "ctrl-c") return cancel(model, pressed);
  // A newline is Enter, as in a shell; in panels it moves down, as in fzf.
  const isEnter = pressed.name === "ctrl-j" && model.mode !== "panel";
  const key: Key = isEnter ? { name: "enter", text: null } : pressed;
  const always = model.mode === "browse" ? null : commandOf(model.mode, key.name);
  if (always) return runCommand(model, always, null);
  switch (model.mode) {
    case "filter":
      return openElsewhere(model, key) ?? [typeInPrompt(model, key), []];
    case "panel":
      return onQ(model, key, onPanelKey) ?? onPanelKey(model, key);
    case "sort":
      return [onSortKey(model, key), []];
    case "copy":
      return onCopyKey(model, key);
    case "export":
      return onExportKey(model, key);
    case "watch":
      return onNamingKey(model, key);
    case "triage":
      if (commandOf("browse", key.name) === "help") return runCommand(model, "help", null);
      return onTriageKey(model, key);
    case "text":
      return onTextKey(model, key);
    case "browse":
      return onBrowseKey(model, key);
  }
}

function onPanelKey(model: Model, key: Key): Update {
  const { model: next, chosen } = typeInPanel(model, key);
  return chosen === null ? [next, askForFiles(model, next)] : choose(next, chosen, model.panel.line.text);
}

/**
 * A typed source cannot be opened. The panel shows it again with the reason, unless the user has begun
 * something else.
 */
function onNotOpened(model: Model, typed: string, why: string): Update {
  const notice: Notice = { text: why, tone: "error" };
  if (model.mode !== "browse" || typed === "") return [{ ...model, notice }, []];
  const opened = openPanel(model, "sources");
  const next: Model = { ...opened, panel: { ...opened.panel, line: lineOf(typed) }, notice };
  return [next, askForFiles(model, next)];
}

/** Lists the folder of the path being typed, if it changed with this key. */
function askForFiles(before: Model, { panel, mode }: Model): Effect[] {
  if (mode !== "panel" || panel.kind !== "sources") return [];
  const path = folderOf(panel.line.text.trim());
  const isNew = path !== folderOf(before.panel.line.text.trim());
  return path !== null && isNew ? [{ type: "folder", path }] : [];
}

/** Stores the files of a folder, unless the path is in another folder by now. */
function onFolder(model: Model, folder: Folder): Model {
  if (folder.path !== folderOf(model.panel.line.text.trim())) return model;
  return fitPanel({ ...model, folder });
}

/** Ctrl-C: cancels typing or choosing, goes one level back, and quits from the list. */
function cancel(model: Model, key: Key): Update {
  switch (model.mode) {
    case "filter":
      return [cancelPrompt(model), []];
    case "triage":
      return onTriageKey(model, key);
    case "text":
      return onTextKey(model, { name: "escape", text: null });
    case "browse":
      if (model.count !== null) return [{ ...model, count: null }, []];
      return runCommand(model, isInPaper(model) ? "back" : "quit", null);
    default:
      return [{ ...closePanel(model), file: noFile, naming: noName }, []];
  }
}

function onBrowseKey(model: Model, key: Key): Update {
  // Text pasted into the list becomes the filter, because its letters are not meant as commands.
  if (key.name === "paste") {
    const opened = openPrompt(model);
    return [typeInPrompt({ ...opened, filter: { ...opened.filter, line: emptyLine } }, key), []];
  }
  if (/^[0-9]$/.test(key.name) && (model.count !== null || key.name !== "0")) {
    const count = Math.min(largestCount, (model.count ?? 0) * 10 + Number(key.name));
    return [{ ...model, count }, []];
  }
  const there = openElsewhere(model, key);
  if (there !== null) return there;
  const mended = mend(model, key);
  if (mended !== null) return [mended, []];
  const { count } = model;
  const ready = { ...model, count: null };
  const command = commandOf("browse", key.name);
  // Esc first clears a count.
  if (command === "back" && count !== null) return [ready, []];
  if (command === "quit" && isInPaper(model)) return runCommand(ready, "back", null);
  if (command) return runCommand(ready, command, count);
  const what = key.text === null || key.text === " " ? showKey(key.name) : key.text;
  return [{ ...ready, notice: { text: `${what} does nothing here · ? lists the keys`, tone: "info" } }, []];
}

function onSortKey(model: Model, key: Key): Model {
  const browsing: Model = { ...model, mode: "browse" };
  if (key.name === "escape") return browsing;
  const now = chosenSort(model);
  const chosen = key.name === "S" ? now.key : sortKeys.find((one) => one.key === key.name)?.sort;
  if (!chosen) {
    return { ...browsing, notice: { text: "the order is unchanged", tone: "info" } };
  }
  const reversed = now.key === chosen ? !now.reversed : false;
  return sorted(browsing, { key: chosen, reversed });
}

function resize(model: Model, { size }: Extract<Message, { type: "resized" }>): Model {
  // The cursor keeps its row on screen if the new height allows.
  const sized: Model = { ...model, size };
  const text = sized.text && fitText(sized.text, sized);
  return placeCursor(fitPanel({ ...sized, text }), model.cursor);
}

/** Stores marks made in another terminal, and removes a notice about the same marks, which is out of date. */
function onMarkedElsewhere(model: Model, papers: readonly PaperChange[]): Model {
  const marked = withTextMarks(applyChanges(model, papers), papers);
  const now = new Map(papers.map((one) => [one.paper, one]));
  const isPast = model.notice?.marks?.some((one) => {
    const other = now.get(one.paper);
    const isOther = (field: MarkField) => one[field] !== undefined && other?.[field] === !one[field];
    return markFields.some(isOther);
  });
  return isPast ? { ...marked, notice: null } : marked;
}

/** Whether a paper of what the reader has collected is not in the open list of it, as it was undone after `r`. */
function missesReverted(
  { source, listing }: Model,
  { papers, error }: Extract<Message, { type: "reverted" }>,
): boolean {
  const isCollection = source !== null && collections.has(source);
  return (
    isCollection &&
    error === null &&
    papers.some(({ paper }) => !isInterestId(paper) && listing.indexOf(paper) < 0)
  );
}

function recordedNotice(
  { text: open }: Model,
  { label, papers, quiet, error }: Extract<Message, { type: "recorded" }>,
): Notice | null {
  // The label comes last: in a short footer the reason matters more.
  if (error !== null) return { text: `${error} (${label})`, tone: "error" };
  if (quiet) return null;
  // A cited paper is not the one that is open.
  const isCited = open !== null && papers?.every(({ paper }) => paper !== open.paper.id);
  const said = isCited && papers ? `${label}${whose(papers)}` : label;
  return { text: `${said} · u undoes`, tone: "info", ...(papers && { marks: papers }) };
}

function onReverted(
  model: Model,
  { verb, label, papers, error }: Extract<Message, { type: "reverted" }>,
): Model {
  const rows = papers.map(({ paper }) => model.listing.indexOf(paper)).filter((at) => at >= 0);
  const next = withReturned(withTextMarks(applyChanges(model, papers), papers), rows);
  const text = `${verb}: ${label}${whose(papers)}`;
  return {
    ...next,
    notice: error ? { text: `${error} (${text})`, tone: "error" } : { text, tone: "info", marks: papers },
  };
}

/** The title of the paper of a change, if it is a single one. */
function whose([only, ...others]: readonly PaperChange[]): string {
  // The label names the watch, follow or mute.
  if (only && isInterestId(only.paper)) return "";
  return only && others.length === 0 ? ` “${plainTex(only.title) || only.paper}”` : "";
}

/** A listing was read. If it is the text of a paper, it is opened, unless another text was shown before. */
function onRead(model: Model, message: Extract<Message, { type: "loaded" }>): Update {
  if (message.adds) return [onAdded(model, message), []];
  const next = onLoaded(model, message);
  return model.listing.size === 0 ? readListedText(next) : [next, []];
}

/** A refreshed listing: the cursor stays on its paper, and everything else is kept. */
function onLoaded(model: Model, { listing, marks }: Extract<Message, { type: "loaded" }>): Model {
  const { leftAt } = model;
  const at = current(model) ?? model.anchor;
  const left = leftAt === null ? -1 : listing.indexOf(leftAt);
  const stay = left >= 0 || at === null ? left : listing.indexOf(model.listing.id(at));
  // A triage may belong to another listing.
  const mode = model.mode === "triage" ? "browse" : model.mode;
  const arrived = judgeArrived(model, listing, marks);
  const loaded: Model = {
    ...model,
    mode,
    triage: null,
    listing,
    ...arrived,
    ...countsOf(arrived.marks),
    moved: new Map(),
    anchor: stay >= 0 ? stay : null,
    lastViewSwitch: null,
    isUsed: false,
    // Missing papers may still load.
    leftAt: left >= 0 ? null : leftAt,
    shown: noRows,
  };
  // The first papers of a source, or more of them before a key was pressed: check whether the restored view
  // is empty.
  const { model: begun, restored } =
    model.listing.size === 0 || !model.isUsed ? inLeftOffView(loaded) : { model: loaded, restored: null };
  const kept = begun.notice?.isOfListing ? null : begun.notice;
  const rows = withRows(
    { ...begun, notice: kept?.stays ? kept : (restored ?? kept) },
    stay >= 0 ? stay : null,
  );
  const begin = rowToBegin(model, rows, stay);
  if (begin !== null) return placeCursor(rows, begin);
  if (stay >= 0 || at === null) return rows;
  // Another day, or the listing that replaces a stand-in, begins at the top.
  const isSame = listing.name === model.listing.name && listing.day === model.listing.day;
  return placeCursor(rows, isSame ? model.cursor : 0);
}

/**
 * The row on which a refreshed listing begins: the first of the papers that `r` shows, and the top for someone
 * who has neither pressed a key nor left off elsewhere. `null`: the cursor stays on its paper.
 */
function rowToBegin(before: Model, { listing, newRows, shown }: Model, stay: number): number | null {
  if (before.waiting > 0) {
    const arrived = newRows > 0 ? 0 : shown.findIndex((at) => before.listing.indexOf(listing.id(at)) < 0);
    return arrived < 0 ? null : arrived;
  }
  const isAtTop = before.cursor === 0 && before.leftAt === null;
  return !before.isUsed && stay >= 0 && (newRows > 0 || isAtTop) ? 0 : null;
}

/** Another page of the listing: rows stay, and new ones come after them. */
function onAdded(model: Model, { listing, marks }: Extract<Message, { type: "loaded" }>): Model {
  const before = model.listing;
  const { view, sort } = model;
  const { query } = model.filter;
  const isSame = listing.packed !== null && listing.packed === before.packed;
  const arrived = judgeArrived(model, listing, marks, isSame ? model.judged : null);
  const grown: Model = { ...model, listing, ...arrived, ...countsOf(arrived.marks), lastViewSwitch: null };
  if (isSame) return lengthened(grown, before);
  const stay = Uint32Array.from(
    Array.from(model.shown, (at) => listing.indexOf(before.id(at))).filter((at) => at >= 0),
  );
  const known = new Set(stay);
  if (!query.isEmpty && isSearchedInWorker(listing))
    return withRows({ ...grown, shown: stay }, stay[model.cursor] ?? null);
  const { locale } = model.settings;
  const among = papersOfWatch(grown);
  const rows = select({
    caches: model.caches,
    listing,
    marks: grown.marks,
    view,
    sort,
    filter: grown.filter,
    query,
    locale,
    among,
    forYou: grown.forYou,
    moved: grown.moved,
    watch: grown.watch,
  });
  const added = rows.filter((at) => !known.has(at) && before.indexOf(listing.id(at)) < 0);
  return placeCursor({ ...grown, shown: joinRows(stay, added) }, model.cursor);
}

/** More of a long listing that is still loading: the same papers, and others after them. */
function lengthened(grown: Model, before: Listing): Model {
  const { listing, marks, view, filter, leftAt, cursor } = grown;
  // Only its state changed: a failed refresh.
  if (listing.size === before.size && filter.query.isEmpty) return grown;
  // The paper where the reader left off may have loaded now. Until then the cursor stays at the top.
  const left = leftAt === null ? -1 : listing.indexOf(leftAt);
  const stay = left >= 0 ? left : leftAt === null ? current(grown) : null;
  const next: Model = left >= 0 ? { ...grown, leftAt: null } : grown;
  if (!filter.query.isEmpty || !isListingOrder(orderOf(grown)) || next.watch !== null)
    return withRows(next, stay);
  const shown = joinRows(grown.shown, rowsFrom(before.size, view, marks));
  return placeCursor({ ...next, shown }, left >= 0 ? Math.max(0, shown.indexOf(left)) : cursor);
}

/** Opens another source as the reader left it; earlier filters can still be recalled. */
function onOpened(model: Model, message: Extract<Message, { type: "opened" }>): Model {
  const { size, settings, brightness, filter, detailTops, asSource, shows, triages, today, interests, home } =
    model;
  const { pauses } = model;
  const { leftOff } = message;
  const history = [...new Set([...leftOff.history, ...filter.history])];
  return {
    ...start({ ...message, size, settings, today, interests, leftOff: { ...leftOff, history } }),
    brightness,
    detailTops,
    asSource,
    shows,
    triages,
    pauses,
    home,
  };
}

/**
 * Returns to the listing before, with what holds for all listings as it is now, and drops what was being typed or
 * awaited in it.
 */
function onReturned(now: Model, message: Extract<Message, { type: "returned" }>): Model {
  const { size, settings, brightness, asSource, shows, today, interests, home, pauses, holds, triages } = now;
  const { notice, recent } = message;
  const { filter } = message.model;
  const history = [...new Set([...filter.history, ...now.filter.history])];
  const model: Model = {
    ...message.model,
    interests,
    filter: { ...filter, history, recalled: history.length },
  };
  const arrived = judgeArrived(model, model.listing, message.marks, message.model.judged);
  return resize(
    {
      ...model,
      settings,
      brightness,
      asSource,
      shows,
      home,
      pauses,
      holds,
      triages,
      mode: model.text === null ? "browse" : "text",
      panel: closedPanel,
      triage: null,
      pause: null,
      count: null,
      held: [],
      asked: null,
      working: null,
      goneTo: null,
      lookingAt: null,
      ...arrived,
      ...countsOf(arrived.marks),
      judging: null,
      notice,
      recent,
      today,
    },
    { type: "resized", size },
  );
}

/** Stores the changed numbers, and sorts the rows again if they are in that order. */
function onMoved(model: Model, { listing, moved }: Extract<Message, { type: "moved" }>): Model {
  if (listing !== model.listing) return model;
  const next: Model = { ...model, moved };
  return orderOf(model).key === "momentum" && model.moved.size === 0 ? withRows(next, current(model)) : next;
}
