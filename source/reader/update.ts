import type { Listing } from "../papers/listing.js";
import { hasMark, type PaperChange } from "../papers/marks.js";
import { plainTex } from "../text/tex/render.js";
import { runCommand } from "./commands.js";
import { onCopyKey } from "./copying.js";
import { onExported, onExportKey } from "./exporting.js";
import { type Folder, folderOf } from "./files.js";
import { openPrompt, typeInPrompt, withLine } from "./filtering.js";
import { hold, onHeldTooLong, release } from "./holding.js";
import type { Key } from "./key.js";
import { commandOf, sortKeys } from "./keymap.js";
import { emptyLine } from "./line-editor.js";
import { applyChanges, markRead } from "./marking.js";
import type { Effect, Message, Update } from "./messages.js";
import { countsOf, current, type Model, type Notice, noRows } from "./model.js";
import { detailView } from "./moving.js";
import { fitPanel, openHistory, typeInPanel } from "./panel.js";
import { isSearchedBehind } from "./search-index.js";
import { onFound, seek } from "./seeking.js";
import { start } from "./start.js";
import { onClock, onTriageKey } from "./triage.js";
import { joinRows, placeCursor, rowsFrom, select, withRows } from "./views.js";

/** Counts stop growing here: nothing sensible needs more, and no number overflows. */
const largestCount = 99_999;

/**
 * What the reader sees after a message, and what is to be done in the world. Pure and at once, so
 * that ten keys that come together see each other's work.
 */
export function update(model: Model, message: Message): Update {
  const [next, effects] = react(model, message);
  return release(dwell(model, ...seek(next, effects)), (one, key) => update(one, { type: "key", key }));
}

function react(model: Model, message: Message): Update {
  switch (message.type) {
    case "key":
      return (
        hold(model, message.key) ??
        forgetUndoing(model, onKey({ ...model, notice: null, held: [] }, message.key))
      );
    case "typed":
      return forgetUndoing(model, [withLine({ ...model, notice: null, held: [] }, message.line), []]);
    case "command":
      return runCommand(model, message.command, message.count ?? null);
    case "resized":
      return [resize(model, message), []];
    case "dwelled":
      return onDwelled(model, message.paper);
    case "recorded":
      return [{ ...model, notice: recordedNotice(message) ?? model.notice }, []];
    case "reverted":
      return [onReverted(model, message), []];
    case "loaded":
      return [message.adds ? onAdded(model, message) : onLoaded(model, message), []];
    case "opened":
      return [onOpened(model, message), []];
    case "exported":
      return [onExported(model, message), []];
    case "marked-elsewhere":
      return [applyChanges(model, message.papers), []];
    case "folder":
      return [onFolder(model, message.folder), []];
    case "history":
      return [openHistory(model, message.changes), []];
    case "clock":
      return [onClock(model, message.now), []];
    case "working":
      return [{ ...model, working: message.text }, []];
    case "noticed":
      return [{ ...model, notice: message.notice }, []];
    case "found":
      return [onFound(model, message), []];
    case "held-too-long":
      return [onHeldTooLong(model, message.number), []];
  }
}

function onKey(model: Model, key: Key): Update {
  const always = model.mode === "browse" ? null : commandOf(model.mode, key.name);
  if (always) return runCommand(model, always, null);
  switch (model.mode) {
    case "filter":
      return [typeInPrompt(model, key), []];
    case "panel": {
      const { model: next, chosen } = typeInPanel(model, key);
      if (chosen === null) return [next, askForFiles(model, next)];
      if (chosen.type === "command") return runCommand(next, chosen.command, null);
      if (chosen.type === "change") return [next, [{ type: "undo-to", id: chosen.id }]];
      return [next, [{ type: "open-source", name: chosen.name }]];
    }
    case "sort":
      return [onSortKey(model, key), []];
    case "copy":
      return onCopyKey(model, key);
    case "export":
      return onExportKey(model, key);
    case "triage":
      return onTriageKey(model, key);
    case "browse":
      return onBrowseKey(model, key);
  }
}

