import { closeSync, readFileSync, readSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { constants, gunzipSync } from "node:zlib";
import { describeFsError, notRegular } from "../../files/fs-errors.js";
import { openRegular } from "../../files/regular.js";
import { type Block, type PaperText, spansText } from "../../fulltext/blocks.js";
import { kindOf, readPaperText } from "../../fulltext/read.js";
import { arxivId } from "../../papers/identity.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { clean } from "../../text/clean.js";
import { decode } from "../../text/encoding/decode.js";
import { lineOfFormula } from "../../text/tex/layout/line.js";
import { parseText, type TextWatch } from "../parse/text-thread.js";
import { SourceError } from "../source.js";
import type { FoundPaperText } from "./requests.js";

/** What the identity of a text begins with where it is a file: `file:/home/me/page.html`. */
export const fileScheme = "file:";

/** Bytes of a file that are read for its title, authors and abstract. */
const beginning = 400_000;
/** More bytes than a text has, when it is unpacked. */
const largest = 256 * 1024 * 1024;
/** Markdown with a bibliography and so many characters of prose is a paper, and not a list of papers. */
const leastProse = 4_000;

/** When a file counts as a text: only if it cannot be a listing, or also if no listing was found in it. */
export type Sureness = "text" | "text or listing";

/**
 * The paper whose text a file contains, from the first part of the file; `null` if it contains none.
 *
 * @param sureness "text": only what cannot be taken for a listing of papers
 */
export function paperOfFile(path: string, sureness: Sureness): Paper | null {
  const text = readHead(path);
  if (text === null) return null;
  const kind = kindOf(text);
  const isMarkdown = /\.(?:md|markdown)(?:\.gz)?$/i.test(path);
  if (kind === "markdown" && !isMarkdown) return null;
  const isLatexml = /\bclass="[^"]*\bltx_(?:document|page_main)\b/.test(text);
  if (sureness === "text" && kind === "html" && !isLatexml) return null;
  if (sureness === "text" && kind === "jats") return null;
  const found = readPaperText(text, isLatexml || isMarkdown);
  if (!found.ok) return null;
  const { blocks } = found.text;
  const isPaper = kind === "jats" || isLatexml || isWholePaper(blocks);
  const isNotes = kind === "markdown" && sureness === "text or listing";
  return isPaper || isNotes ? paperOf(found.text, path, arxivOfPage(text)) : null;
}

/** Whether a JATS file or a page holds an article's text, and not only what is known of it. */
export function hasBody(path: string): boolean {
  const text = readHead(path);
  const kind = text === null ? null : kindOf(text);
  if (text === null || kind === "markdown") return false;
  if (kind === "jats") return /<body[\s>]/.test(text);
  const found = readPaperText(text, false);
  return found.ok && isWholePaper(found.text.blocks);
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
/** Reads the beginning of a file that is cut. */
const ofPart = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: largest };

