import { escapeSequences } from "../../text/clean.js";
import { forCells } from "../../text/shown.js";
import { lineOfFormula } from "../../text/tex/layout/line.js";
import { type Picture, spansText, type TextSpan } from "../blocks.js";
import type { Element, Node } from "./element.js";

/** What a run of text contains besides text. */
export interface Extras {
  /** Anchors of elements in the run. */
  readonly ids: string[];
  /** Footnotes: their marks, anchors and contents. */
  readonly notes: { mark: string; id: string | null; isFootnote: boolean; children: readonly Node[] }[];
  readonly pictures: Picture[];
}

export const noExtras = (): Extras => ({ ids: [], notes: [], pictures: [] });

type Style = Omit<TextSpan, "text" | "tex" | "note">;

/** TeX without the line breaks that LaTeXML adds (`%` and a line feed), and without control bytes. */
export function cleanTex(tex: string): string {
  const whole = tex.includes("%") ? tex.replace(/(?<=(?<!\\)(?:\\\\)*)%[ \t]*\r?\n[ \t]*/g, "") : tex;
  return safe(whole).replace(/\s+/g, " ").trim();
}

/** Text without control bytes and escape sequences; white space stays. */
export function safe(text: string): string {
  const spaced = /[\t\n\r\u2028\u2029]/.test(text) ? text.replace(/[\t\n\r\u2028\u2029]/g, " ") : text;
  return forCells(
    spaced.includes("\x1b") || spaced.includes("\x9b") ? spaced.replace(escapeSequences, "") : spaced,
  );
}

