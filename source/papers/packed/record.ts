import { type BibliographyEntry, entriesOf, withEntries } from "../bibliography-entry.js";
import { arxivAddresses } from "../identity.js";
import type { Paper } from "../paper.js";

/**
 * A paper as bytes, without loss: some 700 bytes instead of an object of 3 kB that the garbage collector
 * scans again and again.
 *
 *     header    32 bits: which fields are present, and how texts are encoded (below)
 *     identity  length, then latin1 or UTF-16; apart from the rest, because it is looked up by its bytes
 *     lengths   of the title, how many authors, of each, likewise categories and keywords, of the
 *               optional texts that are present, of the abstract, of the bibliography entry or
 *               entries, of the rare fields; in UTF-16 units
 *     numbers   those that are present
 *     text      all texts in that order as one, in latin1 if possible, else the shorter of UTF-8 and
 *               UTF-16; the entry (or a list of several) and the rare fields as JSON
 *
 * Numbers are little-endian, 7 bits a byte, the highest bit set on all but the last.
 */

/** Optional text fields, in the order of a record. */
const optionals = [
  "organization",
  "published",
  "updated",
  "url",
  "pdf",
  "code",
  "doi",
  "journal",
  "comment",
] as const;
const numbers = ["authorCount", "upvotes", "comments", "codeStars"] as const;

/** Fields that only some sources have, written together as one text if a paper has any. */
const rare = [
  "summary",
  "summaryBy",
  "project",
  "listed",
  "submitter",
  "authorsTakePart",
  "thumbnail",
  "media",
  "citations",
  "influential",
  "discussion",
  "from",
] as const;
type RareFields = Pick<Paper, (typeof rare)[number]>;

const noRare: RareFields = {
  summary: null,
  summaryBy: null,
  project: null,
  listed: null,
  submitter: null,
  authorsTakePart: false,
  thumbnail: null,
  media: [],
  citations: null,
  influential: null,
  discussion: null,
};

/** A paper's rare fields as JSON; "" if it has none. */
function rareOf(paper: Paper): string {
  let found: Record<string, unknown> | null = null;
  for (const field of rare) {
    const value = paper[field];
    if (
      value === null ||
      value === undefined ||
      value === false ||
      (field === "media" && paper.media.length === 0)
    )
      continue;
    found ??= {};
    found[field] = value;
  }
  return found === null ? "" : JSON.stringify(found);
}

/** How a record's text is written. */
const latin1 = 0;
const utf8 = 1;
const utf16 = 2;
const encodings = ["latin1", "utf8", "utf16le"] as const;

/** Bits of the header; the two lowest are the encoding of the text. */
const wideId = 1 << 2;
const withdrawn = 1 << 3;
const firstOptional = 4;
/**
 * Fields that follow from others and need no bytes of their own; they are most of a listing without the
 * abstracts.
 */
const updatedAsPublished = 1 << 13;
const arxivUrl = 1 << 14;
const arxivPdf = 1 << 15;
const firstNumber = 16;
const andOthers = 1 << 24;
const hasEntry = 1 << 25;
const hasRare = 1 << 26;
/** A number's two bits: none, one of `writeCount`, or eight bytes. */
const whole = 1;
const double = 2;

/** Characters outside Latin-1. */
const beyondLatin1 = /[^\0-\xff]/;
/** A lone surrogate. */
const halfCharacter = /[\ud800-\udfff]/u;

/** The largest number for `writeCount`. */
const largestCount = 2 ** 31 - 1;

/** Writes papers as records. Equal papers give equal bytes. */
export class RecordWriter {
  #head = Buffer.alloc(1 << 10);
  #length = 0;
  #text = "";
  #encoding: 0 | 1 | 2 = latin1;
  #size = 0;

  /** Prepares a paper. @returns how many bytes `write` will write */
  take(paper: Paper): number {
    const { id, title, authors, categories, keywords, abstract } = paper;
    const texts = 1 + authors.length + categories.length + keywords.length;
    this.#reserve(2 * id.length + 5 * (texts + 32) + 8 * numbers.length);
    this.#length = 4;
    let header = (paper.withdrawn ? withdrawn : 0) | (paper.andOthers ? andOthers : 0);
    if (beyondLatin1.test(id)) header |= wideId;
    this.#count(id.length);
    this.#length += this.#head.write(id, this.#length, header & wideId ? "utf16le" : "latin1");
    this.#count(title.length);
    let text = title;
    for (const list of [authors, categories, keywords]) {
      this.#count(list.length);
      for (const one of list) {
        this.#count(one.length);
        text += one;
      }
    }
    const derived = derivedBits(paper);
    header |= derived;
    for (let at = 0; at < optionals.length; at += 1) {
      const field = optionals[at] as (typeof optionals)[number];
      const value = paper[field];
      if (value === null) continue;
      header |= 1 << (firstOptional + at);
      if (isDerived(derived, field)) continue;
      this.#count(value.length);
      text += value;
    }
    this.#count(abstract.length);
    text += abstract;
    if (paper.entry) {
      const entry = JSON.stringify(paper.otherEntries ? entriesOf(paper) : paper.entry);
      header |= hasEntry;
      this.#count(entry.length);
      text += entry;
    }
    const more = rareOf(paper);
    if (more !== "") {
      header |= hasRare;
      this.#count(more.length);
      text += more;
    }
    for (let at = 0; at < numbers.length; at += 1) {
      const value = paper[numbers[at] as (typeof numbers)[number]];
      if (value === null) continue;
      const isWhole = Number.isInteger(value) && value >= 0 && value <= largestCount && !Object.is(value, -0);
      header |= (isWhole ? whole : double) << (firstNumber + 2 * at);
      if (isWhole) this.#count(value);
      else this.#length = this.#head.writeDoubleLE(value, this.#length);
    }
    const bytes = this.#encode(text);
    this.#head.writeUInt32LE((header | this.#encoding) >>> 0, 0);
    this.#size = this.#length + bytes;
    return this.#size;
  }

