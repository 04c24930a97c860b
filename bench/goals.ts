import type { Bursts, Idle, Loading, Session, Starts } from "./measure.js";
import type { Size } from "./subject.js";

/** All figures of one listing at one size of the terminal. */
export interface Figures {
  readonly size: Size;
  /** The number of papers; `null` for the bundled listing. */
  readonly papers: number | null;
  /** `null` for a long listing, which loads after the first screen. */
  readonly starts: Starts | null;
  readonly loading: Loading | null;
  /** Starts with 10,000 marked papers, and with a cached day. */
  readonly withMarks: Starts | null;
  readonly withDay: Starts | null;
  readonly session: Session;
  readonly bursts: Bursts;
  readonly idle: Idle | null;
}

/** A limit: a figure and its maximum, both in `unit`. */
export interface Goal {
  readonly name: string;
  readonly unit: "× bare node" | "ms" | "bytes" | "MiB" | "mistakes";
  readonly limit: number;
  /** `null` if this machine cannot measure it, or the goal is for other listings. */
  readonly figure: (figures: Figures) => number | null;
}

/** Sizes of the terminal: the first is that of all listings, the others are for the bundled one only. */
export const goalSize: Size = { columns: 120, rows: 40 };
export const otherSizes: readonly Size[] = [{ columns: 200, rows: 60 }];

const ratio = (starts: Starts | null) => starts && starts.firstScreen.median / starts.bareNode.median;
const isAtGoalSize = ({ size }: Figures) => size.columns === goalSize.columns;

/** A goal for listings of this many papers. */
function ofSize(
  papers: number,
  name: string,
  unit: Goal["unit"],
  limit: number,
  figure: Goal["figure"],
): Goal {
  const title = `${name}, ${papers.toLocaleString("en")} papers`;
  return { name: title, unit, limit, figure: (one) => (one.papers === papers ? figure(one) : null) };
}

const mib = (bytes: number | null | undefined) => (typeof bytes === "number" ? bytes / 2 ** 20 : null);
const meanwhile = ({ loading }: Figures) => loading?.meanwhile.p95 ?? null;
const loadedPeak = ({ loading }: Figures) => mib(loading?.peakMemory);

/** All speed goals of the project. */
export const goals: readonly Goal[] = [
  { name: "first full screen", unit: "× bare node", limit: 2.5, figure: ({ starts }) => ratio(starts) },
  {
    name: "… with marks of 10,000 papers",
    unit: "× bare node",
    limit: 2.5,
    figure: ({ withMarks }) => ratio(withMarks),
  },
  {
    name: "… of a day that was kept",
    unit: "× bare node",
    limit: 2.5,
    figure: ({ withDay }) => ratio(withDay),
  },
  { name: "a step (j), p95", unit: "ms", limit: 8, figure: ({ session }) => session.step.ms.p95 },
  {
    // Most of it is the text of the new paper: its title and abstract are 720 characters.
    name: "a step (j), largest",
    unit: "bytes",
    limit: 1500,
    figure: (one) => (isAtGoalSize(one) ? one.session.step.bytes.max : null),
  },
  { name: "a page, p95", unit: "ms", limit: 16, figure: ({ session }) => session.page.ms.p95 },
  { name: "a resize, p95", unit: "ms", limit: 16, figure: ({ session }) => session.resize.ms.p95 },
  { name: "100 steps in one write, slowest", unit: "ms", limit: 60, figure: ({ bursts }) => bursts.ms.max },
  {
    name: "100 steps in one write, led astray",
    unit: "mistakes",
    limit: 0,
    figure: ({ bursts }) => bursts.mistakes.length,
  },
  {
    name: "peak memory, sample",
    unit: "MiB",
    limit: 130,
    figure: (one) => (one.papers === null ? mib(one.session.peakMemory) : null),
  },
  ofSize(100_000, "first screen", "ms", 500, ({ loading }) => loading?.firstScreen.median ?? null),
  ofSize(100_000, "all loaded", "ms", 3_000, ({ loading }) => loading?.loaded.median ?? null),
  ofSize(100_000, "peak memory", "MiB", 600, loadedPeak),
  // A step is drawn between two pieces of loading work.
  ofSize(100_000, "a step while it loads, p95", "ms", 50, meanwhile),
  ofSize(1_000_000, "first screen", "ms", 500, ({ loading }) => loading?.firstScreen.median ?? null),
  ofSize(1_000_000, "all loaded", "ms", 30_000, ({ loading }) => loading?.loaded.median ?? null),
  ofSize(1_000_000, "peak memory", "MiB", 2_560, loadedPeak),
  ofSize(1_000_000, "a step while it loads, p95", "ms", 50, meanwhile),
];

/** Whether the figure meets the goal; `null` without a figure. */
export function isMet(goal: Goal, figures: Figures): boolean | null {
  const figure = goal.figure(figures);
  return figure === null ? null : figure <= goal.limit;
}
