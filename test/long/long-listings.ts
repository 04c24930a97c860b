import { readFileSync } from "node:fs";

/** A fixture, and the part of it to repeat: from the first `from` to the end of the last `to`. */
interface Repeated {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly between: string;
  /** An element around the entries, if the file has only one. */
  readonly within?: string;
}

const rule = `${"-".repeat(78)}\n\\\\`;

const repeated: readonly Repeated[] = [
  { file: "library.bib", from: "@string", to: "}\n", between: "\n" },
  { file: "ris.ris", from: "TY  - ", to: "ER  - \n", between: "\n" },
  { file: "arxiv-mail.txt", from: rule, to: "kb)\n", between: "" },
  { file: "arxiv-atom.xml", from: "<entry>", to: "</entry>", between: "\n" },
  { file: "arxiv-rss.xml", from: "<item>", to: "</item>", between: "\n" },
  { file: "arxiv-rdf.xml", from: "<item ", to: "</item>", between: "\n" },
  { file: "paper-feed.xml", from: "<item ", to: "</item>", between: "\n" },
  { file: "arxiv-snapshot.jsonl", from: "{", to: "\n", between: "" },
  { file: "daily-papers.txt", from: "Learning More", to: "\n", between: "\n" },
  { file: "linked-page.txt", from: "https://huggingface.co/login?next=%2Fpapers%2F", to: "\n", between: "" },
  { file: "trending.md", from: "### A Paper", to: "\n", between: "\n" },
  { file: "identifiers.txt", from: "2510", to: "\n", between: "" },
  { file: "formats/acl.xml", from: "<paper ", to: "</paper>", between: "\n" },
  { file: "formats/arxiv-listing.html", from: "<dt>", to: "</dd>", between: "\n" },
  { file: "formats/arxiv-listing.txt", from: "[1] arXiv", to: "\n", between: "" },
  { file: "formats/biblatex.bbl", from: "    \\entry{", to: "\\endentry\n", between: "" },
  { file: "formats/refs.bbl", from: "\\bibitem{a}", to: "}.\n", between: "\n" },
  { file: "formats/csl.yaml", from: "  - id: holm", to: "id: nothing\n", between: "" },
  { file: "formats/hayagriva.yml", from: "kettles:", to: "volume: 3\n", between: "" },
  { file: "formats/jats.xml", from: "<article ", to: "</article>", between: "\n", within: "articles" },
  { file: "formats/oai.xml", from: "<record>", to: "</record>", between: "\n" },
  { file: "formats/zotero.rdf", from: "<bib:Article ", to: "</bib:Article>", between: "\n" },
  { file: "formats/pubmed.nbib", from: "PMID-", to: "\n", between: "\n" },
  { file: "formats/pubmed.xml", from: "<PubmedArticle>", to: "</PubmedArticle>", between: "\n" },
  { file: "formats/endnote.xml", from: "<record>", to: "</record>", between: "\n" },
  { file: "formats/endnote.enw", from: "%0 ", to: "\n", between: "\n" },
  { file: "formats/dblp.xml", from: "<hit ", to: "</hit>", between: "\n" },
  { file: "formats/ovid.txt", from: "<1>", to: "\n", between: "\n" },
  { file: "formats/refworks.txt", from: "RT ", to: "\n", between: "\n" },
  { file: "formats/wos.ciw", from: "PT ", to: "ER\n", between: "\n" },
  { file: "formats/table.csv", from: '"Holm', to: "\n", between: "" },
  { file: "formats/list.md", from: "- [Counting", to: "\n", between: "\n" },
];

/**
 * Long listings, one of each format that is read as text, with any number of different entries: those of a
 * fixture, whose identifiers, keys and words of four and more letters change with each repetition.
 */
export const longListings = repeated.map(({ file, from, to, between, within }) => {
  const text = readFileSync(new URL(`../../fixtures/${file}`, import.meta.url), "utf8");
  const start = text.indexOf(from);
  const end = text.lastIndexOf(to) + to.length;
  if (start < 0 || end < start + to.length) throw new Error(`${file} has no ${from} … ${to}`);
  const part = text.slice(start, end);
  return {
    file,
    /** @param length the least length, in characters */
    of: (length: number) => {
      const parts = Array.from({ length: Math.ceil(length / part.length) }, (_, at) => different(part, at));
      const entries = parts.join(between);
      return (
        text.slice(0, start) +
        (within === undefined ? entries : `<${within}>${entries}</${within}>`) +
        text.slice(end)
      );
    },
  };
});

/** An entry with another identifier and other words for each number. */
function different(part: string, number: number): string {
  if (number === 0) return part;
  const letters = lettersOf(number);
  return part
    .replace(/(?<=\d{4}[.x])\d{4,5}\b/g, (found) =>
      String((Number(found) + number * 7) % 10 ** found.length).padStart(found.length, "0"),
    )
    .replace(
      /(?<=10\.\d{4,5}\/|@[a-z]{3,20}[{(]|crossref = \{|\\entry\{)[A-Za-z]+/gi,
      (found) => `${found}${letters}`,
    )
    .replace(/(?<=[a-z] )([a-z]{4,20})(?= [a-z]| *\n)/g, (found) => `${found}${letters}`);
}

function lettersOf(number: number): string {
  return number.toString(36).replace(/\d/g, (digit) => "ghijklmnop"[Number(digit)] as string);
}
