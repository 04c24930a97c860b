import { cellWidth, cutToWidth } from "../../text/cells.js";
import { script } from "../../text/tex/scripts.js";
import type { Block, PaperText, Picture } from "../blocks.js";
import { equationLines } from "./equation.js";
import { type LinkCounter, lineOf, showSpans, widthOf, wrapShown } from "./inline.js";
import { pictureScheme, type RowOptions, type RowSpan, type RowStyle, spaces, type TextRow } from "./row.js";
import { tableLines } from "./table.js";

/**
 * The rows of a whole paper, in reading order.
 *
 * @param after the blocks that have rows already, and how many links these have
 */
export function paperRows(
  text: PaperText,
  options: RowOptions,
  after: { readonly blocks: number; readonly links: number } = { blocks: 0, links: 0 },
): TextRow[] {
  const links: LinkCounter = { next: after.links };
  const rows: TextRow[] = [];
  for (let index = after.blocks; index < text.blocks.length; index += 1) {
    const block = text.blocks[index] as Block;
    const lines = barred(block, index, options, links);
    if (lines.length === 0) continue;
    const blanks = rows.length + after.blocks === 0 ? 0 : gapBefore(block, text.blocks[index - 1]);
    for (let count = 0; count < blanks; count += 1) rows.push({ spans: [], block: index });
    for (const spans of lines) {
      const width = widthOf(spans);
      const shown = options.ascii ? spans.map((span) => ({ ...span, text: asciiOf(span.text) })) : spans;
      rows.push({ spans: shown, block: index, ...(width > options.measure ? { wide: width } : {}) });
    }
  }
  if (text.isTruncated) {
    const block = Math.max(0, text.blocks.length - 1);
    rows.push({ spans: [], block });
    const words = "The text ends here: its conversion failed. The PDF has the rest.";
    for (const spans of wrapShown(
      { text: words, runs: [{ start: 0, end: words.length, span: { style: { dim: true } } }] },
      options.measure,
    ))
      rows.push({ spans, block });
  }
  return rows;
}

function gapBefore(block: Block, before: Block | undefined): number {
  if (block.kind === "heading") return block.level <= 2 ? 2 : 1;
  if (block.kind === "item" && before?.kind === "item") return 0;
  if (block.kind === "reference" && before?.kind === "reference") return 0;
  if (block.kind === "footnote" && before?.kind === "footnote") return 0;
  if (block.kind === "date") return 0;
  return 1;
}

/** The lines of a block; those of a quote or of a theorem have a bar at their left, whatever they are. */
function barred(block: Block, index: number, options: RowOptions, links: LinkCounter): RowSpan[][] {
  const { within, kind } = block;
  if ((within !== "quote" && within !== "theorem") || kind === "theorem")
    return blockLines(block, index, options, links);
  const text = options.ascii ? "| " : "│ ";
  const narrower = { ...options, measure: options.measure - 2, room: options.room - 2 };
  return blockLines(block, index, narrower, links).map((line) => [{ text, style: { dim: true } }, ...line]);
}

function blockLines(block: Block, index: number, options: RowOptions, links: LinkCounter): RowSpan[][] {
  const { measure, asSource } = options;
  const show = (style: RowStyle = {}) => showSpans(block.spans, asSource, links, style);
  switch (block.kind) {
    case "title":
      return wrapShown(show({ bold: true }), measure);
    case "authors":
      return authorLines(block, options, links);
    case "date":
      return wrapShown(show({ dim: true }), measure);
    case "heading": {
      const label = block.label === null ? [] : [{ text: `${block.label}  `, style: { bold: true } }];
      return hanging(label, wrapShown(show({ bold: true }), measure - widthOf(label)));
    }
    case "theorem":
    case "proof":
      return wrapShown(show({ bold: block.kind === "theorem", italic: block.kind === "proof" }), measure);
    case "item": {
      const indent = 2 + 2 * Math.max(0, block.level);
      const marker = block.label ?? "";
      const isTerm = cellWidth(marker) > 8;
      const width = isTerm ? 4 : Math.max(2, cellWidth(marker) + 1);
      const lines = wrapShown(show(), measure - indent - width);
      if (isTerm)
        return [
          [spaces(indent), { text: marker, style: { bold: true } }],
          ...lines.map((line) => [spaces(indent + width), ...line]),
        ];
      // A short term of a list of definitions; "iii." and "(a)" are numbers.
      const isWord = /\p{L}{2}/u.test(marker) && !/^[([]?[ivxlcdm]+[.)\]]?$/i.test(marker);
      const style = isWord ? { bold: true } : {};
      const head = [
        spaces(indent),
        { text: marker, style },
        spaces(width - cellWidth(marker) + (isWord ? 1 : 0)),
      ].filter(({ text }) => text !== "");
      return hanging(head, lines.length > 0 ? lines : [[]]);
    }
    case "equation":
      return equationLines(block.equation ?? [], options);
    case "table":
    case "figure":
      return floatLines(block, options, links);
    case "code":
    case "algorithm": {
      const caption = captionLines(block, options, links);
      const lines = (block.lines ?? []).map((line) => [
        spaces(2),
        ...lineOf(showSpans(line, asSource, links)),
      ]);
      return [...caption, ...lines];
    }
    case "footnote": {
      const mark = block.label === null ? "" : script(block.label, "^");
      const head = [spaces(2), { text: `${mark} `, style: { dim: true } }];
      return hanging(head, wrapShown(show({ dim: true }), measure - widthOf(head)));
    }
    case "reference": {
      const mark = options.markOf?.(index) ?? "";
      const label = block.label ?? "•";
      const isName = cellWidth(label) > 8;
      links.next += 1;
      const link = { href: `#${block.id}`, number: links.next - 1 };
      const text = isName ? wrapShown(show(), measure - 6) : null;
      const signs: RowSpan[] = [
        { text: mark === "" ? "  " : `${mark} `.padEnd(2), style: { color: "yellow" } },
      ];
      if (text) return hanging([...signs], [[{ text: label, style: { bold: true }, ...link }], ...text]);
      const head = [...signs, { text: `${label} `.padEnd(5), style: { dim: true }, ...link }];
      return hanging(head, wrapShown(show(), measure - widthOf(head)));
    }
    default:
      return wrapShown(show(), measure);
  }
}

