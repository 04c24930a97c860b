/** A link in a text. Offsets are UTF-16 offsets of the text it was found in. */
export interface MarkdownLink {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly address: string;
}

/**
 * The links of a text, `[label](address)`, in their order; labels may hold brackets in pairs. Images are
 * none. Linear in the length of the text. https://spec.commonmark.org/current/#links
 */
export function linksIn(text: string): MarkdownLink[] {
  const found: MarkdownLink[] = [];
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === 92) at += 1;
    else if (sign === 91) {
      open.push(at);
      // Nobody nests brackets this deep.
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
      // A link around a picture, or the picture: its label is no text.
      const isPicture = text.charCodeAt(from - 1) === 33;
      if (!isPicture && address !== "")
        found.push({ from, to: end + 1, label: text.slice(from + 1, at), address });
      at = end;
    }
  }
  return found;
}

const longestAddress = 2_000;

/** Where the bracket of an address is closed; -1 where it is not on its line. */
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

/** Text without the marks of Markdown and HTML that only say how it looks; escapes are read. */
export function unmarked(text: string): string {
  return text
    .replace(/!\[[^\]]{0,300}\]\([^()\s]{0,2000}\)/g, " ")
    .replace(/(\*\*|__)(?=\S)/g, "")
    .replace(/(?<=\S)(\*\*|__)/g, "")
    .replace(/(?<![\w\\*])[*_](?=\S)|(?<=[^\s\\*])[*_](?![\w*])/g, "")
    .replace(/`{1,3}/g, "")
    .replace(/\\([\\`*_{}[\]<>#|~&!$^()+.=:-])/g, "$1");
}
