import { pageHint, pageToOpen, pdfOf } from "../detail/links.js";
import { turnPaperView } from "../detail/turn-view.js";
import { openFigures } from "../figures/figures.js";
import { clearFilter, openPrompt } from "../filter/filtering.js";
import { moveOn } from "../filter/next-match.js";
import { rankAnew } from "../for-you/ranked.js";
import { openReasons } from "../for-you/reasons.js";
import { openInterests } from "../interests/choosing.js";
import { judgeAgain } from "../interests/judging.js";
import { startNaming } from "../interests/saving.js";
import { layOut } from "../layout.js";
import { markAllRead, markRead, nothingHere, toggle } from "../list/marking.js";
import { detailView, isMotion, move, scrollDetail } from "../list/moving.js";
import { startTriage } from "../list/triage.js";
import { placeCursor, withRows } from "../list/views.js";
import type { Update } from "../messages.js";
import { current, type Model, type ViewName, views } from "../model.js";
import { startCopying } from "../panels/copying.js";
import { startExporting } from "../panels/exporting.js";
import { firstSource, homeSources } from "../panels/home.js";
import { openPanel } from "../panels/panel.js";
import { readText } from "../text/reading.js";
import type { CommandName } from "./keymap.js";

/** What a command does to the model, and what it asks of the world. `count` as typed before it. */
export function runCommand(model: Model, command: CommandName, count: number | null): Update {
  if (isMotion(command)) return readOnAtEnd(model, orEnd(model, move(model, command, count)));
  switch (command) {
    case "next-unread":
      return [moveOn(model, 1, count), []];
    case "previous-unread":
      return [moveOn(model, -1, count), []];
    case "detail-page-down":
      return [readOn(model, command, count, 1), []];
    case "detail-page-up":
      return [readOn(model, command, count, -1), []];
    case "detail-down":
    case "detail-up":
      return [scrollDetail(model, command, count), []];
    case "switch-pane":
      return focus(model, model.focus === "list" ? "detail" : "list");
    case "focus-list":
      return focus(model, "list");
    case "focus-detail":
      return focus(model, "detail");
    case "open-detail":
      return model.zoom === "detail" ? readText(model) : openDetail(model);
    case "read-text":
      return readText(model);
    case "zoom":
      return [zoom(model), []];
    case "back":
      if (canGoBack(model)) return [back(model), []];
      if (canReturn(model)) return [model, [{ type: "go-back" }]];
      return model.working === null && model.listing.size > 0 ? [model, []] : [model, [{ type: "cancel" }]];
    case "star":
      return toggle(model, "starred");
    case "read":
      return toggle(model, "read");
    case "later":
      return toggle(model, "later");
    case "mark-all-read":
      return markAllRead(model);
    case "undo":
      return [model, [{ type: "undo" }]];
    case "redo":
      return [model, [{ type: "redo" }]];
    case "history":
      return [model, [{ type: "history" }]];
    case "next-view":
      return [turnView(model, count ?? 1), []];
    case "previous-view":
      return [turnView(model, -(count ?? 1)), []];
    case "former":
      return goBack(model);
    case "filter":
      return [openPrompt(model), []];
    case "triage":
      return startTriage(model);
    case "save-watch":
      return startNaming(model);
    case "watches":
    case "follow":
    case "mute":
      return [openInterests(judgeAgain(model), command), []];
    case "reasons":
      return [openReasons(model), []];
    case "figures":
      return [openFigures(model), [{ type: "activity" }]];
    case "sort":
      return [{ ...model, mode: "sort" }, []];
    case "open-page":
      return openPage(model);
    case "open-pdf":
      return openPdf(model);
    case "tex-source":
      return [turnTex(model), []];
    case "paper-view":
      return [turnPaperView(model), []];
    case "copy":
      return startCopying(model);
    case "export":
      return startExporting(model);
    case "refresh":
      return [model, [{ type: "refresh" }]];
    case "previous-day":
      return [model, [{ type: "walk", steps: -(count ?? 1) }]];
    case "next-day":
      return [model, [{ type: "walk", steps: count ?? 1 }]];
    case "redraw":
      return [model, [{ type: "redraw" }]];
    case "help":
      return [openPanel(model, "keys"), []];
    case "palette":
      return [openPanel(model, "palette"), [{ type: "clock" }]];
    case "sources":
      return [openSources(model), [{ type: "clock" }, { type: "look-home", names: homeSources(model) }]];
    case "problems":
      return [openPanel(model, "problems"), []];
    case "quit":
      return [model, [{ type: "quit" }]];
    case "suspend":
      return [model, [{ type: "suspend" }]];
    default:
      return [model, []];
  }
}

