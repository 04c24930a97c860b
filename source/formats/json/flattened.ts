import { type Fields, isFields } from "./fields.js";

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
