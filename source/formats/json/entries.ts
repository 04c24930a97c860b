import type { Paper } from "../../papers/paper.js";
import { type Fields, isFields } from "./fields.js";

/** Where a JSON listing keeps its papers. */
export interface JsonListing {
  /** Keys under which an outer object holds the array of entries: "data", "results". */
  readonly lists: readonly string[];
  /** Keys of the envelopes around that object, outermost first: "message". */
  readonly envelope?: readonly string[];
  /** The key under which an entry that is not a paper holds papers: an author's "papers". */
  readonly inside?: string;
  /** Whether an object looks like an entry. Used only when damage hides which objects are entries. */
  isEntry(entry: Fields): boolean;
  /** The paper of an entry, or what is wrong with it, to follow "entry 3": "has no title". */
  toPaper(entry: Fields): Paper | string;
}

/**
 * The papers in one object, which is an entry or a response or envelope that holds entries. A string says
 * what is wrong with an entry.
 */
export function papersIn(root: Fields, listing: JsonListing): readonly (Paper | string)[] {
  const { lists, envelope, inside } = listing;
  const fields = unwrapped(root, envelope);
  const list = lists.find((name) => Array.isArray(fields[name]));
  const entries = withoutContainers(list === undefined ? [fields] : (fields[list] as unknown[]), inside);
  return entries.map((entry) =>
    isFields(entry) ? listing.toPaper(entry) : "is not a paper and was skipped",
  );
}

/** Unwraps the envelopes. */
export function unwrapped(root: Fields, envelope: readonly string[] = []): Fields {
  return envelope.reduce<Fields>((outer, name) => {
    const inner = outer[name];
    return isFields(inner) ? inner : outer;
  }, root);
}

/** The entries, with each container entry replaced by its papers. */
export function withoutContainers(
  entries: readonly unknown[],
  inside: string | undefined,
): readonly unknown[] {
  if (inside === undefined) return entries;
  const holds = (entry: unknown) => isFields(entry) && Array.isArray(entry[inside]);
  if (!entries.some(holds)) return entries;
  return entries.flatMap((entry) => (holds(entry) ? ((entry as Fields)[inside] as unknown[]) : [entry]));
}

/** Keys of inner objects that hold a paper's fields: Google Scholar (through `scholarly`), DOAJ, Zenodo, ReadCube. */
const inner = ["bib", "bibjson", "metadata", "attributes", "article"];
/** Prefixes of Dublin Core and PRISM, which Scopus uses: "dc:title", "prism:doi". */
const prefix = /^(?:dc|prism):/;

/** An entry with the fields of its inner objects merged in and prefixes removed. */
export function flattened(entry: Fields): Fields {
  let flat = entry;
  for (const name of inner) {
    const one = entry[name];
    if (isFields(one) && typeof one.title === "string") flat = { ...flat, ...one };
  }
  if (!Object.keys(flat).some((name) => prefix.test(name))) return flat;
  return Object.fromEntries(Object.entries(flat).map(([name, value]) => [name.replace(prefix, ""), value]));
}