function openSources(model: Model): Model {
  const opened = openPanel(model, "sources");
  return { ...opened, panel: { ...opened.panel, cursor: firstSource(opened) } };
}

/** Focuses a pane; if only one is on screen, shows the other instead. */
function focus(model: Model, pane: "list" | "detail"): Update {
  if (current(model) === null) return [{ ...model, focus: "list", zoom: "none" }, []];
  if (model.focus === pane) return [model, []];
  if (pane === "list") return [{ ...model, focus: "list", zoom: "none" }, []];
  const zoomed = model.zoom === "list" ? { ...model, zoom: "none" as const } : model;
  if (detailView(zoomed)) return [{ ...zoomed, focus: "detail" }, []];
  return openDetail(model);
}

/** Says that a full-screen paper ends here, rather than doing nothing. */
function orEnd(model: Model, moved: Model): Model {
  if (model.zoom !== "detail" || detailView(moved)?.top !== detailView(model)?.top) return moved;
  const next = model.filter.query.isEmpty ? "unread" : "match";
  return {
    ...moved,
    notice: { text: `end of this paper · Space reads on, n goes to the next ${next}`, tone: "info" },
  };
}

/** A page further in the paper; at the end of a full-screen paper, to the next one, as in a mail reader. */
function readOn(model: Model, command: CommandName, count: number | null, direction: 1 | -1): Model {
  const scrolled = scrollDetail(model, command, count);
  if (model.zoom !== "detail" || detailView(scrolled)?.top !== detailView(model)?.top) return scrolled;
  const next = placeCursor(model, model.cursor + direction);
  if (next.cursor !== model.cursor) return next;
  return {
    ...model,
    notice: { text: `no paper further ${direction === 1 ? "below" : "above"}`, tone: "info" },
  };
}

function openDetail(model: Model): Update {
  const at = current(model);
  if (at === null) return nothingHere(model);
  return markRead({ ...model, zoom: "detail", focus: "detail" }, at);
}

/** Zooms the focused pane to the whole screen, or back. */
function zoom(model: Model): Model {
  if (model.zoom !== "none")
    return { ...model, zoom: "none", focus: detailFits(model) ? model.focus : "list" };
  return current(model) === null ? model : { ...model, zoom: model.focus };
}

/** At the end of the rows, asks for the next page of the listing. */
function readOnAtEnd(before: Model, model: Model): Update {
  const { shown, cursor, listing, filter } = model;
  const isAtEnd = cursor === shown.length - 1 && cursor >= before.cursor && model.focus === "list";
  if (!isAtEnd || !listing.hasMore || !filter.query.isEmpty || model.working !== null) return [model, []];
  return [model, [{ type: "more" }]];
}

/** TeX as signs, or as the source writes it. */
function turnTex(model: Model): Model {
  const asSource = !model.asSource;
  const text = asSource ? "raw TeX · x shows it as signs again" : "TeX as signs";
  return { ...model, asSource, notice: { text, tone: "info" } };
}

/** Whether Esc has a level to go back to; otherwise it cancels work in progress. */
export function canGoBack(model: Model): boolean {
  return model.zoom !== "none" || model.focus === "detail" || model.filter.query.text !== "";
}

/** Whether Esc goes back to the listing that this one was opened from. */
export function canReturn(model: Model): boolean {
  const { wayBack, working, listing } = model;
  return !canGoBack(model) && working === null && listing.size > 0 && wayBack === "listing";
}

/** Back to the listing before; before any other was opened, to the last one of an earlier visit. */
function goBack(model: Model): Update {
  const { wayBack, recent } = model;
  const [earlier] = recent;
  if (wayBack === "listing") return [model, [{ type: "go-back" }]];
  if (wayBack === "unopened" && earlier !== undefined)
    return [model, [{ type: "open-source", name: earlier }]];
  const text =
    wayBack === "first"
      ? "this is the first listing of this visit · a opens another"
      : "no other listing has been opened yet · a opens one";
  return [{ ...model, notice: { text, tone: "info" } }, []];
}

