import type { ParsedListing, Problem } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { fromMarkup } from "../../text/markup.js";
import { counted } from "../../text/numbers.js";
import { fieldLimit } from "../feed/feed.js";
import { readXml, type XmlElement } from "./xml.js";

const problemLimit = 50;

/**
 * The papers of an XML text. `toPaper` converts each element with one of these names; it returns a string
 * that says what is wrong, or `null` if the element is not a paper. Never throws.
 */
export function readRecords(
  text: string,
  names: readonly string[],
  toPaper: (record: XmlElement) => Paper | string | null,
): ParsedListing {
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  let unreported = 0;
  const { problems: ofXml, isTruncated } = readXml(text, new Set(names), (record) => {
    const found = toPaper(record);
    if (found === null) return;
    if (typeof found !== "string") papers.push(found);
    else if (problems.length < problemLimit)
      problems.push({ line: record.line, message: `an entry ${found}`, skips: 1 });
    else unreported += 1;
  });
  if (unreported > 0) {
    problems.push({
      line: null,
      message: counted(unreported, "more problem like this", "more problems like these"),
      skips: unreported,
    });
  }
  return { papers, day: null, problems: [...problems, ...ofXml], ...(isTruncated ? { isTruncated } : {}) };
}

/** The elements at a path of names below an element, in order; `*` matches any name. */
export function at(element: XmlElement, ...path: readonly string[]): readonly XmlElement[] {
  let found: readonly XmlElement[] = [element];
  for (const name of path) {
    found = found.flatMap(({ children }) =>
      name === "*" ? children : children.filter((child) => local(child.name) === name),
    );
  }
  return found;
}

/** A name without its namespace prefix. */
export function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** The text of the first non-empty element at a path, without markup; `null` if there is none. */
export function textAt(element: XmlElement, ...path: readonly string[]): string | null {
  for (const one of at(element, ...path)) {
    const text = fromMarkup(one.text.slice(0, fieldLimit));
    if (text !== "") return text;
  }
  return null;
}

/** The texts of all elements at a path, without empty ones. */
export function textsAt(element: XmlElement, ...path: readonly string[]): string[] {
  return at(element, ...path)
    .map((one) => fromMarkup(one.text.slice(0, fieldLimit)))
    .filter((text) => text !== "");
}
