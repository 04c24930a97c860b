import type { ParsedListing, Problem } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { clean } from "../../text/clean.js";
import { fromTexAccents } from "../../text/names.js";
import { plainTex } from "../../text/tex/render.js";
import { splitAuthors } from "../fields/author-line.js";
import { knownDate } from "../fields/dates.js";
import type { Format } from "../format.js";
import { foundPaper } from "../json/found-paper.js";
import { findPaperNames } from "../web/find-names.js";

/**
 * A bibliography as typeset by BibTeX (`.bbl`), or `thebibliography` in the source of a paper. Each
 * `\bibitem` is an entry; `\newblock` separates authors, title and the rest, or the title is in italics.
 */
export const bbl: Format = {
  name: "bibliography set by BibTeX (bbl)",
  title: null,
  knownBy: "`\\bibitem`",
  from: "the .bbl file beside a paper’s source, or its `thebibliography`",
  detect: (text) => (/\\bibitem\s{0,3}[[{]/.test(text.slice(0, 2_000_000)) ? 0.6 : 0),
  parse,
};

const longestEntry = 10_000;

function parse(text: string): ParsedListing {
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  let line = 1;
  let counted = 0;
  for (let at = text.indexOf("\\bibitem"); at >= 0; ) {
    const next = text.indexOf("\\bibitem", at + 8);
    for (
      let found = text.indexOf("\n", counted);
      found >= 0 && found < at;
      found = text.indexOf("\n", found + 1)
    ) {
      line += 1;
      counted = found + 1;
    }
    const whole = text.slice(at + 8, Math.min(next < 0 ? text.length : next, at + longestEntry));
    const end = whole.indexOf("\\end{thebibliography}");
    const found = toPaper(end < 0 ? whole : whole.slice(0, end));
    if (typeof found !== "string") papers.push(found);
    else problems.push({ line, message: `an entry ${found}`, skips: 1 });
    at = next;
  }
  return { papers, day: null, problems };
}

/** Text in italics (a command or a group), in quotation marks, or between `\newblock`s. */
const inItalics =
  /\\(?:emph|textit|textsl|titlecap|bibinfo\{title\}|enquote)\s?\{((?:[^{}]|\{[^{}]{0,300}\}){3,600})\}|\{\\(?:em|it|sl)\s((?:[^{}]|\{[^{}]{0,300}\}){3,600})\}/;
const inQuotes = /``((?:[^`'\n]|\n(?!\n)|'(?!')){8,600})''|“([^”]{8,600})”/;

function toPaper(whole: string): Paper | string {
  const body = whole
    .replace(/^\s{0,9}(?:\[[^\]]{0,400}\]\s{0,9})?\{[^{}]{0,200}\}/, "")
    .replace(/(?<!\\)%[^\n]*(?:\n\s{0,99}|$)/g, "");
  const blocks = body.split("\\newblock");
  const quoted = inQuotes.exec(body);
  const italic = inItalics.exec(body);
  let title = "";
  let before = "";
  if (blocks.length > 2) {
    before = blocks[0] as string;
    title = blocks[1] as string;
  } else {
    const found = quoted ?? italic;
    if (found !== null) {
      title = found[1] ?? found[2] ?? "";
      before = body.slice(0, found.index);
    }
  }
  const names = findPaperNames(
    clean(body.replace(/\\(?:href|url|path)\s?\{([^{}]{0,500})\}/g, " $1 ").replace(/\\([_%#&])/g, "$1")),
  );
  const arxiv = names.find((name) => name.arxiv !== null && !name.isBare)?.arxiv ?? null;
  const years = [...body.matchAll(/(?<![\d./:-])((?:19|20)\d\d)(?![\d.-]?\d)/g)].map(([, year]) => year);
  const authors = splitAuthors(plain(before).replace(/(?<![,.:\s])[,.:\s]+$/, ""));
  return foundPaper({
    title: plain(title).replace(/(?<![.,\s])[.,\s]+$/, "") || null,
    authors: authors.authors.filter((name) => name.length < 80),
    published: knownDate(years.at(-1)),
    arxiv,
    doi: names.find(({ doi }) => doi !== null)?.doi ?? null,
    url: null,
    key: clean(/\{([^{}]{1,200})\}/.exec(whole)?.[1] ?? "") || null,
  });
}

/** Text without the commands and braces of the style. */
function plain(tex: string): string {
  const text = fromTexAccents(
    tex
      .replace(/\\bib(?:info|field|namefont|fnamefont)\s{0,3}\{?(?:[a-z]{1,20}\})?/g, " ")
      .replace(/~/g, " "),
  );
  return clean(plainTex(clean(text)).replace(/[{}]/g, ""));
}
