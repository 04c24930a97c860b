import type { WantedKind } from "../../papers/interests/evidence.js";
import type { Registers } from "../journal/replay.js";

/** The papers that the reader wanted, and the surest sign of it, by identity in alphabetical order. */
export function wantedIn(registers: Registers): ReadonlyMap<string, WantedKind> {
  const found = new Map<string, WantedKind>();
  for (const id of registers.noted("learned")) found.set(id, "learned");
  for (const id of registers.placed()) found.set(id, "readInFull");
  for (const id of registers.noted("exported")) found.set(id, "exported");
  for (const { paper } of registers.marked("later")) found.set(paper, "later");
  for (const { paper } of registers.marked("starred")) found.set(paper, "starred");
  return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}