/** Looks into the folder of a source that is being typed, where it is another than a key before. */
function askForFiles(before: Model, { panel, mode }: Model): Effect[] {
  if (mode !== "panel" || panel.kind !== "sources") return [];
  const path = folderOf(panel.line.text.trim());
  const isNew = path !== folderOf(before.panel.line.text.trim());
  return path !== null && isNew ? [{ type: "folder", path }] : [];
}

/** Takes in what is in a folder; where another is typed by now, its answer comes, or has come already. */
function onFolder(model: Model, folder: Folder): Model {
  if (folder.path !== folderOf(model.panel.line.text.trim())) return model;
  return fitPanel({ ...model, folder });
}

/** Only the key right behind a triage takes all of it back. */
function forgetUndoing(before: Model, [model, effects]: Update): Update {
  const isStale = model.undoes !== 1 && model.undoes === before.undoes;
  return [isStale ? { ...model, undoes: 1 } : model, effects];
}

function onBrowseKey(model: Model, key: Key): Update {
  // Pasting into the list looks the text up: its letters were never meant as commands.
  if (key.name === "paste") {
    const opened = openPrompt(model);
    return [typeInPrompt({ ...opened, filter: { ...opened.filter, line: emptyLine } }, key), []];
  }
  if (/^[0-9]$/.test(key.name) && (model.count !== null || key.name !== "0")) {
    const count = Math.min(largestCount, (model.count ?? 0) * 10 + Number(key.name));
    return [{ ...model, count }, []];
  }
  const { count } = model;
  const ready = { ...model, count: null };
  const command = commandOf("browse", key.name);
  // Esc first takes back a count that was begun.
  if (command === "back" && count !== null) return [ready, []];
  if (command) return runCommand(ready, command, count);
  const what = key.text === null || key.text === " " ? key.name : key.text;
  return [{ ...ready, notice: { text: `${what} does nothing here · ? lists the keys`, tone: "info" } }, []];
}

function onSortKey(model: Model, key: Key): Model {
  const browsing: Model = { ...model, mode: "browse" };
  if (key.name === "escape") return browsing;
  const chosen = key.name === "S" ? model.sort.key : sortKeys.find((one) => one.key === key.name)?.sort;
  if (!chosen) {
    return { ...browsing, notice: { text: "sorting is as it was", tone: "info" } };
  }
  const reversed = model.sort.key === chosen ? !model.sort.reversed : false;
  return withRows({ ...browsing, sort: { key: chosen, reversed } }, current(model));
}

function resize(model: Model, { size }: Extract<Message, { type: "resized" }>): Model {
  // The cursor's place on screen is kept where the new height has it.
  return placeCursor(fitPanel({ ...model, size }), model.cursor);
}

function onDwelled(model: Model, paper: string): Update {
  const at = current(model);
  if (at === null || model.lookingAt !== paper || model.listing.id(at) !== paper) return [model, []];
  return markRead(model, at);
}

function recordedNotice({ label, quiet, error }: Extract<Message, { type: "recorded" }>): Notice | null {
  // The label stands last: where the footer is short, why it is not saved matters more.
  if (error !== null) return { text: `${error} (${label})`, tone: "error" };
  return quiet ? null : { text: `${label} · u undoes`, tone: "info" };
}

function onReverted(
  model: Model,
  { verb, label, papers, error }: Extract<Message, { type: "reverted" }>,
): Model {
  const next = applyChanges(model, papers);
  const text = `${verb}: ${label}${whose(model, papers)}`;
  return {
    ...next,
    notice: error ? { text: `${error} (${text})`, tone: "error" } : { text, tone: "info" },
  };
}

/** Names the one paper of a change where it is not the one under the cursor. */
function whose(model: Model, papers: readonly PaperChange[]): string {
  const at = current(model);
  const [only, ...others] = papers;
  if (!only || others.length > 0) return "";
  return at !== null && model.listing.id(at) === only.paper ? "" : ` “${plainTex(only.title)}”`;
}