/** Lines under a head: the first beside it, the others as far in. */
function hanging(head: readonly RowSpan[], lines: readonly (readonly RowSpan[])[]): RowSpan[][] {
  const indent = spaces(widthOf(head));
  return lines.map((line, y) =>
    y === 0 ? [...head, ...line] : indent.text === "" ? [...line] : [indent, ...line],
  );
}

function authorLines(block: Block, options: RowOptions, links: LinkCounter): RowSpan[][] {
  const { measure, asSource, isUnfolded } = options;
  const lines = wrapShown(showSpans(block.spans, asSource, links), measure);
  const panels = block.panels ?? [];
  if (panels.length === 0) return lines;
  if (!isUnfolded && panels.length > 3) {
    const words = `${panels.length} affiliations and notes · z shows them`;
    return [...lines, [{ text: words, style: { dim: true } }]];
  }
  return [
    ...lines,
    ...panels.flatMap((panel) => wrapShown(showSpans(panel, asSource, links, { dim: true }), measure)),
  ];
}

function captionLines(block: Block, { measure, asSource }: RowOptions, links: LinkCounter): RowSpan[][] {
  const label: RowSpan[] = block.label === null ? [] : [{ text: `${block.label}  `, style: { bold: true } }];
  const shown = showSpans(block.spans, asSource, links);
  if (shown.text === "") return label.length > 0 ? [label] : [];
  return hanging(label, wrapShown(shown, measure - widthOf(label)));
}

function floatLines(block: Block, options: RowOptions, links: LinkCounter): RowSpan[][] {
  const lines: RowSpan[][] = [];
  const pictures = (block.pictures ?? []).map((picture) => pictureLine(picture, options, links));
  for (const line of pictures) lines.push(line);
  for (const panel of block.panels ?? [])
    lines.push(
      ...wrapShown(showSpans(panel, options.asSource, links, { dim: true }), options.measure - 2).map(
        (line) => [spaces(2), ...line],
      ),
    );
  for (const [at, rows] of (block.tables ?? []).entries()) {
    if (at > 0) lines.push([]);
    for (const line of tableLines(rows, options, links)) lines.push(line);
  }
  return [...lines, ...captionLines(block, options, links)];
}

function pictureLine(
  { alt, width, height, source }: Picture,
  { ascii, measure }: RowOptions,
  links: LinkCounter,
): RowSpan[] {
  const size = width !== null && height !== null ? ` ${width} ${ascii ? "x" : "×"} ${height}` : "";
  const words = [`picture${size}`, alt || (source.split("/").at(-1) ?? "")].filter(Boolean).join(" · ");
  const text = cutToWidth(words, Math.max(8, measure - 4));
  const shown = ascii ? `[${text}]` : `▣ ${text}`;
  if (source === "") return [{ text: shown, style: { dim: true } }];
  links.next += 1;
  return [{ text: shown, style: { dim: true }, href: `${pictureScheme}${source}`, number: links.next - 1 }];
}

const asciiSigns: Readonly<Record<string, string>> = {
  "─": "-",
  "│": "|",
  "┌": "+",
  "╲": "\\",
  "╭": "/",
  "╮": "\\",
  "╰": "\\",
  "╯": "/",
  "⎛": "/",
  "⎜": "|",
  "⎝": "\\",
  "⎞": "\\",
  "⎟": "|",
  "⎠": "/",
  "⎡": "[",
  "⎢": "[",
  "⎣": "[",
  "⎤": "]",
  "⎥": "]",
  "⎦": "]",
  "⎧": "/",
  "⎨": "<",
  "⎩": "\\",
  "⎪": "|",
  "⎫": "\\",
  "⎬": ">",
  "⎭": "/",
  "⎰": "/",
  "⎱": "\\",
  "║": "|",
  "•": "*",
};

function asciiOf(text: string): string {
  return text.replace(/[─│┌╲╭╮╰╯⎛⎜⎝⎞⎟⎠⎡⎢⎣⎤⎥⎦⎧⎨⎩⎪⎫⎬⎭⎰⎱║•]/g, (sign) => asciiSigns[sign] ?? sign);
}
