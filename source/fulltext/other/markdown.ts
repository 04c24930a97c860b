import type { Draft, PaperText, TextSpan } from "../blocks.js";
import { BlockBuilder } from "../builder.js";
import { cleanTex, safe, safeLink } from "../html/inline.js";

/** What Jina Reader puts before a page, and so Hugging Face before a paper. https://github.com/jina-ai/reader */
const readerPreamble =
  /^Title: ([^\n]*)\n+(?:(?:URL Source|Published Time|Number of Pages): [^\n]*\n+)*Markdown Content:\n/;

/**
 * Reads a paper from Markdown: headings, paragraphs, lists, quotes, fenced code, tables, formulas between
 * dollars. `hasLostFormulas`: it was made from a page by a program that writes formulas twice and garbled, as
 * the Hub's `/papers/ID.md`; then its dollars are text. Never throws; linear.
 */
export function readMarkdownPaper(markdown: string, hasLostFormulas = false): PaperText {
  const builder = new BlockBuilder();
  let title: string | null = null;
  let inReferences = false;
  const spans = (text: string) => inlineMarkdown(text, hasLostFormulas);
  let paragraph: string[] = [];
  const add = (draft: Draft): void => builder.add(draft);
  const flush = (): void => {
    const text = paragraph.join(" ").trim();
    paragraph = [];
    if (text === "") return;
    const display = hasLostFormulas ? null : /^(?:\$\$([\s\S]+)\$\$|\\\[([\s\S]+)\\\])$/.exec(text);
    if (display) add({ kind: "equation", equation: [equationOf((display[1] ?? display[2]) as string)] });
    else add({ kind: inReferences ? "reference" : "paragraph", spans: spans(text) });
  };
  const reader = readerPreamble.exec(markdown.slice(0, 4_000));
  const named = safe(reader?.[1] ?? "").trim();
  if (named !== "") {
    title = named;
    add({ kind: "title", level: 1, spans: spans(named) });
  }
  const body = reader ? markdown.slice(reader[0].length) : markdown.replace(/^---\n[\s\S]*?\n---\n/, "");
  const lines = body.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as string;
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    const fence = /^\s{0,3}(```+|~~~+)/.exec(line)?.[1];
    const item = /^(\s*)([-*+]|\d{1,3}[.)])\s+(.*)$/.exec(line);
    if (fence) {
      flush();
      const code: string[] = [];
      for (at += 1; at < lines.length && !(lines[at] as string).trim().startsWith(fence); at += 1)
        code.push(safe((lines[at] as string).replace(/\t/g, "    ")).trimEnd());
      add({ kind: "code", lines: code.map((text) => (text === "" ? [] : [{ text }])) });
    } else if (heading) {
      flush();
      const text = heading[2] as string;
      const level = (heading[1] as string).length;
      if (level === 1 && safe(text).trim() === title) continue;
      if (title === null && level === 1) {
        title = safe(text).trim();
        add({ kind: "title", level: 1, spans: spans(text) });
        continue;
      }
      const number = /^((?:\d+|[A-Z])(?:\.\d+)*)\.?\s+(?=\p{L})/u.exec(text);
      inReferences = /^(?:\d+\.?\s+)?(?:references|bibliography)$/i.test(text);
      const isAbstract = /^abstract$/i.test(text);
      add({
        kind: "heading",
        level,
        label: number && /\d/.test(number[1] as string) ? (number[1] as string) : null,
        spans: spans(number && /\d/.test(number[1] as string) ? text.slice(number[0].length) : text),
        ...(inReferences ? { role: "bibliography" } : isAbstract ? { role: "abstract" } : {}),
      });
    } else if (isRow(line) && /^\s*\|?[\s:|-]*-{2,}[\s:|-]*$/.test(lines[at + 1] ?? "")) {
      flush();
      const rows = [cells(line)];
      for (at += 2; at < lines.length && isRow(lines[at] as string); at += 1)
        rows.push(cells(lines[at] as string));
      at -= 1;
      add({
        kind: "table",
        tables: [
          rows.map((row, y) =>
            row.map((text) => ({ spans: spans(text), ...(y === 0 ? { header: true as const } : {}) })),
          ),
        ],
      });
    } else if (/^\s*\$\$\s*$/.test(line) && !hasLostFormulas) {
      flush();
      const tex: string[] = [];
      for (at += 1; at < lines.length && !/\$\$\s*$/.test(lines[at] as string); at += 1)
        tex.push(lines[at] as string);
      add({ kind: "equation", equation: [equationOf(tex.join(" "))] });
    } else if (
      item &&
      (paragraph.length === 0 || (item[1] as string).length > 0 || /^[-*+]|^1[.)]/.test(item[2] as string))
    ) {
      flush();
      const text: string[] = [item[3] as string];
      for (; isContinuation(lines[at + 1]); at += 1) text.push((lines[at + 1] as string).trim());
      const marker = /^\d/.test(item[2] as string) ? (item[2] as string) : "•";
      const level = Math.min(5, Math.floor((item[1] as string).length / 2));
      if (inReferences)
        add({ kind: "reference", label: marker === "•" ? null : marker, spans: spans(text.join(" ")) });
      else add({ kind: "item", level, label: marker, spans: spans(text.join(" ")) });
    } else if (/^\s{0,3}>/.test(line)) {
      flush();
      const text: string[] = [];
      for (; at < lines.length && /^\s{0,3}>/.test(lines[at] as string); at += 1)
        text.push((lines[at] as string).replace(/^\s{0,3}>\s?/, ""));
      at -= 1;
      add({ kind: "paragraph", within: "quote", spans: spans(text.join(" ")) });
    } else if (/^\s*!\[[^\]]*\]\([^)]*\)\s*$/.test(line)) {
      flush();
      const [, alt = "", source = ""] = /!\[([^\]]*)\]\(\s*(\S*?)(?:\s[^)]*)?\)/.exec(line) ?? [];
      add({
        kind: "figure",
        pictures: [{ source: safe(source), alt: safe(alt), width: null, height: null }],
      });
    } else if (/^\s*$/.test(line)) flush();
    else if (/^\s{0,3}(?:[-*_]\s*){3,}$/.test(line)) flush();
    else paragraph.push(line.trim());
  }
  flush();
  return {
    title: title ?? "Untitled",
    blocks: builder.blocks,
    isTruncated: builder.isCut,
    hasLostFormulas,
    base: null,
  };
}

function equationOf(tex: string): { cells: string[]; number: string | null } {
  const tag = /\\tag\*?\{([^{}]*)\}/.exec(tex);
  return {
    cells: [cleanTex(tag ? tex.replace(tag[0], "") : tex)],
    number: tag ? `(${safe(tag[1] as string)})` : null,
  };
}

/** Whether a line goes on with the item before it. */
const isContinuation = (line = ""): boolean =>
  /^\s{2,}\S/.test(line) && !/^\s*(?:[-*+]|\d{1,3}[.)])\s/.test(line);

const isRow = (line: string): boolean => /^\s*\|.*\|\s*$/.test(line);

function cells(line: string): string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}

// Each part is at most 2,000 characters: a line of opening signs without closing ones takes linear time. A label
// has no bracket and an address only pairs of parentheses, so that a line of these is not looked through 2,000 times.
const inline =
  /\\([\\`*_{}[\]()#+.!$|<>-])|(`{1,20})([^`](?:.{0,2000}?[^`])??)\2(?!`)|\$([^$\s](?:[^$]{0,2000}?[^$\s\\])?)\$(?!\d)|\\\((.{1,2000}?)\\\)|\*\*(\S(?:.{0,2000}?\S)?)\*\*|\*(\S(?:[^*]{0,2000}?\S)?)\*|(?<![\p{L}\p{N}])_(\S(?:[^_]{0,2000}?\S)?)_(?![\p{L}\p{N}])|!?\[([^\][]{0,2000})\]\(\s?([^\s()]{0,2000}(?:\([^\s()]{0,2000}\)[^\s()]{0,2000}){0,4})(?:\s[^)]{0,2000})?\)|<(https?:[^\s<>]{1,2000})>/gu;

/** Emphasis, code, links and formulas of a line of Markdown. */
function inlineMarkdown(source: string, isPlain: boolean): TextSpan[] {
  const text = safe(source).replace(/\s+/g, " ").trim();
  const spans: TextSpan[] = [];
  let done = 0;
  const put = (span: TextSpan): void => {
    if (span.text !== "" || span.tex !== undefined) spans.push(span);
  };
  // Long lines without end would take long to look through.
  for (const found of text.length > 200_000 ? [] : text.matchAll(inline)) {
    const [whole, escaped, , code, dollars, paren, strong, star, under, label, href, bare] = found;
    if (isPlain && (dollars !== undefined || paren !== undefined)) continue;
    put({ text: text.slice(done, found.index) });
    done = found.index + whole.length;
    if (escaped !== undefined) put({ text: escaped });
    else if (code !== undefined) put({ text: code, code: true });
    else if (dollars !== undefined || paren !== undefined)
      put({ text: "", tex: cleanTex((dollars ?? paren) as string) });
    else if (strong !== undefined) put({ text: strong, bold: true });
    else if (star !== undefined || under !== undefined)
      put({ text: (star ?? under) as string, italic: true });
    else if (label !== undefined) {
      const link = safeLink(href);
      put({ text: label, ...(link ? { href: link } : {}) });
    } else if (bare !== undefined) put({ text: bare, href: bare });
  }
  put({ text: text.slice(done) });
  return spans;
}
