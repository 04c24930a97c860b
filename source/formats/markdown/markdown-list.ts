import { identityOf } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { isTitleId } from "../../papers/title-identity.js";
import { clean } from "../../text/clean.js";
import { splitAuthors } from "../fields/author-line.js";
import { eachLine, headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { foundPaper } from "../json/found-paper.js";
import { likelyNames } from "../web/bare-numbers.js";
import { type FoundName, findPaperNames } from "../web/find-names.js";
import { aboutOf, isPerson, noPeople, peopleBefore } from "./about.js";
import { type Block, blocksOf } from "./blocks.js";
import { type ColumnFields, columnFields } from "./columns.js";
import { linksIn, type MarkdownLink, plain, withInlineLinks, withoutLinks } from "./inline.js";
import { isName, isTitle, labels, titleBeside } from "./titles.js";

/**
 * Lists of papers in Markdown: the output of `export --format markdown`, "awesome" lists and daily digests,
 * as items, tables or headings. Anything with a link to a paper or an identifier is a paper. Its title is
 * the label of the link, or else the bold or quoted text before it. Authors and years next to it are read.
 */
export const markdownList: Format = {
  name: "list of papers (Markdown)",
  title: null,
  knownBy: "links to papers in Markdown",
  from: "`export --format markdown`, “awesome” lists, daily digests, notes: items, tables and headings with links to arXiv, DOIs, Hugging Face, OpenReview, ACL and others",
  detect,
  parse,
};

const longestBlock = 20_000;
const labelledAddress =
  /^\s{0,9}[-*+]\s[*_]{0,2}(?:link|url|paper|pdf|arxiv|abs)[*_]{0,2}\s?:[*_]{0,2}\s?https?:\/\//im;

function detect(text: string): number {
  if (/^[\ufeff\s]*(?:[<{@%]|\[\s*[{"\]])/.test(text)) return 0;
  const head = withInlineLinks(headOf(text));
  if (isOwnList(head)) return 0.93;
  // A digest may have bare addresses below its headings.
  const isDigest = /^#{2,6} /m.test(head) && labelledAddress.test(head);
  if (!head.includes("](") && !isDigest) return 0;
  let heading = "";
  let found = 0;
  for (const block of blocksOf(head)) {
    if (papersOf(block, heading).length > 0) found += 1;
    if (block.kind === "heading") heading = block.lines[0] as string;
  }
  return found === 0 ? 0 : 0.91;
}

/**
 * Whether it is the output of `export --format markdown`: only one-line items, at least a third of them
 * with a year, an author count or an identifier after a dash, as `exports/markdown.ts` writes them.
 */
function isOwnList(head: string): boolean {
  const lines = head.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0 || !lines.every((line) => line.startsWith("- "))) return false;
  const isSaid =
    / — (?:.*, )?(?:1[5-9]|20)\d\d(?:\. |$)| — [\d,]+ authors?(?:,|\.|$)| — (?:.*\. )?(?:arXiv|doi):\S+$/;
  return lines.filter((line) => isSaid.test(line)).length * 3 >= lines.length;
}

function parse(text: string): ParsedListing {
  if (isOwnList(headOf(text))) return parseOwn(text);
  const papers = new Map<string, Paper>();
  let heading = "";
  let last: string | null = null;
  /** Text between a heading and the first mention of its paper. */
  let before: Block[] = [];
  for (const block of blocksOf(withInlineLinks(text))) {
    const found = papersOf(block, heading);
    for (const paper of found) {
      if (!papers.has(paper.id)) papers.set(paper.id, before.reduce(withText, paper));
      last = paper.id;
    }
    if (found.length > 0 || block.kind === "heading") before = [];
    if (block.kind === "heading") {
      heading = plain(block.lines[0] as string).replace(/^#+\s*(?:\(?\d{1,4}[.)]\s+)?/, "");
      if (found.length === 0) last = null;
    } else if (found.length === 0 && (block.kind !== "item" || isLabelled(block))) {
      if (last !== null) papers.set(last, withText(papers.get(last) as Paper, block));
      else if (isLabelled(block)) before.push(block);
    } else if (found.length === 0) last = null;
  }
  const problems = papers.size > 0 ? [] : [{ line: null, message: "it has no link to a paper" }];
  return { papers: [...papers.values()], day: null, problems };
}

/** One paper for every item of our own export, even if several share a title or identifier. */
function parseOwn(text: string): ParsedListing {
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  eachLine(text, (line, number) => {
    if (line.trim() === "") return;
    const whole = clean(line);
    const [paper = ownPaper(whole), ...more] = papersOf({ kind: "item", line: number, lines: [line] }, "");
    const found = more.length > 0 ? ownPaper(whole) : paper;
    if (found !== null) papers.push(found);
    else problems.push({ line: number, message: "an item without a title was skipped", skips: 1 });
  });
  return { papers, day: null, problems };
}

/**
 * "- [Title](address) — First Author et al., 2025. Journal. doi:…". The address and the text after the dash
 * are optional.
 */
function ownPaper(whole: string): Paper | null {
  const item = whole.replace(/^- /, "");
  const [link] = linksIn(item);
  if (link !== undefined && link.from === 0) {
    const names = findPaperNames(`${link.address} ${/ (?:arXiv|doi):\S+$/.exec(item)?.[0] ?? ""}`);
    return made(plain(link.label), names, item.slice(link.to), "item", link.address);
  }
  const dash = item.lastIndexOf(" — ");
  return dash < 0
    ? made(plain(item), [], "", "item")
    : made(plain(item.slice(0, dash)), findPaperNames(item.slice(dash)), item.slice(dash), "item");
}

/** Whether an item describes the paper around it: "- **Authors:** Ines Holm". */
function isLabelled({ kind, lines }: Block): boolean {
  return (
    kind === "item" &&
    /^\s*[-*+]\s+[*_]{0,2}(?:Authors?|By|Abstract|Summary|TL;?DR|Code)[*_]{0,2}\s?:/i.test(lines[0] as string)
  );
}

/** Adds what the lines around a paper say: authors in italics, its abstract, its code. */
function withText(paper: Paper, block: Block): Paper {
  const text = block.lines
    .join(" ")
    .replace(/^\s*[-*+]\s+/, "")
    .replace(/^(\*\*|__)([\w;]{2,9})\1\s?:/, "$2:")
    .trim();
  const code =
    /^(?:\*\*)?Code\s?:(?:\*\*)?\s*\S*?(https?:\/\/(?:github|gitlab)\.com\/[^\s()<>]{3,300})/i.exec(
      text,
    )?.[1];
  if (code !== undefined && paper.code === null) return { ...paper, code: clean(code) };
  const italics =
    /^[*_](?![*_\s])(.{3,2000}?)[*_]\.?$/.exec(text)?.[1] ??
    /^(?:\*\*)?(?:Authors?|By)\s?:(?:\*\*)?\s(.{3,4000})$/i.exec(text)?.[1];
  if (italics !== undefined && paper.authors.length === 0) {
    const { authors, andOthers } = splitAuthors(plain(italics).replace(/\.$/, ""));
    if (authors.every(isPerson))
      return makePaper({ ...paper, id: isTitleId(paper.id) ? "" : paper.id, authors, andOthers });
  }
  const abstract = /^(?:\*\*)?(?:Abstract|Summary|TL;?DR)\s?[:.](?:\*\*)?\s*(.{20,})$/is.exec(text)?.[1];
  if (abstract !== undefined && paper.abstract === "") return { ...paper, abstract: plain(abstract) };
  return paper;
}

interface NamedLink {
  readonly link: MarkdownLink;
  readonly name: FoundName;
  readonly label: string;
}

/**
 * The links that belong to no paper with a title: to another number of arXiv, which is always another paper. A DOI or
 * a page may be that of a paper with a number.
 */
function otherArxiv(named: readonly NamedLink[], titled: readonly NamedLink[]): readonly NamedLink[] {
  const known = new Set(titled.map(({ name }) => name.arxiv));
  if (known.has(null)) return [];
  return named.filter(({ name: { arxiv } }) => {
    if (arxiv === null || known.has(arxiv)) return false;
    known.add(arxiv);
    return true;
  });
}

/**
 * The names of papers in a text without links. A number without "arXiv" counts only at the beginning of an item.
 * Names in code are examples, as in the manual of a program, unless the text begins or ends with them.
 */
function namesOutside(whole: string, { kind }: Block): readonly FoundName[] {
  const text = whole.replace(codeSpan, (span, at: number) => {
    const isAtEdge =
      /^[\s>*+•-]*(?:\[[ xX]\]\s+)?$/.test(whole.slice(0, at)) ||
      /^[\s.,;)]*$/.test(whole.slice(at + span.length));
    return isAtEdge ? span : " ".repeat(span.length);
  });
  const names = findPaperNames(text);
  const first = kind === "item" ? itemMark.exec(text)?.[0].length : undefined;
  const likely = likelyNames(text, names);
  return names.filter((name) => !name.isBare || (name.from === first && likely.includes(name)));
}

const codeSpan = /`[^`\n]{1,300}`/g;
const itemMark = /^\s*[-*+•]\s+(?:\[[ xX]\]\s+)?`?/;

/** The papers of a block: one for each link with a title, or a single one, for the best of its links. */
function papersOf(block: Block, heading: string): Paper[] {
  const whole = block.lines.map(clean).join("\n").slice(0, longestBlock);
  const links = linksIn(whole);
  const linked = links.flatMap((link) => {
    const [name] = findPaperNames(link.address);
    return name === undefined ? [] : [{ link, name, label: plain(link.label) }];
  });
  const titled = linked.filter(({ label }) => isTitle(label));
  const others = titled.length === 0 ? [] : otherArxiv(linked, titled);
  if (titled.length > 1 && new Set(titled.map(({ name }) => keyOf(name))).size > 1) {
    const listed = [...titled, ...others].sort((one, other) => one.link.from - other.link.from);
    // Each paper gets the part of the block up to the next paper.
    return listed.flatMap(({ link, name, label }, at) => {
      const end = listed[at + 1]?.link.from ?? whole.length;
      return made(isName(label) ? label : "", [name], whole.slice(link.to, end), block.kind) ?? [];
    });
  }
  const apart = new Set(others.map(({ name }) => name.arxiv));
  const named = linked.filter(({ name: { arxiv } }) => arxiv === null || !apart.has(arxiv));
  const bare = named.length > 0 ? [] : namesOutside(withoutLinks(whole, links), block);
  const names = [...named.map(({ name }) => name), ...bare];
  if (names.length === 0) return ownItem(block, whole, links);
  const [first] = titled;
  const found =
    first === undefined
      ? titleBeside(whole, links, block)
      : { title: first.label, after: whole.slice(first.link.to) };
  const isUnderHeading = names.length === 1 && heading !== "" && labels.test(whole);
  if (found === null && named.length === 0 && !isUnderHeading) return [];
  const title =
    found?.title ??
    (isTitle(heading) &&
    block.kind !== "heading" &&
    (named.length === names.length || isUnderHeading) &&
    (labels.test(whole) || isAlone(whole, links))
      ? heading
      : "");
  const groups = found === null && title === "" ? distinct(names).map((name) => [name]) : [names];
  const after = found?.after ?? (labels.test(whole) ? whole : "");
  const columns = block.heads && groups.length === 1 ? columnFields(whole, block.heads, plain) : {};
  const people = first === undefined ? noPeople : peopleBefore(whole.slice(0, first.link.from));
  const own = groups.flatMap((group) => made(title, group, after, block.kind, null, columns, people) ?? []);
  const asPapers = (some: readonly NamedLink[]) =>
    some.flatMap(({ name, label }) => made(isName(label) ? label : "", [name], "", block.kind) ?? []);
  const start = first?.link.from ?? 0;
  return [
    ...asPapers(others.filter(({ link }) => link.from < start)),
    ...own,
    ...asPapers(others.filter(({ link }) => link.from > start)),
  ];
}

/**
 * An item of `export --format markdown` whose link is missing or leads to an unknown site: "- [Title](…) —
 * Authors, 2025".
 */
function ownItem(block: Block, whole: string, links: readonly MarkdownLink[]): Paper[] {
  if (block.kind !== "item") return [];
  const rest = whole.replace(/^\s*[-*+]\s+/, "");
  const [link] = links;
  const offset = whole.length - rest.length;
  const dash = rest.lastIndexOf(" — ");
  if (dash < 0 || !/(?:, |— )(?:19|20)\d\d(?:\.|$)|\bdoi:10\.|— \p{Lu}/u.test(rest.slice(dash - 1).trimEnd()))
    return [];
  const { authors, authorCount, published } = aboutOf(rest.slice(dash), "item");
  const isSaid = published !== null || authorCount !== null || authors.some((name) => name.includes(" "));
  if (!isSaid || !authors.every(isPerson)) return [];
  const isLinked = link !== undefined && link.from === offset;
  const title = plain(isLinked ? link.label : rest.slice(0, dash));
  const paper = made(title, [], rest.slice(dash), "item", isLinked ? link.address : null);
  return paper === null || !isTitle(title) ? [] : [paper];
}

/** Whether a block is only links and the words around them. */
function isAlone(whole: string, links: readonly MarkdownLink[]): boolean {
  return plain(withoutLinks(whole, links)).replace(/[^\p{L}]/gu, "").length < 30;
}

function made(
  title: string,
  names: readonly FoundName[],
  after: string,
  kind: Block["kind"],
  address: string | null = null,
  columns: ColumnFields = {},
  before: ReturnType<typeof peopleBefore> = noPeople,
): Paper | null {
  const arxiv = names.find((name) => name.arxiv !== null)?.arxiv ?? null;
  const doi = names.find((name) => name.doi !== null)?.doi ?? null;
  const about = aboutOf(after, kind);
  const other = names.find(({ url }) => url !== null && arxiv === null)?.url ?? address;
  const code =
    linksIn(after).find(({ address: link }) =>
      /^https?:\/\/(?:www\.)?(?:github|gitlab)\.com\/[^/\s]+\/[^/\s]+/i.test(link),
    )?.address ?? null;
  const paper = foundPaper({
    title: title || null,
    arxiv,
    doi,
    url: other !== null && /^https?:\/\//i.test(other) ? unescapedAddress(other) : null,
    code: code === null ? null : clean(code),
    ...about,
    ...(before.authors.length > 0 && { ...before, published: about.published ?? before.published ?? null }),
    ...columns,
    name: names[0]?.name ?? null,
  });
  return typeof paper === "string" ? null : paper;
}

/** Removes the escapes that `exports/markdown.ts` and others write for characters that would end a link. */
function unescapedAddress(address: string): string {
  return clean(address).replace(/%(?:28|29|5B|5D|2A)/gi, (found) =>
    String.fromCharCode(Number.parseInt(found.slice(1), 16)),
  );
}

function keyOf(name: FoundName): string {
  return identityOf(name) || (name.url ?? "");
}

function distinct(names: readonly FoundName[]): readonly FoundName[] {
  return [...new Map(names.map((name) => [keyOf(name), name])).values()];
}