/** A listing read anew: the reader stays on the same paper, and nothing else that was set is lost. */
function onLoaded(model: Model, { listing, marks }: Extract<Message, { type: "loaded" }>): Model {
  const at = current(model);
  const paper = at === null ? model.leftAt : model.listing.id(at);
  const stay = paper === null ? -1 : listing.indexOf(paper);
  // What was gone through may be another listing's.
  const mode = model.mode === "triage" ? "browse" : model.mode;
  const loaded: Model = {
    ...model,
    mode,
    triage: null,
    listing,
    marks,
    ...countsOf(marks),
    anchor: null,
    turned: null,
    // What is not there yet may come behind what is.
    leftAt: at === null && stay < 0 ? model.leftAt : null,
    shown: noRows,
  };
  const rows = withRows(loaded, stay >= 0 ? stay : null);
  if (stay >= 0 || at === null) return rows;
  // Another day, or the listing itself in place of one that stood in for it, begins at its beginning.
  const isSame = listing.name === model.listing.name && listing.day === model.listing.day;
  return placeCursor(rows, isSame ? model.cursor : 0);
}

/** A page more of the listing: rows that are there stay as they are, the new ones come behind them. */
function onAdded(model: Model, { listing, marks }: Extract<Message, { type: "loaded" }>): Model {
  const before = model.listing;
  const { view, sort } = model;
  const { query } = model.filter;
  const grown: Model = { ...model, listing, marks, ...countsOf(marks), turned: null };
  if (listing.packed !== null && listing.packed === before.packed) return lengthened(grown, before);
  const stay = Uint32Array.from(
    Array.from(model.shown, (at) => listing.indexOf(before.id(at))).filter((at) => at >= 0),
  );
  const there = new Set(stay);
  if (!query.isEmpty && isSearchedBehind(listing))
    return withRows({ ...grown, shown: stay }, stay[model.cursor] ?? null);
  const { locale } = model.settings;
  const rows = select({ listing, marks, view, sort, query, locale });
  const added = rows.filter((at) => !there.has(at) && before.indexOf(listing.id(at)) < 0);
  return placeCursor({ ...grown, shown: joinRows(stay, added) }, model.cursor);
}

/** More of a long listing that is being read: the same papers, and others behind them. */
function lengthened(grown: Model, before: Listing): Model {
  const { listing, marks, view, sort, filter, leftAt, cursor } = grown;
  // Only something else is said of it: a failure to read it anew.
  if (listing.size === before.size && filter.query.isEmpty) return grown;
  // Where the reader left off may only now be there; who has gone elsewhere meanwhile stays.
  const left = leftAt === null || cursor > 0 ? -1 : listing.indexOf(leftAt);
  const stay = left >= 0 ? left : current(grown);
  const next: Model = left >= 0 ? { ...grown, leftAt: null } : grown;
  const isInListingOrder = (sort.key === "relevance" || sort.key === "order") && !sort.reversed;
  if (!filter.query.isEmpty || !isInListingOrder) return withRows(next, stay);
  const shown = joinRows(grown.shown, rowsFrom(before.size, view, marks));
  return placeCursor({ ...next, shown }, left >= 0 ? Math.max(0, shown.indexOf(left)) : cursor);
}

/** Another source, as the reader left it; what was typed into filters is still there to recall. */
function onOpened(model: Model, message: Extract<Message, { type: "opened" }>): Model {
  const { size, settings, filter, detailTops, asSource } = model;
  const { leftOff } = message;
  const history = [...new Set([...leftOff.history, ...filter.history])];
  return { ...start({ ...message, size, settings, leftOff: { ...leftOff, history } }), detailTops, asSource };
}

/** Starts, or stops, the clock of the paper whose detail has come on screen. */
function dwell(before: Model, model: Model, effects: readonly Effect[]): Update {
  const paper = model.mode === "panel" || model.mode === "triage" ? null : (detailView(model)?.paper ?? null);
  if (paper === before.lookingAt) return [model, effects];
  const next = { ...model, lookingAt: paper };
  const seconds = model.settings.markReadAfter;
  const at = current(model);
  const unread = at !== null && !hasMark(model.marks[at] as number, "read");
  if (paper === null || seconds <= 0 || !unread) return [next, [...effects, { type: "stop-dwelling" }]];
  return [next, [...effects, { type: "dwell", paper, seconds }]];
}
