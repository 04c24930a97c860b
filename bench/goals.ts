import type { Bursts, Idle, Session, Starts } from "./measure.js";
import type { Size } from "./subject.js";

/** All that is measured at one size of the terminal. */
export interface Figures {
  readonly size: Size;
  readonly starts: Starts;
  readonly session: Session;
  readonly bursts: Bursts;
  readonly idle: Idle;
}

/** Something that must not get worse: a figure and the most it may be, both in `unit`. */
export interface Goal {
  readonly name: string;
  readonly unit: "× bare node" | "ms" | "bytes" | "MiB" | "mistakes";
  readonly limit: number;
  /** `null` where this machine cannot tell. */
  readonly figure: (figures: Figures) => number | null;
}

/** Goals are held at this size; other sizes are shown beside it. */
export const goalSize: Size = { columns: 120, rows: 40 };

export const otherSizes: readonly Size[] = [{ columns: 200, rows: 60 }];

/** The one place where the project says how fast is fast enough. */
export const goals: readonly Goal[] = [
  {
    name: "first full screen",
    unit: "× bare node",
    limit: 4,
    figure: ({ starts }) => starts.firstScreen.median / starts.bareNode.median,
  },
  { name: "a step (j), p95", unit: "ms", limit: 16, figure: ({ session }) => session.step.ms.p95 },
  {
    name: "a step (j), largest",
    unit: "bytes",
    limit: 1500,
    figure: ({ session }) => session.step.bytes.max,
  },
  { name: "100 steps in one write, slowest", unit: "ms", limit: 150, figure: ({ bursts }) => bursts.ms.max },
  {
    name: "100 steps in one write, led astray",
    unit: "mistakes",
    limit: 0,
    figure: ({ bursts }) => bursts.mistakes.length,
  },
  {
    name: "peak memory",
    unit: "MiB",
    limit: 130,
    figure: ({ session }) => (session.peakMemory === null ? null : session.peakMemory / 2 ** 20),
  },
];

/** Whether the figure keeps to the goal; `null` where there is no figure. */
export function isMet(goal: Goal, figures: Figures): boolean | null {
  const figure = goal.figure(figures);
  return figure === null ? null : figure <= goal.limit;
}