/** A link that may be followed: an anchor of the page, an http, https or mailto address, or a relative one; else `null`. */
export function safeLink(href: string | undefined): string | null {
  if (href === undefined) return null;
  const whole = href.replace(/[\x00-\x20\x7f-\x9f]/g, "");
  if (whole === "" || whole === "#" || whole === "mailto:" || whole.length > 2_000) return null;
  if (whole.startsWith("#")) return `#${decoded(whole.slice(1))}`;
  if (/^(?:https?|mailto):/i.test(whole)) return whole;
  return /^[a-z][a-z\d+.-]*:/i.test(whole) ? null : whole;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Nodes as one run of spans: white space is one space, none at the ends, and styles are inherited. */
export function inlineSpans(nodes: readonly Node[], extras: Extras, base: Style = {}): TextSpan[] {
  const writer = new SpanWriter();
  for (const node of nodes) walk(node, base, writer, extras);
  return writer.finish();
}

/** Nodes as lines of code: spaces and line feeds are kept. */
export function codeLines(nodes: readonly Node[], extras: Extras): TextSpan[][] {
  const writer = new SpanWriter(true);
  for (const node of nodes) walk(node, {}, writer, extras);
  return writer.lines();
}

/** Collects the anchors of all elements in an element, except formulas. */
export function takeAnchors(node: Element, extras: Extras): void {
  for (const child of node.children) {
    if (typeof child === "string" || child.name === "math") continue;
    if (child.attributes.id) extras.ids.push(safe(child.attributes.id));
    takeAnchors(child, extras);
  }
}

/** The words of nodes as plain text, formulas on one line of signs. */
export function plainText(nodes: readonly Node[]): string {
  return spansText(inlineSpans(nodes, noExtras()), lineOfFormula);
}

function walk(node: Node, style: Style, writer: SpanWriter, extras: Extras): void {
  if (typeof node === "string") {
    writer.text(node, style);
    return;
  }
  const { name, attributes, classes, children } = node;
  if (name === "math") {
    const tex = cleanTex(attributes.tex ?? "");
    if (tex !== "") writer.put({ ...style, text: "", tex });
    return;
  }
  const id = attributes.id ?? (name === "a" ? attributes.name : undefined);
  if (id && !classes.includes("ltx_note")) extras.ids.push(safe(id));
  if (name === "br") {
    writer.newLine(style);
    return;
  }
  if (name === "img") {
    picture(node, extras);
    return;
  }
  if (classes.includes("ltx_note")) {
    note(node, style, writer, extras);
    return;
  }
  const inner = styled(node, style);
  if (node.isBlock) writer.text(" ", style);
  // An item of a list in a cell or a caption, where there is no line for it.
  if (name === "li" && !children.some(isTag)) writer.text("• ", style);
  for (const child of children) walk(child, inner, writer, extras);
  if (node.isBlock || name === "td" || name === "th") writer.text(" ", style);
}

const isTag = (node: Node): boolean => typeof node !== "string" && node.classes.includes("ltx_tag");

function picture({ attributes }: Element, extras: Extras): void {
  const source = safe(attributes.src ?? "").trim();
  const alt = safe(attributes.alt ?? "").trim();
  const size = (value: string | undefined) =>
    /^\d{1,5}/.test(value ?? "") ? Number.parseInt(value as string, 10) : null;
  extras.pictures.push({
    source: source.startsWith("data:") ? "" : source,
    alt: /^refer to caption$/i.test(alt) ? "" : alt,
    width: size(attributes.width),
    height: size(attributes.height),
  });
}

/** A footnote: its mark stays in the text, the rest waits in `extras`. A mark alone has no text of its own. */
function note(node: Element, style: Style, writer: SpanWriter, extras: Extras): void {
  const mark = markOf(node);
  const content = contentOf(node);
  const words = plainText(content).trim();
  const id = node.attributes.id ?? null;
  const isFootnote = !node.classes.some((name) => /^ltx_role_(?!footnote|thanks|endnote)/.test(name));
  if (words === "" || words === mark) {
    if (mark) writer.put({ ...style, text: mark, script: "^" });
    return;
  }
  const number = mark || String.fromCharCode(0x2a).repeat(Math.min(3, extras.notes.length + 1));
  if (isFootnote) writer.put({ ...style, text: "", note: number });
  extras.notes.push({ mark: number, isFootnote, id: id === null ? null : safe(id), children: content });
}

function markOf(node: Node): string {
  if (typeof node === "string") return "";
  if (node.classes.includes("ltx_note_mark")) return plainText(node.children).trim();
  for (const child of node.children) {
    const found = markOf(child);
    if (found) return found;
  }
  return "";
}

/** What a note says: without its marks, and without "footnotemark:"; "journal:" and the like stay. */
function contentOf(node: Element): Node[] {
  const found: Node[] = [];
  const isFootnote = node.classes.some((name) =>
    /^ltx_role_(?:footnote|footnotemark|footnotetext|thanks)$/.test(name),
  );
  const visit = (one: Node): void => {
    if (typeof one === "string") return void found.push(one);
    if (one.classes.some((name) => /^ltx_(?:note_mark|tag_note)$/.test(name))) return;
    if (isFootnote && one.classes.includes("ltx_note_type")) return;
    if (one.classes.some((name) => /^ltx_note_(?:outer|content)$/.test(name))) one.children.forEach(visit);
    else found.push(one);
  };
  node.children.forEach(visit);
  return found;
}

function styled({ name, classes, attributes }: Element, style: Style): Style {
  let next: Style = style;
  const add = (more: Style): void => {
    next = { ...next, ...more };
  };
  if (name === "b" || name === "strong" || name === "th" || classes.includes("ltx_font_bold"))
    add({ bold: true });
  else if (classes.includes("ltx_font_upright") && !classes.includes("ltx_font_bold")) {
    const { italic: _, ...rest } = next;
    next = rest;
  }
  if (/^(?:i|em|var|cite|italic|dfn)$/.test(name) && !classes.includes("ltx_cite")) add({ italic: true });
  if (classes.includes("ltx_font_italic")) add({ italic: true });
  if (/^(?:code|tt|kbd|samp|monospace)$/.test(name) || classes.includes("ltx_font_typewriter"))
    add({ code: true });
  if (name === "sup") add({ script: "^" });
  if (name === "sub") add({ script: "_" });
  if (name === "a" || name === "ext-link" || name === "xref") {
    const href = safeLink(attributes.href);
    if (href !== null) add({ href });
  }
  return next;
}

const untidy = /[^\S ]| {2}/;
const closing = /^[.,;:)\]”’%]/;
const opening = /[([“‘]$/;

/** Puts text together: spans of one style are one, runs of white space one space. */
class SpanWriter {
  readonly #spans: { -readonly [Key in keyof TextSpan]: TextSpan[Key] }[] = [];
  /** A space that is written where text follows: `soft` where it came with an indented line. */
  #owed: "none" | "hard" | "soft" = "none";

  constructor(readonly keepsSpaces = false) {}

  text(raw: string, style: Style): void {
    if (this.keepsSpaces) {
      this.#append(raw.replace(/\u00a0/g, " "), style);
      return;
    }
    const text = raw.trim();
    if (text === "") {
      if (raw !== "") this.#owe(raw);
      return;
    }
    if (raw.charAt(0) !== text.charAt(0)) this.#owe(raw.slice(0, raw.indexOf(text)));
    const words = safe(untidy.test(text) ? text.replace(/\s+/g, " ") : text);
    if (words !== "") {
      this.#space(style, words);
      this.#append(words, style);
    }
    if (raw.charAt(raw.length - 1) !== text.charAt(text.length - 1))
      this.#owe(raw.slice(raw.lastIndexOf(text) + text.length));
  }

  /** White space was there. A page that was laid out by a program has such around its elements that nobody wrote. */
  #owe(space: string): void {
    if (this.#owed === "hard") return;
    this.#owed = /\n[ \t]+/.test(space) ? "soft" : "hard";
  }

  newLine(style: Style): void {
    this.text(this.keepsSpaces ? "\n" : " ", style);
  }

  put(span: TextSpan): void {
    this.#space(span, "x");
    this.#spans.push(span);
  }

  finish(): TextSpan[] {
    return this.#spans;
  }

  /** Lines without spaces at their ends; a line of spaces is empty. */
  lines(): TextSpan[][] {
    const lines: TextSpan[][] = [[]];
    for (const span of this.#spans) {
      const parts = span.text.split("\n");
      for (const [at, part] of parts.entries()) {
        if (at > 0) lines.push([]);
        const text = safe(part.replace(/\t/g, "    "));
        if (text !== "" || span.tex !== undefined || span.note !== undefined)
          (lines.at(-1) as TextSpan[]).push({ ...span, text });
      }
    }
    return lines.map(withoutEnd);
  }

  #space(style: Style, next: string): void {
    const owed = this.#owed;
    this.#owed = "none";
    const last = this.#spans.at(-1);
    if (owed === "none" || !last) return;
    if (owed === "soft" && (closing.test(next) || opening.test(last.text))) return;
    // The space belongs to neither link nor style where they change.
    const shared = isSameStyle(last, style) && last.tex === undefined && last.note === undefined;
    this.#append(" ", shared ? style : {});
  }

  #append(text: string, style: Style): void {
    const last = this.#spans.at(-1);
    if (last && last.tex === undefined && last.note === undefined && isSameStyle(last, style)) {
      last.text += text;
    } else this.#spans.push({ ...pick(style), text });
  }
}

function withoutEnd(line: readonly TextSpan[]): TextSpan[] {
  const kept = [...line];
  for (let last = kept.pop(); last; last = kept.pop()) {
    if (last.tex !== undefined || last.note !== undefined) return [...kept, last];
    const text = last.text.trimEnd();
    if (text !== "") return [...kept, { ...last, text }];
  }
  return kept;
}

function pick({ bold, italic, code, script, href }: Style): Style {
  return {
    ...(bold ? { bold } : {}),
    ...(italic ? { italic } : {}),
    ...(code ? { code } : {}),
    ...(script ? { script } : {}),
    ...(href ? { href } : {}),
  };
}

function isSameStyle(a: Style, b: Style): boolean {
  return (
    a.bold === b.bold &&
    a.italic === b.italic &&
    a.code === b.code &&
    a.script === b.script &&
    a.href === b.href
  );
}
