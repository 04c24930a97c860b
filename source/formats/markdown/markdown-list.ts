import { identityOf } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { isTitleId } from "../../papers/title-identity.js";
import { clean } from "../../text/clean.js";
import { fromMarkup } from "../../text/markup.js";
import { splitAuthors } from "../fields/author-line.js";
import { knownDate } from "../fields/dates.js";
import { eachLine, headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { foundPaper } from "../json/found-paper.js";
import { type FoundName, findPaperNames } from "../web/find-names.js";
import { type Block, blocksOf } from "./blocks.js";
import { type ColumnFields, columnFields } from "./columns.js";
import { linksIn, type MarkdownLink, unmarked, withInlineLinks } from "./inline.js";

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

/** Labels that name the kind of link rather than the paper. */
const generic =
  /^(?:\W|\d)*(?:(?:the\s|full\s|read\s|arxiv\s|original\s)?(?:pdf|paper|papers|arxiv|abs|abstract|link|links|html|doi|code|github|project|page|website|web|blog|demo|video|slides|data|dataset|model|models|hf|hugging\s?face|openreview|acl|tweet|bib|bibtex|here|source|url|read|preprint|publication|proceedings|semantic scholar|scholar|conference|journal|official|implementation|poster|talk|book|notes?|alphaxiv|pytorch|tensorflow|tf|keras|cite|citation|supp|supplementary|appendix)(?:\s(?:link|page|version|pdf|paper|code|abs))?)(?:\W|\d)*$/i;

function isTitle(label: string): boolean {
  return (
    label.length >= 4 &&
    label.length <= 500 &&
    !generic.test(label) &&
    !/^https?:|^arxiv:|^\W*\d{4}\.\d{4,5}(?:v\d+)?\W*$|^\W*(?:doi:?\s?)?10\.\d{4,9}\/\S+$|^\W*PMC?(?:ID)?:?\s?\d+\W*$/i.test(
      label,
    ) &&
    /\p{L}{2}/u.test(label) &&
    !/^(?:\W*(?:19|20)\d\d\W*)$/.test(label)
  );
}

/** The papers of a block: one for each link with a title, or a single one, for the best of its links. */
function papersOf(block: Block, heading: string): Paper[] {
  const whole = block.lines.map(clean).join("\n").slice(0, longestBlock);
  const links = linksIn(whole);
  const named = links.flatMap((link) => {
    const [name] = findPaperNames(link.address);
    return name === undefined ? [] : [{ link, name, label: plain(link.label) }];
  });
  const titled = named.filter(({ label }) => isTitle(label));
  if (titled.length > 1 && new Set(titled.map(({ name }) => keyOf(name))).size > 1) {
    // Each paper gets the part of the block since the end of the previous paper.
    return titled.flatMap(({ link, name, label }, at) => {
      const end = titled[at + 1]?.link.from ?? whole.length;
      return made(label, [name], whole.slice(link.to, end), block.kind) ?? [];
    });
  }
  const bare =
    named.length > 0 ? [] : findPaperNames(withoutLinks(whole, links)).filter(({ isBare }) => !isBare);
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
  return groups.flatMap((group) => made(title, group, after, block.kind, null, columns, people) ?? []);
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

/** Lines of a digest below a paper's heading: "**Authors:** Ines Holm", "- arXiv: 2510.00001". */
const labels =
  /^[\s>*_+-]{0,9}(?:authors?|by|arxiv|categor(?:y|ies)|subjects?|published|date|links?|pdf|paper|venue)[*_]{0,3}\s?:/im;

/** Whether a block is only links and the words around them. */
function isAlone(whole: string, links: readonly MarkdownLink[]): boolean {
  return plain(withoutLinks(whole, links)).replace(/[^\p{L}]/gu, "").length < 30;
}

const bold =
  /\*\*(?!\s)([^*\n]{4,500}?)\*\*|__(?!\s)([^_\n]{4,500}?)__|<(?:b|strong)>([^<>\n]{4,500})<\/(?:b|strong)>/g;
const quoted = /[“"]([^“”"\n]{10,400})[”"]/;

/** A title that is not the label of the paper's own link, with the text after it. */
function titleBeside(
  whole: string,
  links: readonly MarkdownLink[],
  block: Block,
): { title: string; after: string } | null {
  for (const found of whole.matchAll(bold)) {
    const inner = found[1] ?? found[2] ?? found[3] ?? "";
    // "**Authors:** …" is a label for the text after it.
    if (/:\s*$/.test(inner) || /^\s?:/.test(whole.slice(found.index + found[0].length))) continue;
    const title = plain(linksIn(inner)[0]?.label ?? inner)
      .replace(/^\(?\d{1,3}[.)]\s*/, "")
      .replace(/(?<![\s:.,])[\s:.,]+$/, "");
    if (isTitle(title)) return { title, after: whole.slice(found.index + found[0].length) };
  }
  const other = links.find(
    ({ label, address }) => isTitle(plain(label)) && findPaperNames(address).length === 0,
  );
  if (other !== undefined && !/github\.com|twitter\.com|x\.com/i.test(other.address))
    return { title: plain(other.label), after: whole.slice(other.to) };
  const inQuotes = quoted.exec(whole);
  if (inQuotes && isTitle(inQuotes[1] as string))
    return { title: plain(inQuotes[1] as string), after: whole.slice(inQuotes.index + inQuotes[0].length) };
  if (other !== undefined) return { title: plain(other.label), after: whole.slice(other.to) };
  // "Vaswani et al. (2017). *Attention Is All You Need*."
  const cited = /\(\d{4}[a-z]?\)[.,:]?\s{1,3}[*_](?![*_\s])([^*_\n]{4,500})[*_]/.exec(whole);
  if (cited && isTitle(plain(cited[1] as string)))
    return {
      title: plain(cited[1] as string),
      after:
        whole.slice(0, cited.index + cited[0].indexOf(")") + 1) + whole.slice(cited.index + cited[0].length),
    };
  const labelled = /^[\s>*_+-]{0,9}(?:paper )?title[*_]{0,3}\s?:[*_]{0,3}\s?(.{4,500})$/im.exec(whole);
  if (labelled && isTitle(plain(labelled[1] as string)))
    return { title: plain(labelled[1] as string), after: whole };
  if (labels.test(whole.split("\n", 1)[0] as string)) return null;
  // The text before the first link: "Title. Venue. [paper](…)", or a cell of its own.
  const end = links[0]?.from ?? whole.length;
  const before = block.kind === "row" ? longestCell(whole) : whole.slice(0, end);
  const text = plain(before)
    .replace(/https?:\/\/\S+/g, "")
    .trim()
    // "(Brown et al., 2020)" gives authors and year.
    .replace(/(?<!\s)\s*\((?:[^()]{2,60}[\s,])?(?:19|20)\d\d[a-z]?\)$/, "")
    .replace(/^(?:#+|[-*+•]|\d{1,4}[.)]|\(\d{4}[/.-]\d\d(?:[/.-]\d\d)?\))\s+/, "")
    .replace(/^\(\d{4}[/.-]\d\d(?:[/.-]\d\d)?\)\s+/, "")
    .replace(/(?<![\s([{:,–—-])[\s([{:,–—-]+$/, "");
  const title = (
    text.split(/(?<=\p{L}{3})[.?!]\s|\s[–—|]\s|,\s(?=\p{Lu}[\p{L}.]*\s\p{Lu})/u)[0] ?? ""
  ).trim();
  return isTitle(title) && title.split(" ").length >= 3 && title.length < 250
    ? { title: title.replace(/(?<![\s([{:,.–—-])[\s([{:,.–—-]+$/, ""), after: text.slice(title.length) }
    : null;
}

function longestCell(row: string): string {
  return row
    .split("|")
    .map((cell) => withoutLinks(cell, linksIn(cell)))
    .reduce((best, cell) => (cell.trim().length > best.trim().length ? cell : best), "");
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

/** The authors, the year and the journal in the text after a title. */
function aboutOf(
  after: string,
  kind: Block["kind"],
): {
  authors: readonly string[];
  andOthers?: true;
  authorCount: number | null;
  published: string | null;
  journal: string | null;
} {
  const text = after.slice(0, 3_000);
  const own = /^\s*—\s(.*)$/s.exec(withoutLinks(text, linksIn(text)));
  if (own) return ownAbout(plain(own[1] as string));
  const outside = withoutLinks(text, linksIn(text));
  const year = /(?<![\d./-])((?:19|20)\d\d)(?:-(\d\d))?(?![\d/]|\.\d)/.exec(outside);
  const italics = /(?<![*\w])[*_](?![*_\s])([^*_\n]{3,2000})[*_](?![*\w])/.exec(outside)?.[1];
  const candidates = [
    italics,
    // A cell with a single name may be a venue.
    ...(kind === "row"
      ? outside.split("|").filter((cell) => /,|\bet\.? ?al\b/.test(cell))
      : outside.split(/[.;()|–—\n]\s|[()|\n]|,\s(?=(?:19|20)\d\d)/)),
  ];
  let people: People = { authors: [] };
  for (const candidate of candidates) {
    if (candidate === undefined || candidate.length < 5 || candidate.length > 2_000) continue;
    people = peopleIn(
      plain(candidate)
        .replace(/^\W*(?:authors?|by)\W*:\W*/i, "")
        .replace(/^[\s,:.–—-]+|(?<![\s,:.–—-])[\s,:.–—-]+$/g, ""),
    );
    if (people.authors.length > 0) break;
  }
  return {
    ...people,
    authorCount: null,
    published: year ? knownDate(year[1], year[2]) : null,
    journal: null,
  };
}

/** "First Author et al., 2025. Journal. arXiv:2510.22543", as `exports/markdown.ts` writes it. */
function ownAbout(text: string): ReturnType<typeof aboutOf> {
  const plainText = text
    .replace(/(?<!\s)\.?\s*(?:arXiv|doi):\S{1,300}\s*$/i, "") // Assistants write "First Author, Second Author (2025)."
    .replace(/\s\(((?:19|20)\d\d)\)(?=\.?\s*$|\.\s)/, ", $1")
    .replace(/(?<=\d)\.\s*$/, "");
  const found = /^(?:(.*?)(?:, )?)?((?:19|20)\d\d|\d{4})?(?:(?<!(?<!\p{L})\p{Lu})\.\s+(.*))?$/su.exec(
    plainText,
  );
  const who = (found?.[2] === undefined ? plainText.split(/(?<!(?<!\p{L})\p{Lu})\.\s/u)[0] : found[1]) ?? "";
  const journal = found?.[2] === undefined ? null : (found[3] ?? null);
  const count = /^(\d[\d,]*) authors?$/.exec(who.trim());
  return {
    authors: count ? [] : namesOf(who.trim().replace(/\set al\.?$/, "")),
    ...(/\set al\.?$/.test(who.trim()) && { andOthers: true as const }),
    authorCount: count ? Number((count[1] as string).replaceAll(",", "")) : null,
    published: knownDate(found?.[2]),
    journal: journal === null || journal.trim() === "" ? null : journal.trim(),
  };
}

/** "Ines Holm and Otto T. Reed", or several names with commas between them. */
function namesOf(who: string): readonly string[] {
  const listed = splitAuthors(who).authors;
  if (listed.length > 1 && who.includes(", ") && listed.every(isPerson)) return listed;
  return who
    .split(/\sand\s/)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

interface People {
  readonly authors: readonly string[];
  readonly andOthers?: true;
}

const noPeople: People = { authors: [] };

/** The people before a title, "- I. Holm and O. Reed (2021), [Title](…)", if it is clear that they are people. */
function peopleBefore(text: string): People & { readonly published?: string | null } {
  const line = plain(text).replace(/^\s*(?:[-*+•]|#{1,6}|\(?\d{1,4}[.)]|\[\d{1,4}\])\s+/, "");
  const [, named = line, year] = /^(.*?)\s*\(((?:19|20)\d\d)[a-z]?\)[\s,.:]*$/.exec(line) ?? [];
  const names = named.replace(/(?<![\s,:–—-])[\s,:–—-]+$/, "").replace(/(?<!\b\p{Lu}|\bal)\.$/u, "");
  const isClear = year !== undefined || /\sand\s|\s&\s|\bet al\b|\b\p{Lu}\./u.test(names);
  if (!isClear || names.length < 5 || names.length > 2_000) return noPeople;
  const people = peopleIn(names);
  if (people.authors.some((name) => !/[\s.]/.test(name)) && people.andOthers === undefined) return noPeople;
  return people.authors.length === 0 || year === undefined
    ? people
    : { ...people, published: knownDate(year) };
}

/** The names in a text that is only a list of names. */
function peopleIn(text: string): People {
  const { authors, andOthers } = splitAuthors(text);
  const arePeople =
    authors.length > 0 &&
    authors.every(isPerson) &&
    (authors.length > 1 || andOthers || /^\p{Lu}[\p{L}'’-]+ \p{Lu}[\p{L}'’-]+$/u.test(text));
  return arePeople ? { authors, ...(andOthers && { andOthers }) } : { authors: [] };
}

const nameWord =
  /^(?:(?:d[aeiu]|van|von|der|den|del|la|le|bin|al|el|dos|ten)(?:-|$))*(?:\p{Lu}[\p{L}\p{M}.'’-]*)?$/u;

/** Whether a text is a name ("Ines Holm", "I. Holm", "Holm") and not prose. */
function isPerson(name: string): boolean {
  return name.length < 60 && name.split(/\s/).every((word) => nameWord.test(word));
}

function withoutLinks(text: string, links: readonly MarkdownLink[]): string {
  let rest = "";
  let end = 0;
  for (const { from, to } of links) {
    if (from < end) continue;
    rest += text.slice(end, from);
    end = to;
  }
  return rest + text.slice(end);
}

function plain(text: string): string {
  const links = linksIn(text);
  const labels =
    links.length === 0
      ? text
      : links.reduceRight((rest, { from, to, label }) => rest.slice(0, from) + label + rest.slice(to), text);
  return fromMarkup(unmarked(labels));
}

function keyOf(name: FoundName): string {
  return identityOf(name) || (name.url ?? "");
}

function distinct(names: readonly FoundName[]): readonly FoundName[] {
  return [...new Map(names.map((name) => [keyOf(name), name])).values()];
}
