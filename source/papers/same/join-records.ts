import { distinctEntries, entriesOf, withEntries } from "../bibliography-entry.js";
import { isTitledByIdentifier } from "../identity.js";
import type { Paper } from "../paper.js";
import { kindOf } from "./contradiction.js";

/**
 * Joins two records of a paper: missing fields of the first come from the second, and the better identity
 * counts. The bibliography entries of both are kept as they are.
 */
export function joinRecords(first: Paper, second: Paper): Paper {
  const joined: Record<string, unknown> = { ...first };
  for (const [field, value] of Object.entries(second)) {
    if (field === "entry" || field === "otherEntries") continue;
    // Keep a summary and its author together.
    if (field === "summaryBy" && first.summary !== null) continue;
    if (isLacking(joined[field]) && !isLacking(value)) joined[field] = value;
  }
  if (isTitledByIdentifier(first)) joined.title = second.title;
  const from = first.from && second.from ? { from: [...new Set([...first.from, ...second.from])] } : {};
  const entries =
    second.entry === undefined
      ? {}
      : withEntries(distinctEntries([...entriesOf(first), ...entriesOf(second)]));
  return { ...(joined as unknown as Paper), ...from, ...entries, id: betterId(first.id, second.id) };
}

function isLacking(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === "" ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** arXiv before DOI before a title with an author; of equals, the first. */
function betterId(first: string, second: string): string {
  return rankOf(second) > rankOf(first) ? second : first;
}

function rankOf(id: string): number {
  const kind = kindOf(id);
  if (kind === "arxiv") return 4;
  if (kind === "doi") return 3;
  return id.includes("/") ? 2 : 1;
}
