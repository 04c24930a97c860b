import { isInterestId } from "../papers/interests/interest.js";
import { type MarkField, markFields, type PaperChange } from "../papers/marks.js";
import { plainTex } from "../text/tex/render.js";
import { choose, sorted } from "./choosing.js";
import { cancelPrompt, mend, openElsewhere, openPrompt, typeInPrompt, withLine } from "./filter/filtering.js";
import { onFound, seek } from "./filter/seeking.js";
import { chosenSort } from "./for-you/order.js";
import { askToRank, learnFrom, onRanked, onReasons } from "./for-you/ranked.js";
import { askToJudge, onInterests, onJudged } from "./interests/judging.js";
import { noName, onNamingKey } from "./interests/saving.js";
import { isInPaper, runCommand } from "./keys/commands.js";
import { hold, onHeldTooLong, release } from "./keys/held-keys.js";
import type { Key } from "./keys/key.js";
import { commandOf, showKey, sortKeys } from "./keys/keymap.js";
import { emptyLine, lineOf } from "./keys/line-editor.js";
import { ignore, onPauseOver, onQ, pauseAfter, pauseAfterArrival } from "./keys/pausing.js";
import { onMoved, onOpened, onRead, onReturned, resize } from "./list/arriving.js";
import { dwell, onDwelled } from "./list/dwelling.js";
import { applyChanges } from "./list/marking.js";
import { onClock, onTriageKey } from "./list/triage.js";
import { withReturned } from "./list/views.js";
import type { Effect, Message, Update } from "./messages.js";
import type { Model, Notice } from "./model.js";
import { onCopyKey } from "./panels/copying.js";
import { collections } from "./panels/default-sources.js";
import { noFile, onExported, onExportKey, onKeyWhileWriting, onProposed } from "./panels/exporting.js";
import { type Folder, folderOf } from "./panels/files.js";
import { onHome } from "./panels/home.js";
import { closePanel, fitPanel, openHistory, openPanel, typeInPanel } from "./panels/panel.js";
import { withTextMarks } from "./text/actions/marking.js";
import { onTextMessage } from "./text/messages.js";
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
