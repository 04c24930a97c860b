import { hasMark, isMuted } from "../../papers/marks.js";
import type { CacheName } from "../caches.js";
import type { Model } from "../model.js";

/** How many papers a watch finds here, and how many are unread; muted papers are not counted. */
export interface WatchCounts {
  readonly total: number;
  readonly unread: number;
}

const known: CacheName<WeakMap<Uint8Array, Map<string, WatchCounts>>> = { make: () => new WeakMap() };

/** The counts of a watch, by its identity; `null` while unknown. Cached until a mark changes. */
export function watchCounts({ caches, marks, judged }: Model, id: string): WatchCounts | null {
  const held = judged?.byId.get(id);
  if (held === undefined) return null;
  const counts = caches.of(known).get(marks) ?? new Map<string, WatchCounts>();
  caches.of(known).set(marks, counts);
  const before = counts.get(id);
  if (before !== undefined) return before;
  const made = countsOfPapers(held.papers, marks);
  counts.set(id, made);
  return made;
}

/** How many of these papers are shown, and how many of those are unread. */
export function countsOfPapers(papers: Uint32Array, marks: Uint8Array): WatchCounts {
  let total = 0;
  let unread = 0;
  for (const paper of papers) {
    const bits = marks[paper] as number;
    if (isMuted(bits)) continue;
    total += 1;
    if (!hasMark(bits, "read")) unread += 1;
  }
  return { total, unread };
}
