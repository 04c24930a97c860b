import { type Paper, titleId } from "./paper.js";

/**
 * One paper out of two records of it: what the first has stays, what it lacks comes from the second.
 * Where one of them is known by its title only, the other's identity is the better one.
 */
export function joinRecords(first: Paper, second: Paper): Paper {
  const joined: Record<string, unknown> = { ...first };
  for (const [field, value] of Object.entries(second)) {
    if (isLacking(joined[field]) && !isLacking(value)) joined[field] = value;
  }
  return { ...(joined as unknown as Paper), id: isTitleId(first.id) ? second.id : first.id };
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

/** Whether an identity is made of a title. */
export function isTitleId(id: string): boolean {
  return id.startsWith("title:");
}

/**
 * Papers without their doubles, each where it first came, joined from all its records. Records are
 * of one paper where they have the same identity; also where one has no better one than its title,
 * as on the Daily Papers page, and exactly one other paper is called the same.
 */
export function joinDoubles(papers: readonly Paper[]): Paper[] {
  const joined: Paper[] = [];
  const places = new Map<string, number>();
  for (const paper of papers) {
    const place = places.get(paper.id);
    if (place !== undefined) joined[place] = joinRecords(joined[place] as Paper, paper);
    else {
      places.set(paper.id, joined.length);
      joined.push(paper);
    }
  }
  const untold = joined.filter(({ id }) => isTitleId(id)).length;
  // One way of knowing papers throughout, as in nearly every listing: no two can be the same.
  return untold === 0 || untold === joined.length ? joined : joinByTitle(joined);
}

function joinByTitle(papers: readonly Paper[]): Paper[] {
  const told = new Map<string, Paper | "several">();
  for (const paper of papers) {
    if (isTitleId(paper.id)) continue;
    const title = titleId(paper.title);
    told.set(title, told.has(title) ? "several" : paper);
  }
  const joined = new Map<string, Paper>();
  for (const paper of papers) {
    const same = isTitleId(paper.id) ? told.get(paper.id) : undefined;
    const id = same === undefined || same === "several" ? paper.id : same.id;
    const before = joined.get(id);
    joined.set(id, before ? joinRecords(before, paper) : { ...paper, id });
  }
  return [...joined.values()];
}
