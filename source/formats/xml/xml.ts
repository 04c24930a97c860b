import { SaxesParser, type SaxesTagPlain } from "saxes";
import type { Problem } from "../../papers/listing.js";

/** An element of an entry. `text` includes the text of nested elements and keeps meaningful markup. */
export interface XmlElement {
  /** In lower case, with the prefix that this program uses for its namespace: `title`, `dc:creator`. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The base for relative addresses inside it, if the document sets one. https://www.w3.org/TR/xmlbase/ */
  readonly base: string | null;
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** Line of its start tag, from 1. */
  readonly line: number;
}

/** What surrounds the entries of a feed. */
export interface XmlFeed {
  /** Texts of the feed's or channel's own elements, the first of each name. */
  readonly head: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
  /** Whether the text ends before its root element is closed. */
  readonly isTruncated: boolean;
}

interface OpenElement extends XmlElement {
  text: string;
  children: OpenElement[];
}

/** The prefixes that this program uses; a document may bind others to the same namespaces. */
const knownPrefixes: Readonly<Record<string, string>> = {
  "http://www.w3.org/2005/atom": "",
  "http://purl.org/rss/1.0/": "",
  "http://purl.org/dc/elements/1.1/": "dc",
  "http://purl.org/dc/terms/": "dcterms",
  "http://purl.org/rss/1.0/modules/content/": "content",
  "http://arxiv.org/schemas/atom": "arxiv",
  "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
};
const prismNamespace = /^http:\/\/(?:prismstandard\.org|purl\.org\/rss\/1\.0\/modules\/prism)\b/;
/** Elements that separate text like a line break. */
const breaking = /^(?:[a-z]+:)?(?:p|br|div|li|h[1-6]|sec|title)$/;
/** A `&` that does not begin one of XML's predefined references. */
const foreignReference = /&(?!(?:amp|lt|gt|quot|apos);|#\d{1,7};|#x[\da-fA-F]{1,6};)/;
const foreignReferences = new RegExp(
  `(<!\\[CDATA\\[[\\s\\S]*?(?:\\]\\]>|$))|${foreignReference.source}`,
  "g",
);
/** Parser errors about broken structure. Its other errors do not affect any paper. */
const structural = /closing tag|close tag|tag name|attribute|incorrect syntax|forward-slash/;

/**
 * Elements that `fromMarkup` understands and that change the meaning of text: superscripts, formulas,
 * links.
 */
const inline =
  /^(?:[a-z]+:)?(?:sup|sub|inf|a|ext-link|alternatives|inline-formula|disp-formula|tex-math|annotation|annotation-xml|math|semantics|mfenced|mfrac|mi|mmultiscripts|mn|mo|mover|mphantom|mprescripts|none|mroot|mrow|mspace|msqrt|mstyle|msub|msubsup|msup|mtable|mtd|mtext|mtr|munder|munderover)$/;

/** The text that an element adds to its parent. Meaningful markup is kept for `fromMarkup`. */
function textIn({ name, text, attributes }: XmlElement): string {
  if (breaking.test(name)) return ` ${text} `;
  if (!inline.test(name)) return text;
  const local = name.slice(name.indexOf(":") + 1);
  let attributeText = "";
  for (const key in attributes) {
    if (/^(?:(?:xlink:)?href|linethickness|open|close|separators)$/.test(key)) {
      const value = (attributes[key] as string).replace(/["<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`);
      attributeText += ` ${key}="${value}"`;
    }
  }
  return `<${local}${attributeText}>${text}</${local}>`;
}

const depthLimit = 200;
const faultLimit = 20_000;
/** The parser gets long text in pieces, to keep its buffers small. */
const pieceLength = 1 << 16;

class Stop extends Error {}

/**
 * Reads the entries of an XML feed one by one: calls `onEntry` for each element whose name is in
 * `entryNames`, at any depth, with all that it contains.
 *
 * Ill-formed XML is read as far as possible and reported once, with its line. An entry cut off by the end
 * of the text is skipped and reported. DTD declarations are not expanded: references that XML does not
 * predefine, like HTML's `&eacute;`, stay as written, to be decoded later as markup. Never throws.
 * https://www.w3.org/TR/xml/
 */
export function readXml(
  text: string,
  entryNames: ReadonlySet<string>,
  onEntry: (entry: XmlElement) => void,
): XmlFeed {
  const parser = new SaxesParser({
    xmlns: false,
    position: false,
    forceXMLVersion: true,
    defaultXMLVersion: "1.0",
  });
  const naming = makeNaming();
  const head = new Map<string, string>();
  const problems: Problem[] = [];
  const open: OpenElement[] = [];
  /** Depth in `open` of the entry being read; -1 outside entries. */
  let entryAt = -1;
  let sawElement = false;
  let faults = 0;
  let broken = false;
  let isTruncated = false;

  parser.on("opentag", (tag: SaxesTagPlain) => {
    sawElement = true;
    naming.declare(tag.attributes);
    const name = naming.nameOf(tag.name);
    if (open.length >= depthLimit) throw new Stop("elements are nested too deeply");
    if (entryAt < 0 && entryNames.has(name)) entryAt = open.length;
    const outer = open.at(-1)?.base ?? null;
    const xmlBase = tag.attributes["xml:base"];
    const base = xmlBase === undefined ? outer : absolute(xmlBase.trim(), outer);
    open.push({ name, attributes: tag.attributes, base, children: [], text: "", line: parser.line });
  });
  const addText = (piece: string) => {
    const element = open.at(-1);
    if (element) element.text += piece;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const element = open.pop();
    const parent = open.at(-1);
    if (!element) return;
    if (entryAt === open.length) {
      entryAt = -1;
      onEntry(element);
    } else if (entryAt >= 0 && parent) {
      parent.children.push(element);
      // An entry's own text has no meaning; a field may contain real markup, not only escaped markup.
      if (open.length - 1 > entryAt) parent.text += textIn(element);
    } else if (parent && /^(?:channel|feed)$/.test(parent.name) && !head.has(element.name)) {
      head.set(element.name, element.text);
    }
  });
  parser.on("error", (error) => {
    faults += 1;
    if (faults > faultLimit) throw new Stop("too many errors in the XML");
    if (broken || !structural.test(error.message)) return;
    broken = true;
    problems.push({
      line: parser.line,
      message: "this is not well-formed XML: the paper here may be incomplete",
    });
  });

  try {
    const readable = withOwnReferences(text);
    for (let at = 0; at < readable.length; at += pieceLength) {
      parser.write(readable.slice(at, at + pieceLength));
    }
    isTruncated = open.length > 0;
    if (entryAt >= 0) {
      problems.push({
        line: parser.line,
        message: "the file ends in the middle of a paper, which was skipped",
      });
    } else if (open.length > 0) {
      problems.push({ line: parser.line, message: "the file ends before the feed does: it may be cut off" });
    } else if (!sawElement) {
      problems.push({ line: null, message: "it contains no feed" });
    }
  } catch (error) {
    const message = error instanceof Stop ? error.message : "the XML is broken here";
    problems.push({ line: parser.line, message: `${message}: the rest was skipped` });
  }
  return { head, problems, isTruncated };
}

/** Resolves an address against a base; `null` if the result is not a web address. */
export function absolute(address: string, base: string | null): string | null {
  if (address === "" || address.length > 4_000) return base;
  if (/^https?:\/\//i.test(address)) return address;
  if (base === null || /^[a-z][a-z\d+.-]*:/i.test(address)) return null;
  return URL.canParse(address, base) ? new URL(address, base).href : null;
}

/**
 * The name of the root element as written, from the beginning of a text; `null` if the text does not begin
 * like XML.
 */
export function rootName(text: string): string | null {
  const start = text.slice(0, 65_536);
  if (!/^\ufeff?\s*</.test(start)) return null;
  const plain = start.replace(/<!--[\s\S]*?(?:-->|$)/g, "");
  return /<([A-Za-z_][\w.:-]*)/.exec(plain)?.[1] ?? null;
}

/**
 * Escapes each `&` that does not begin a predefined reference. Otherwise the parser would read on to a
 * distant `;`, across tags.
 */
function withOwnReferences(text: string): string {
  if (!foreignReference.test(text)) return text;
  return text.replace(foreignReferences, (_, cdata: string | undefined) => cdata ?? "&amp;");
}

/**
 * Maps element names to names with known prefixes. A namespace declaration applies to everything after it.
 */
function makeNaming() {
  const prefixes = new Map<string, string>();
  const names = new Map<string, string>();
  return {
    declare(attributes: Readonly<Record<string, string>>): void {
      for (const name in attributes) {
        if (!name.startsWith("xmlns:")) continue;
        const uri = (attributes[name] as string).trim();
        const known = prismNamespace.test(uri) ? "prism" : knownPrefixes[uri.toLowerCase()];
        const prefix = name.slice(6);
        if (known === undefined || prefixes.get(prefix) === known) continue;
        prefixes.set(prefix, known);
        names.clear();
      }
    },
    nameOf(written: string): string {
      const seen = names.get(written);
      if (seen !== undefined) return seen;
      const colon = written.indexOf(":");
      const prefix = colon < 0 ? "" : written.slice(0, colon);
      const local = written.slice(colon + 1).toLowerCase();
      const known = colon < 0 ? "" : (prefixes.get(prefix) ?? prefix.toLowerCase());
      const name = known === "" ? local : `${known}:${local}`;
      // A hostile file may invent a name for each element, so the cache is limited.
      if (names.size > 1_000) names.clear();
      names.set(written, name);
      return name;
    },
  };
}