/** Whether a paper is open, so that `q` and Ctrl-C go back to the list instead of quitting. */
export function isInPaper(model: Model): boolean {
  return model.zoom === "detail" || (model.focus === "detail" && detailView(model) !== null);
}

/** One step back: out of the paper, to the list, out of the filter. Never quits. */
function back(model: Model): Model {
  if (model.zoom !== "none") return { ...model, zoom: "none", focus: "list" };
  if (model.focus === "detail") return { ...model, focus: "list" };
  if (!model.filter.query.isEmpty || model.filter.query.text !== "") return clearFilter(model);
  return model;
}

function detailFits(model: Model): boolean {
  return detailView({ ...model, zoom: "none" }) !== null;
}

/**
 * Enters another view: its rows are made anew, so what was marked read meanwhile leaves Unread. The
 * cursor goes to the paper chosen last, so that once round the views ends where it began.
 */
function turnView(model: Model, step: number): Model {
  const watches = watchesToShow(model);
  const length = views.length + watches.length;
  const at = model.watch === null ? views.indexOf(model.view) : views.length + watches.indexOf(model.watch);
  const next = (((at + step) % length) + length) % length;
  const view = views[next];
  return view === undefined
    ? enterWatch(model, watches[next - views.length] as string)
    : enterView(model, view);
}

/** The watches that are views, by identity: those that find something here, and the one that is shown. */
export function watchesToShow({ judged, watch }: Model): readonly string[] {
  if (judged === null) return [];
  const { watches, byId } = judged;
  if (watch === null || !byId.has(watch) || byId.get(watch)?.papers.length !== 0) return watches;
  // The shown one keeps its place when it finds nothing any more.
  const found = new Set(watches);
  return [...byId.keys()].filter((id) => found.has(id) || id === watch);
}

/** Shows what a watch finds here, as a view. */
export function enterWatch(model: Model, watch: string): Model {
  return entered(model, "all", watch);
}

/** As `turnView`, into the view of that name. */
export function enterView(model: Model, view: ViewName): Model {
  return entered(model, view, null);
}

function entered(left: Model, view: ViewName, watch: string | null): Model {
  const model = judgeAgain(left);
  const stayed = model.lastViewSwitch !== null && model.lastViewSwitch.landed === model.anchor;
  const chosen = stayed ? (model.lastViewSwitch?.chosen ?? null) : model.anchor;
  const anew = view === "for-you" ? rankAnew(model) : model;
  // That view starts at its best paper, whatever was chosen elsewhere.
  const stay = view === "for-you" ? null : chosen;
  const next = withRows({ ...anew, view, watch, zoom: "none", focus: "list" }, stay);
  const switched: Model = { ...next, lastViewSwitch: { chosen, landed: next.anchor } };
  // Without a header, nothing else names the view.
  if (layOut(model.size, "none").header) return switched;
  const name = model.interests.find(({ id }) => id === watch)?.title ?? view;
  return { ...switched, notice: { text: `${name} · ${next.shown.length}`, tone: "info" } };
}

/** Opens the paper's page, or a search for its title if the address is unknown. Marks it read. */
function openPage(model: Model): Update {
  const at = current(model);
  if (at === null) return nothingHere(model);
  const paper = model.listing.paper(at);
  const [next, effects] = markRead(model, at);
  return [next, [...effects, { type: "open", ...pageToOpen(paper) }]];
}

/** Opens the paper's PDF. Marks it read. */
function openPdf(model: Model): Update {
  const at = current(model);
  if (at === null) return nothingHere(model);
  const paper = model.listing.paper(at);
  const url = pdfOf(paper);
  if (url === null) {
    const notice = {
      text: `this listing gives no PDF for this paper · ${pageHint(paper)}`,
      tone: "info",
    } as const;
    return [{ ...model, notice }, []];
  }
  const [next, effects] = markRead(model, at);
  return [next, [...effects, { type: "open", url, what: "its PDF" }]];
}
