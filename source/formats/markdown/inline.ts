/** A link in a text. Offsets are UTF-16 offsets into that text. */
export interface MarkdownLink {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly address: string;
}

/**
 * The links `[label](address)` of a text, in order. Labels may contain balanced brackets. Images are
 * skipped. Linear in the length of the text. https://spec.commonmark.org/current/#links
 */
export function linksIn(text: string): MarkdownLink[] {
  const found: MarkdownLink[] = [];
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === 92) at += 1;
    else if (sign === 91) {
      open.push(at);
      // Real text does not nest brackets this deep.
      if (open.length > 50) open.shift();
    } else if (sign === 93) {
      const from = open.pop();
      if (from === undefined || text.charCodeAt(at + 1) !== 40) continue;
      const end = addressEnd(text, at + 2);
      if (end < 0) continue;
      const address = (
        text
          .slice(at + 2, end)
          .trim()
          .split(/\s/)[0] ?? ""
      ).replace(/^<|>$/g, "");
      // For an image, or a link around one, the label is not text.
      const isPicture = text.charCodeAt(from - 1) === 33;
      if (!isPicture && address !== "")
        found.push({ from, to: end + 1, label: text.slice(from + 1, at), address });
      at = end;
    }
  }
  return found;
}

const definition = /^ {0,3}\[([^\][\n]{1,100})\]:[ \t]{1,9}<?([^\s<>]{1,2000})>?[^\n]{0,500}$/gm;

/** Links of Org, MediaWiki, AsciiDoc and reStructuredText. Each begins with other signs. */
const otherLinks =
  /\[\[(https?:[^\s[\]]{1,2000})\]\[([^[\]\n]{1,500})\]\]|(?<![\w\]])\[(https?:[^\s[\]()]{1,2000}) ([^[\]\n]{1,500})\](?!\()|(?<=^|[\s*])(https?:[^\s[\]()<>]{1,2000})\[([^[\]\n]{1,500})\](?!\()|`([^`<>\n]{1,500}) <(https?:[^\s<>]{1,2000})>`_{1,2}/g;

/** Replaces the links of other languages, "[[https://…][Title]]", with those of Markdown, and Org's headings with items. */
function withMarkdownLinks(text: string): string {
  if (!/\[https?:|(?:^|[\s*])https?:[^\s[\]()<>]{1,2000}\[|>`_/.test(text)) return text;
  const isOrg = /\[\[https?:[^\s[\]]{1,2000}\]\[/.test(text);
  return (isOrg ? text.replace(/^\*{2,8} /gm, "- ") : text).replace(
    otherLinks,
    (...found: readonly string[]) => {
      const [, orgUrl, orgLabel, wikiUrl, wikiLabel, docUrl, docLabel, restLabel, restUrl] = found;
      const address = orgUrl ?? wikiUrl ?? docUrl ?? restUrl ?? "";
      const label = orgLabel ?? wikiLabel ?? docLabel ?? restLabel ?? "";
      return `[${label}](${address.replace(/\(/g, "%28").replace(/\)/g, "%29")})`;
    },
  );
}

/**
 * Replaces reference links, `[label][name]`, with inline links and removes the definitions, and the links of other
 * languages for texts. Line numbers do not change. https://spec.commonmark.org/current/#reference-link
 */
export function withInlineLinks(whole: string): string {
  const text = withMarkdownLinks(whole);
  if (!text.includes("][")) return text;
  const addresses = new Map<string, string>();
  for (const [, name = "", address = ""] of text.matchAll(definition)) {
    addresses.set(name.toLowerCase(), address);
  }
  if (addresses.size === 0) return text;
  return text
    .replace(definition, "")
    .replace(/\[([^\][\n]{1,500})\]\[([^\][\n]{0,100})\]/g, (whole, label: string, name: string) => {
      const address = addresses.get((name || label).toLowerCase());
      return address === undefined ? whole : `[${label}](${address})`;
    });
}

const longestAddress = 2_000;

/** The offset of the bracket that closes an address; -1 if it is not on the same line. */
function addressEnd(text: string, from: number): number {
  let depth = 0;
  const limit = Math.min(text.length, from + longestAddress);
  for (let at = from; at < limit; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === 10) return -1;
    if (sign === 40) depth += 1;
    else if (sign === 41) {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return -1;
}

/** Removes Markdown and HTML formatting and resolves escapes. */
export function unmarked(text: string): string {
  return text
    .replace(/!\[[^\]]{0,300}\]\([^()\s]{0,2000}\)/g, " ")
    .replace(/(\*\*|__)(?=\S)/g, "")
    .replace(/(?<=\S)(\*\*|__)/g, "")
    .replace(/(?<![\w\\*])[*_](?=\S)|(?<=[^\s\\*])[*_](?![\w*])/g, "")
    .replace(/`{1,3}/g, "")
    .replace(/\\([\\`*_{}[\]<>#|~&!$^()+.=:-])/g, "$1");
}