  /** Writes the prepared paper. */
  write(into: Buffer, at: number): void {
    this.#head.copy(into, at, 0, this.#length);
    into.write(this.#text, at + this.#length, encodings[this.#encoding]);
    // It is not used again, and may be long.
    this.#text = "";
  }

  /** Chooses the encoding of the text. @returns its bytes */
  #encode(text: string): number {
    this.#text = text;
    if (!beyondLatin1.test(text)) {
      this.#encoding = latin1;
      return text.length;
    }
    // UTF-8 cannot encode a lone surrogate.
    const length = halfCharacter.test(text) ? Number.POSITIVE_INFINITY : Buffer.byteLength(text);
    if (length > 2 * text.length) {
      this.#encoding = utf16;
      return 2 * text.length;
    }
    this.#encoding = utf8;
    this.#count(length);
    return length;
  }

  #count(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.#head[this.#length] = (rest & 127) | 128;
      this.#length += 1;
      rest >>>= 7;
    }
    this.#head[this.#length] = rest;
    this.#length += 1;
  }

  #reserve(length: number): void {
    if (this.#head.length < length) this.#head = Buffer.alloc(2 * length);
  }
}

/** The bits of the fields that follow from others. */
function derivedBits({ id, published, updated, url, pdf }: Paper): number {
  let derived = updated !== null && updated === published ? updatedAsPublished : 0;
  if (url === null && pdf === null) return derived;
  const addresses = arxivAddresses(id);
  if (url === addresses.url) derived |= arxivUrl;
  if (pdf === addresses.pdf) derived |= arxivPdf;
  return derived;
}

function isDerived(derived: number, field: (typeof optionals)[number]): boolean {
  switch (field) {
    case "updated":
      return (derived & updatedAsPublished) !== 0;
    case "url":
      return (derived & arxivUrl) !== 0;
    case "pdf":
      return (derived & arxivPdf) !== 0;
    default:
      return false;
  }
}

/** Reads records. Reusable; keeps no state between two calls. */
export class RecordReader {
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #header = 0;
  #idStart = 0;
  /** Lengths of texts, with the lengths of lists before those of their texts, in the order of the record. */
  #lengths: number[] = [];
  #numbers: (number | null)[] = [];
  /** The text: its offset in the bytes, and its length in characters and bytes. */
  #start = 0;
  #characters = 0;
  #size = 0;
  /** The decoded part of the text, and how much of it and of the lengths has been used. */
  #text = "";
  #taken = 0;
  #next = 0;

