import { gunzipSync, gzipSync } from "node:zlib";
import type { Block, PaperText } from "../../fulltext/blocks.js";
import { type FoundText, readHtmlPaper } from "../../fulltext/html/page.js";
import { readJatsPaper } from "../../fulltext/other/jats.js";
import { readMarkdownPaper } from "../../fulltext/other/markdown.js";
import { readPaperText } from "../../fulltext/read.js";
import { decode } from "../../text/encoding/decode.js";

/** A paper's text and the address of its page. */
export interface AddressedText {
  readonly text: PaperText;
  readonly address: string;
}

/**
 * Bytes to read a paper's text from: arXiv's page, the Markdown of Hugging Face, JATS, a file of the reader, or
 * what `packText` made.
 */
export interface TextRequest {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly kind: "page" | "hub" | "jats" | "file" | "packed";
  /** The address of its page. */
  readonly address: string;
  /** Whether its blocks are sent. */
  readonly sends: boolean;
  /** Whether it is to be packed, to be kept. */
  readonly packs: boolean;
}

/** What the thread sends, in this order; it waits for an answer after each, so that keys come between them. */
export type TextPart =
  /** The first blocks, while the rest is read. */
  | { readonly type: "first"; readonly text: PaperText }
  | { readonly type: "blocks"; readonly blocks: readonly Block[] }
  | {
      readonly type: "end";
      readonly rest: Omit<PaperText, "blocks">;
      readonly address: string;
      readonly packed: Uint8Array | null;
    }
  | { readonly type: "none"; readonly reason: string };

/** Markdown with fewer characters is no paper. */
const leastMarkdown = 1_500;
/** The limit of a packed text, in bytes. */
const largest = 256 * 1024 * 1024;
/** Bytes of a page that are read for its first blocks, and how many of these are shown. */
const beginning = 400_000;
const firstBlocks = 50;

/** A text, or why there is none (see `FoundText`); "other": the bytes are nothing that its server would send. */
type ReadText = (FoundText | { readonly ok: false; readonly reason: "other" }) & { readonly address: string };

/** Reads a paper's text. Never throws. */
export function readText({ bytes, kind, address }: TextRequest): ReadText {
  switch (kind) {
    case "page": {
      const { text } = decode(bytes);
      if (!/^[\ufeff\s]*</.test(text)) return { ok: false, reason: "other", address };
      return { ...readHtmlPaper(text), address };
    }
    case "jats":
      return { ...readJatsPaper(decode(bytes).text, picturesAt(address)), address };
    case "file":
      return { ...readPaperText(decode(bytes).text, true), address };
    case "hub": {
      const { text } = decode(bytes);
      // The Hub's own Markdown begins with a heading, also where it is short.
      const isShort = text.length < leastMarkdown;
      const isOther = /^[\ufeff\s]*[<{]/.test(text) || bytes.includes(0);
      if (isOther || (isShort && !/^[\ufeff\s]*(?:#|Title:)/.test(text)))
        return { ok: false, reason: "other", address };
      if (isShort) return { ok: false, reason: "no paper", address };
      return { ok: true, text: readMarkdownPaper(text, true), address };
    }
    case "packed": {
      const unpacked = unpackText(bytes);
      return unpacked ? { ok: true, ...unpacked } : { ok: false, reason: "no paper", address };
    }
  }
}

/** Where Europe PMC has the pictures of an article in PubMed Central; `null` for the page of another server. */
function picturesAt(address: string): string | null {
  const article = /^https:\/\/pmc\.ncbi\.nlm\.nih\.gov\/articles\/(PMC\d+)\/$/.exec(address)?.[1];
  return article === undefined ? null : `https://europepmc.org/articles/${article}/bin/`;
}

/** The first blocks of a long page; `null` where they cannot be had without reading all of it. */
export function readBeginning({ bytes, kind }: TextRequest): PaperText | null {
  if (kind !== "page") return null;
  const part = bytes.subarray(0, beginning);
  // Not in the middle of a character or a tag.
  const found = readHtmlPaper(decode(part.subarray(0, part.lastIndexOf(0x3c))).text);
  // The last one may be cut.
  if (!found.ok || found.text.blocks.length <= firstBlocks) return null;
  return { ...found.text, blocks: found.text.blocks.slice(0, firstBlocks), isTruncated: false };
}

/** A text as it is kept: compressed JSON. */
export function packText({ text, address }: AddressedText): Buffer {
  return gzipSync(JSON.stringify({ text, address }));
}

function unpackText(bytes: Uint8Array): AddressedText | null {
  try {
    const value = JSON.parse(gunzipSync(bytes, { maxOutputLength: largest }).toString("utf8"));
    return isAddressed(value) ? { text: value.text, address: value.address } : null;
  } catch {
    return null;
  }
}

function isAddressed(value: unknown): value is AddressedText {
  if (typeof value !== "object" || value === null) return false;
  const { text, address } = value as { text?: Partial<PaperText>; address?: unknown };
  return typeof address === "string" && Array.isArray(text?.blocks) && typeof text.title === "string";
}