/** The first part of a file, decoded; `null` where it cannot be read. */
function readHead(path: string): string | null {
  try {
    const { file, stats } = openRegular(path);
    try {
      const bytes = Buffer.alloc(Math.min(beginning, stats.size));
      const head = bytes.subarray(0, readSync(file, bytes));
      return decode(isGzip(head) ? gunzipSync(head, ofPart) : head).text;
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

/** Whether blocks are those of a paper: prose, with what papers have and other pages have not. */
function isWholePaper(blocks: readonly Block[]): boolean {
  let prose = 0;
  let isNamed = false;
  for (const { kind, role, spans } of blocks) {
    if (kind === "paragraph") prose += spansText(spans).length;
    if (kind !== "heading") continue;
    const isIntroduction = /^(?:\d+\.?\s*|i\.\s*)?introduction\b/i.test(spansText(spans).trim());
    isNamed ||= role === "abstract" || role === "bibliography" || isIntroduction;
  }
  return isNamed && prose >= leastProse;
}

/** The arXiv identifier that a page gives as its own: its address, or arXiv's stamp at its edge. */
function arxivOfPage(html: string): string | null {
  const tags = html.slice(0, 50_000).match(/<(?:base|link|meta)\b[^>]{1,500}>/g) ?? [];
  const own = tags.filter((tag) => /^<base\b|["'](?:canonical|og:url)["']/.test(tag)).join(" ");
  const named =
    /\/(?:html|abs)\/((?:[a-z-]+(?:\.[A-Z]{2})?\/)?\d{4}\.?\d{3,5})(?:v\d+)?[/"']/.exec(own) ??
    /\barXiv:((?:[a-z-]+(?:\.[A-Z]{2})?\/)?\d{4}\.?\d{3,5})v\d+ \[[a-z-]+(?:\.[A-Za-z-]+)?\] \d/.exec(html);
  const source = /^Title: [^\n]*\n+URL Source: (\S+)/.exec(html)?.[1];
  return named ? arxivId(named[1] as string) : source === undefined ? null : arxivId(source);
}

function paperOf({ title, blocks }: PaperText, path: string, known: string | null): Paper {
  const names = blocks.find(({ kind }) => kind === "authors")?.spans ?? [];
  const authors = spansText(names.filter(({ script, note }) => script === undefined && note === undefined))
    .split(/,|\band\b/)
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const stem = basename(path).replace(/(?:\.x?html?|\.xml|\.md|\.markdown)?(?:\.gz)?$/i, "");
  const name = /^(?:[a-z-]+\d{7}|\d{4}\.\d{4,5})(?:v\d+)?$/.test(stem) ? stem : null;
  const arxiv = known ?? (name === null ? null : arxivId(name));
  const isUntitled = title === "Untitled" || title.trim() === "";
  return makePaper({
    ...(arxiv === null ? {} : { id: arxiv }),
    title: isUntitled ? stem : title,
    authors,
    abstract: abstractOf(blocks),
  });
}

function abstractOf(blocks: readonly Block[]): string {
  const heading = blocks.findIndex(({ role }) => role === "abstract");
  const after = blocks.slice(heading + 1);
  const end = after.findIndex(({ kind }) => kind === "heading");
  const marked = blocks.filter(({ within }) => within === "abstract");
  const named = heading < 0 ? [] : after.slice(0, end < 0 ? 0 : end);
  return (marked.length > 0 ? marked : named)
    .filter(({ kind }) => kind === "paragraph")
    .map(({ spans }) => spansText(spans, lineOfFormula))
    .join(" ");
}

/**
 * The text that a file holds, or why it has none, as a clause for people. Never asks a server.
 *
 * @param path absolute, or relative to the working directory
 * @throws SourceError where it cannot be read, FetchError where it was cancelled
 */
export async function readTextFile(path: string, watch: TextWatch = {}): Promise<FoundPaperText> {
  let bytes: Buffer;
  try {
    const { file, stats } = openRegular(path);
    try {
      // Reading gigabytes would hold up keys for long, and end in nothing.
      if (stats.size > largest) return failed("it is larger than any text (256 MB)");
      bytes = readFileSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    const why = notFiles[code] ?? describeFsError(error as Error, path);
    throw new SourceError(`cannot read ${clean(path)}: ${why}`);
  }
  return readTextBytes(bytes, path, watch);
}

const failed = (reason: string): FoundPaperText => ({ ok: false, isOnlyPdf: false, isAnswer: true, reason });

/** Messages for paths that cannot be read. */
const notFiles: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  [notRegular]: "it is a pipe or a device, not a file",
};

/** As `readTextFile`, of bytes that are there already; `path` is what they are called, "-" for standard input. */
export async function readTextBytes(
  raw: Uint8Array,
  path: string,
  watch: TextWatch = {},
): Promise<FoundPaperText> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(isGzip(raw) ? gunzipSync(raw, { maxOutputLength: largest }) : raw);
  } catch {
    return failed("it is compressed with gzip and damaged");
  }
  const other = await whatElse(bytes, path);
  if (other !== null) return failed(`it is ${other}`);
  const address = path === "-" ? "" : pathToFileURL(resolve(path)).href;
  const isToKeep = watch.background !== undefined;
  const read = await parseText({ bytes, kind: "file", address, sends: !isToKeep, packs: isToKeep }, watch);
  if (read.ok) return { ok: true, notKept: null, text: read.text, address, packed: read.packed };
  return failed(
    /^(?:no paper|no text|other page|abstract page)$/.test(read.reason) ? noText(path) : read.reason,
  );
}

const aListing = "a listing of papers or a table · papers-tui list shows it";

/**
 * What a file without text is, to follow "it is"; `null` for a text. Without this, any bytes would be shown as
 * Markdown.
 */
async function whatElse(bytes: Uint8Array, path: string): Promise<string | null> {
  if (bytes.every((byte) => byte <= 0x20)) return "empty";
  const { text } = decode(bytes.subarray(0, beginning));
  if (kindOf(text) !== "markdown") return null;
  const [said] = ((await import("../../formats/unrecognized.js")).whatItIs(text) ?? "").split(";");
  const noise = text.match(/[\0-\x08\x0e-\x1a\ufffd]/g)?.length ?? 0;
  if (noise > text.length / 100) return said || "no text";
  if (said) {
    // `whatItIs` is made for what no format recognizes.
    const isUnknown = /^(?:damaged )?JSON|^unknown XML/.test(said);
    return isUnknown && (await (await import("../../formats/index.js")).isListing(text)) ? aListing : said;
  }
  // Prose has any ending or none; these are of bibliographies and tables.
  return /\.(?:bib|ris|enw|nbib|json|jsonl|csv|tsv|ya?ml)$/i.test(path) ? aListing : null;
}

function noText(path: string): string {
  const kind = /\.\w+$/.test(path) ? `${clean(extname(path))} file` : "file";
  return `no text was found in this ${kind}: only HTML, JATS (XML) and Markdown can be read`;
}