  /** The paper of the record at `at`. */
  paper(bytes: Buffer, at: number): Paper {
    const id = this.id(bytes, at);
    this.#parse(bytes, at);
    this.#decode(this.#characters);
    const title = this.#take();
    const authors = this.#list();
    const categories = this.#list();
    const keywords = this.#list();
    const header = this.#header;
    const addresses = header & (arxivUrl | arxivPdf) ? arxivAddresses(id) : null;
    const organization = this.#optional(0);
    const published = this.#optional(1);
    const updated = header & updatedAsPublished ? published : this.#optional(2);
    const url = addresses !== null && header & arxivUrl ? addresses.url : this.#optional(3);
    const pdf = addresses !== null && header & arxivPdf ? addresses.pdf : this.#optional(4);
    const code = this.#optional(5);
    const doi = this.#optional(6);
    const journal = this.#optional(7);
    const comment = this.#optional(8);
    const abstract = this.#take();
    const entries =
      header & hasEntry
        ? (JSON.parse(this.#take()) as BibliographyEntry | readonly BibliographyEntry[])
        : undefined;
    const more =
      header & hasRare ? { ...noRare, ...(JSON.parse(this.#take()) as Partial<RareFields>) } : noRare;
    const [authorCount = null, upvotes = null, comments = null, codeStars = null] = this.#numbers;
    this.#text = "";
    const paper: { -readonly [Field in keyof Paper]: Paper[Field] } = {
      id,
      title,
      abstract,
      authors,
      authorCount,
      organization,
      published,
      updated,
      categories,
      keywords,
      upvotes,
      comments,
      url,
      pdf,
      code,
      codeStars,
      doi,
      journal,
      comment,
      withdrawn: (header & withdrawn) !== 0,
      ...more,
    };
    if (header & andOthers) paper.andOthers = true;
    if (Array.isArray(entries)) Object.assign(paper, withEntries(entries));
    else if (entries) paper.entry = entries as BibliographyEntry;
    return paper;
  }

  /** The identity alone, without reading the rest. */
  id(bytes: Buffer, at: number): string {
    this.#begin(bytes, at);
    return bytes.toString(this.#header & wideId ? "utf16le" : "latin1", this.#idStart, this.#at);
  }

  /** Whether the record has that identity. */
  hasId(bytes: Buffer, at: number, id: string): boolean {
    this.#bytes = bytes;
    this.#at = at + 4;
    if (this.#count() !== id.length) return false;
    const start = this.#at;
    if (((bytes[at] as number) & wideId) !== 0)
      return bytes.toString("utf16le", start, start + 2 * id.length) === id;
    for (let unit = 0; unit < id.length; unit += 1) {
      if (bytes[start + unit] !== id.charCodeAt(unit)) return false;
    }
    return true;
  }

  /** The same for an identity in ASCII bytes. */
  hasIdBytes(bytes: Buffer, at: number, id: Uint8Array, start: number, end: number): boolean {
    if (((bytes[at] as number) & wideId) !== 0) return false;
    this.#bytes = bytes;
    this.#at = at + 4;
    if (this.#count() !== end - start) return false;
    for (let one = start; one < end; one += 1) {
      if (bytes[this.#at + one - start] !== id[one]) return false;
    }
    return true;
  }

  title(bytes: Buffer, at: number): string {
    this.#parse(bytes, at);
    this.#decode(this.#lengths[0] as number);
    return this.#take();
  }

  /** The first author, or `null`. */
  firstAuthor(bytes: Buffer, at: number): string | null {
    this.#parse(bytes, at);
    const [title, count, first] = this.#lengths as [number, number, number];
    if (count === 0) return null;
    this.#decode(title + first);
    return this.#text.slice(title, title + first);
  }

  /** The length of the record in bytes. */
  size(bytes: Buffer, at: number): number {
    this.#parse(bytes, at);
    return this.#start + this.#size - at;
  }

  /** Reads the header and skips the identity. */
  #begin(bytes: Buffer, at: number): void {
    this.#bytes = bytes;
    this.#header = bytes.readUInt32LE(at);
    this.#at = at + 4;
    const length = this.#count();
    this.#idStart = this.#at;
    this.#at += this.#header & wideId ? 2 * length : length;
  }

  /** Reads all but the texts. */
  #parse(bytes: Buffer, at: number): void {
    this.#begin(bytes, at);
    const header = this.#header;
    this.#lengths.length = 0;
    this.#characters = 0;
    this.#pass(1);
    for (let list = 0; list < 3; list += 1) {
      const count = this.#count();
      this.#lengths.push(count);
      this.#pass(count);
    }
    for (let one = 0; one < optionals.length; one += 1) if (this.#isWritten(one)) this.#pass(1);
    this.#pass(1 + (header & hasEntry ? 1 : 0) + (header & hasRare ? 1 : 0));
    this.#numbers = numbers.map((_, number) => {
      const kind = (header >>> (firstNumber + 2 * number)) & 3;
      if (kind === 0) return null;
      if (kind === whole) return this.#count();
      this.#at += 8;
      return bytes.readDoubleLE(this.#at - 8);
    });
    const encoding = header & 3;
    this.#size =
      encoding === latin1 ? this.#characters : encoding === utf16 ? 2 * this.#characters : this.#count();
    this.#start = this.#at;
  }

  /** Reads the lengths of a number of texts. */
  #pass(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      const length = this.#count();
      this.#lengths.push(length);
      this.#characters += length;
    }
  }

  /** Decodes the text, or at least this many characters of it. */
  #decode(characters: number): void {
    const encoding = this.#header & 3;
    // A UTF-16 unit takes at most three bytes of UTF-8, but half of a pair needs all four.
    const most = encoding === latin1 ? characters : encoding === utf16 ? 2 * characters : 3 * characters + 1;
    const size = Math.min(this.#size, most);
    this.#text = this.#bytes.toString(encodings[encoding], this.#start, this.#start + size);
    this.#taken = 0;
    this.#next = 0;
  }

  #length(): number {
    const length = this.#lengths[this.#next] as number;
    this.#next += 1;
    return length;
  }

  #take(): string {
    const start = this.#taken;
    this.#taken += this.#length();
    return this.#text.slice(start, this.#taken);
  }

  #list(): string[] {
    const list: string[] = [];
    for (let left = this.#length(); left > 0; left -= 1) list.push(this.#take());
    return list;
  }

  #optional(number: number): string | null {
    return this.#isWritten(number) ? this.#take() : null;
  }

  /** Whether an optional text exists and does not follow from others. */
  #isWritten(number: number): boolean {
    const isThere = (this.#header & (1 << (firstOptional + number))) !== 0;
    return isThere && !isDerived(this.#header, optionals[number] as (typeof optionals)[number]);
  }

  #count(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#at] as number;
      this.#at += 1;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
}
