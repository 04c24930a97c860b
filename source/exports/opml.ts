import type { Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import type { ExportedPapers } from "./exported-paper.js";
import { readableText } from "./text/tex.js";

/**
 * The papers as an outline of links, OPML 2.0, which outliners, feed readers and bookmark managers read. Each
 * paper is an `outline` of the type "link", with its authors as the description. A paper without an address is
 * an outline without a type. http://opml.org/spec2.opml
 */
export function* opmlOf(papers: ExportedPapers): Generator<string, void, void> {
  yield `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>Papers</title>
  </head>
  <body>
`;
  for (const { paper } of papers) yield `    <outline ${attributesOf(paper)}/>\n`;
  yield "  </body>\n</opml>\n";
}

function attributesOf(paper: Paper): string {
  const url = clean(paper.url ?? (paper.doi === null ? "" : `https://doi.org/${paper.doi}`));
  const isAddress = /^https?:\/\/\S/i.test(url);
  const values: readonly (readonly [string, string])[] = [
    ["text", readableText(paper.title)],
    ["type", isAddress ? "link" : ""],
    ["url", isAddress ? url : ""],
    ["description", byWhom(paper)],
    ["category", [...paper.categories, ...paper.keywords].map(category).filter(Boolean).join(",")],
  ];
  return values
    .filter(([name, value]) => value !== "" || name === "text")
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(" ");
}

/** "Ada Example, Ben Sample, 2025", with every author, because no other field has them. */
function byWhom({ authors, authorCount, andOthers, published }: Paper): string {
  const counted = authorCount === null ? [] : [authorCount === 1 ? "1 author" : `${authorCount} authors`];
  const names = [...(authors.length > 0 ? authors.map(readableText) : counted)];
  if (andOthers && authors.length > 0) names.push("et al.");
  return [...names, published?.slice(0, 4) ?? ""].filter(Boolean).join(", ");
}

/** Commas separate categories, and slashes their levels. */
function category(text: string): string {
  return readableText(text).replace(/[,/]+/g, " ").replace(/ +/g, " ").trim();
}

/** A text as the value of an attribute; U+FFFD replaces characters that XML cannot represent. */
function escaped(text: string): string {
  return text
    .replace(/[\ufffe\uffff]|\p{Cs}/gu, "\ufffd")
    .replace(/[&<>"]/g, (sign) => references[sign] as string);
}
const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};
