import { hasMark, type MarkField, type PaperChange } from "../../papers/marks.js";
import { counted, thousands } from "../../text/numbers.js";
import { turnPaperView } from "../detail/turn-view.js";
import type { Key } from "../keys/key.js";
import { commandOf, showKey } from "../keys/keymap.js";
import type { Update } from "../messages.js";
import type { Decision, Model, Triage } from "../model.js";
import { applyChanges } from "./marking.js";
import { scrollDetail } from "./moving.js";
import { placeCursor } from "./views.js";

/** The keys of triage, as the footer shows them. */
export const triageKeys = [
  { key: "s", decision: "star", words: "star" },
  { key: "L", decision: "later", words: "later" },
  { key: "x", decision: "skip", words: "skip" },
] as const;

/** Starts a triage of the list's unread papers, from the cursor on and then from the top. */
export function startTriage(model: Model): Update {
  const { shown, cursor, listing, marks } = model;
  const isUnread = (at: number) => !hasMark(marks[at] as number, "read");
  const unread = [...shown.subarray(cursor).filter(isUnread), ...shown.subarray(0, cursor).filter(isUnread)];
  if (unread.length === 0) return [{ ...model, notice: { text: "nothing unread here", tone: "info" } }, []];
  const papers = unread.map((at) => listing.id(at));
  const triage: Triage = { papers, decided: [], began: null, last: null };
  const begun: Model = {
    ...model,
    mode: "triage",
    zoom: "detail",
    focus: "detail",
    triage,
    triages: model.triages + 1,
  };
  return [atNext(begun), [{ type: "clock" }]];
}

/** A key during triage. */
export function onTriageKey(model: Model, key: Key): Update {
  const { triage } = model;
  if (!triage) return [{ ...model, mode: "browse" }, []];
  const chosen = triageKeys.find((one) => one.key === key.name);
  if (chosen) return decide(model, triage, chosen.decision);
  switch (key.name) {
    case "u":
      return stepBack(model, triage);
    case "escape":
    case "q":
    case "ctrl-c":
      return [ended(model, triage), []];
  }
  const command = commandOf("browse", key.name);
  if (command === "paper-view") return [turnPaperView(model), []];
  if (command) {
    const scrolled = scrollDetail(model, command, null);
    if (scrolled !== model) return [scrolled, []];
  }
  const what = key.text === null || key.text === " " ? showKey(key.name) : key.text;
  const text = `${what} does nothing in triage · ? lists the keys`;
  return [{ ...model, notice: { text, tone: "info" } }, []];
}

/** Progress, and the time left at this pace: "12 of 40, about 6 min left". */
export function progressOf({ papers, decided, began, last }: Triage): string {
  const place = `${thousands(Math.min(decided.length + 1, papers.length))} of ${thousands(papers.length)}`;
  // The first few decisions give no pace yet.
  if (began === null || last === null || decided.length < 3) return place;
  const minutes = ((last - began) / decided.length) * (papers.length - decided.length) * (1 / 60_000);
  return `${place}, ${minutes < 1 ? "less than a minute" : `about ${Math.round(minutes)} min`} left`;
}

/** Stores the time, which arrives after the start and after each decision. */
export function onClock(model: Model, now: number, today: string): Model {
  const { triage } = model;
  if (!triage) return { ...model, today };
  return { ...model, today, triage: { ...triage, began: triage.began ?? now, last: now } };
}

const fields: Readonly<Record<Decision, MarkField | null>> = { star: "starred", later: "later", skip: null };
const labels: Readonly<Record<Decision, string>> = {
  star: "starred and read",
  later: "kept for later and read",
  skip: "marked read",
};

function decide(model: Model, triage: Triage, decision: Decision): Update {
  const { listing, marks } = model;
  const id = triage.papers[triage.decided.length];
  const at = id === undefined ? -1 : listing.indexOf(id);
  if (id === undefined || at < 0) return [ended(model, triage), []];
  const paper = listing.paper(at);
  const field = fields[decision];
  const bits = marks[at] as number;
  const change: PaperChange = {
    paper: id,
    title: paper.title,
    ...(hasMark(bits, "read") ? {} : { read: true }),
    ...(field === null || hasMark(bits, field) ? {} : { [field]: true }),
  };
  const next = { ...triage, decided: [...triage.decided, decision] };
  const marked = applyChanges({ ...model, triage: next }, [change]);
  const isLast = next.decided.length === triage.papers.length;
  const keep = field === null ? [] : [paper];
  return [
    isLast ? ended(marked, next) : atNext(marked),
    // Reported only if it fails, because the next paper is on the screen already.
    [
      {
        type: "record",
        label: labels[decision],
        papers: [change],
        keep,
        quiet: true,
        group: model.triages,
        ...(decision === "skip" ? { passed: "skipped" } : {}),
      },
      { type: "clock" },
    ],
  ];
}

/** Returns to the previous paper and undoes its decision. */
function stepBack(model: Model, triage: Triage): Update {
  if (triage.decided.length === 0) {
    return [{ ...model, notice: { text: "this is the first paper", tone: "info" } }, []];
  }
  const before = { ...triage, decided: triage.decided.slice(0, -1) };
  return [atNext({ ...model, triage: before }), [{ type: "undo", alone: true }]];
}

/** Shows the next paper to decide on. */
function atNext(model: Model): Model {
  const { triage, listing } = model;
  const id = triage?.papers[triage.decided.length];
  const row = id === undefined ? -1 : model.shown.indexOf(listing.indexOf(id));
  return row < 0 ? model : placeCursor(model, row);
}

/** Returns to the list, with a summary of the triage. */
function ended(model: Model, { decided }: Triage): Model {
  const list: Model = { ...model, mode: "browse", zoom: "none", focus: "list", triage: null };
  if (decided.length === 0) return list;
  const count = (decision: Decision) => decided.filter((one) => one === decision).length;
  const counts = [
    [count("star"), "starred"],
    [count("later"), "for later"],
    [count("skip"), "skipped"],
  ] as const;
  // Omit counts of zero, so that the message fits into a row of 80 cells.
  const text = [
    `went through ${counted(decided.length, "paper")}`,
    ...counts.flatMap(([number, words]) => (number === 0 ? [] : [`${thousands(number)} ${words}`])),
    "u undoes it all",
  ].join(" · ");
  return { ...list, notice: { text, tone: "info" } };
}
