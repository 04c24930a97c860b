import type { Paper } from "../../papers/paper.js";
import { type Fields, isFields } from "./fields.js";

/** How a listing in JSON holds its papers. */
export interface JsonListing {
  /** The names under which an outer object holds the array of its entries: "data", "results". */
  readonly lists: readonly string[];
  /** The names under which an answer holds that object, where it is in envelopes, the outer one first: "message". */
  readonly envelope?: readonly string[];
  /** The name under which an entry holds papers, where it is none itself: an author's "papers". */
  readonly inside?: string;
  /** Whether an object looks like an entry; asked only where damage hides which objects are. */
  isEntry(entry: Fields): boolean;
  /** The paper of an entry, or what is wrong with it, as in "entry 3 …": "has no title". */
  toPaper(entry: Fields): Paper | string;
}

/** The papers of one object: an entry, or an answer or envelope that holds entries; a text says what is wrong with one. */
export function papersIn(root: Fields, listing: JsonListing): readonly (Paper | string)[] {
  const { lists, envelope, inside } = listing;
  const fields = opening(root, envelope);
  const list = lists.find((name) => Array.isArray(fields[name]));
  const entries = opened(list === undefined ? [fields] : (fields[list] as unknown[]), inside);
  return entries.map((entry) =>
    isFields(entry) ? listing.toPaper(entry) : "is not a paper and was skipped",
  );
}

/** The object inside the envelopes. */
export function opening(root: Fields, envelope: readonly string[] = []): Fields {
  return envelope.reduce<Fields>((outer, name) => {
    const inner = outer[name];
    return isFields(inner) ? inner : outer;
  }, root);
}

/** The entries, with the papers of those that hold some in their place. */
export function opened(entries: readonly unknown[], inside: string | undefined): readonly unknown[] {
  if (inside === undefined) return entries;
  const holds = (entry: unknown) => isFields(entry) && Array.isArray(entry[inside]);
  if (!entries.some(holds)) return entries;
  return entries.flatMap((entry) => (holds(entry) ? ((entry as Fields)[inside] as unknown[]) : [entry]));
}

/** Objects inside an entry that hold what says of the paper: Google Scholar's through `scholarly`, DOAJ, Zenodo. */
const inner = ["bib", "bibjson", "metadata", "attributes"];
/** Prefixes of Dublin Core and PRISM, which Scopus writes: "dc:title", "prism:doi". */
const prefix = /^(?:dc|prism):/;

/** An entry with the fields of its inner objects beside its own, and without prefixes. */
export function flattened(entry: Fields): Fields {
  let flat = entry;
  for (const name of inner) {
    const one = entry[name];
    if (isFields(one) && typeof one.title === "string") flat = { ...flat, ...one };
  }
  if (!Object.keys(flat).some((name) => prefix.test(name))) return flat;
  return Object.fromEntries(Object.entries(flat).map(([name, value]) => [name.replace(prefix, ""), value]));
}
