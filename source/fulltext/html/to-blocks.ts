import type { Draft, TextSpan, Within } from "../blocks.js";
import { BlockBuilder } from "../builder.js";
import { isListing, linesOf } from "./code.js";
import type { Element, Node } from "./element.js";
import { equationRows, isEquation } from "./equations.js";
import {
  captionOf,
  elementsOf,
  isOneCell,
  isTable,
  labelOf,
  panelsOf,
  strayNodes,
  tableRows,
  tagOf,
  without,
  withoutAll,
} from "./floats.js";
import { cleanTex, type Extras, inlineSpans, noExtras, plainText, safe, takeAnchors } from "./inline.js";
import type { Page } from "./tree.js";

/** The blocks of nodes, and the title found. Elements are those of LaTeXML or of plain HTML. */
export function walkPage(
  page: Page,
  nodes: readonly Node[],
): { builder: BlockBuilder; title: string | null } {
  const walker = new PageWalker(page);
  walker.flow(nodes);
  return walker;
}

class PageWalker {
  readonly builder = new BlockBuilder();
  title: string | null = null;
  readonly #isLatexml: boolean;
  #within: Within | undefined;
  #depth = -1;
  #inReferences = false;

  constructor(page: Page) {
    this.#isLatexml = page.isLatexml;
  }

  /** Children of an element: what is in one line becomes a paragraph, blocks are taken each. */
  flow(
    nodes: readonly Node[],
    paragraph: (spans: TextSpan[], extras: Extras) => void = this.#paragraph,
  ): void {
    let line: Node[] = [];
    const flush = (): void => {
      if (line.length === 0) return;
      const extras = noExtras();
      const spans = inlineSpans(line, extras);
      line = [];
      const hasText = spans.some((span) => span.tex !== undefined || span.text.trim() !== "");
      if (hasText) paragraph.call(this, spans, extras);
      else for (const id of extras.ids) this.builder.anchor(id);
      this.#notes(extras);
      this.#pictures(extras);
    };
    for (const node of nodes) {
      if (typeof node !== "string" && (node.isBlock || isDisplay(node))) {
        flush();
        this.block(node, paragraph);
      } else line.push(node);
    }
    flush();
  }

  #paragraph(spans: TextSpan[], extras: Extras): void {
    this.#add(
      { kind: this.#inReferences && !this.#isLatexml ? "reference" : "paragraph", spans },
      extras.ids,
    );
  }

  #add(draft: Draft, ids: readonly string[] = []): void {
    const within = this.#within;
    this.builder.add(within && !draft.within ? { ...draft, within } : draft, ids);
  }

  block(node: Element, paragraph: (spans: TextSpan[], extras: Extras) => void): void {
    const { name, classes, attributes, children } = node;
    if (name === "math") {
      this.#add({
        kind: "equation",
        equation: [{ cells: [cleanTex(attributes.tex ?? "")], number: null }],
      });
      return;
    }
    const has = (one: string) => classes.includes(one);
    this.builder.anchor(attributes.id === undefined ? undefined : safe(attributes.id));
    if (/^h[1-6]$/.test(name) || has("ltx_title")) this.#heading(node);
    else if (has("ltx_authors")) this.#authors(node);
    else if (has("ltx_dates"))
      this.flow(children, (spans, extras) => this.#add({ kind: "date", spans }, extras.ids));
    else if (has("ltx_abstract")) this.#inside("abstract", children);
    else if (has("ltx_theorem")) this.#inside("theorem", children);
    else if (has("ltx_proof")) this.#inside("proof", children);
    else if (name === "blockquote" || has("ltx_quote")) this.#inside("quote", children);
    else if (has("ltx_bibitem")) this.#reference(node);
    else if (has("ltx_bibliography")) {
      this.#inReferences = true;
      this.flow(children);
      this.#inReferences = false;
    } else if (isEquation(node)) this.#equation(node);
    else if (name === "figure" || classes.some((one) => /^ltx_(?:figure|table|float)$/.test(one)))
      this.#float(node);
    else if (isTable(node)) this.#table(node);
    else if (name === "pre" || isListing(node)) this.#code(node);
    else if (
      /^(?:ul|ol|dl)$/.test(name) ||
      classes.some((one) => /^ltx_(?:itemize|enumerate|description)$/.test(one))
    )
      this.#list(node);
    else if (name === "li" || name === "dd" || (has("ltx_item") && name !== "dt")) this.#item(node, "•");
    else if (name === "figcaption" || name === "caption") this.flow(children, paragraph);
    else this.flow(children, paragraph);
  }

  #inside(within: Within, children: readonly Node[]): void {
    const outer = this.#within;
    this.#within = within;
    this.flow(children);
    this.#within = outer;
  }

  #heading(node: Element): void {
    const { classes, name } = node;
    const has = (one: string) => classes.includes(one);
    const extras = noExtras();
    if (
      node.isBlock &&
      elementsOf(node, (one) => one.name === "p" || isTable(one) || one.name === "figure").length > 0
    ) {
      this.flow(node.children);
      return;
    }
    const tag = tagOf(node);
    if (has("ltx_title_theorem") || has("ltx_title_proof")) {
      const spans = inlineSpans(node.children, extras);
      this.#add({ kind: has("ltx_title_proof") ? "proof" : "theorem", spans }, extras.ids);
    } else if (has("ltx_title_document") || (name === "h1" && this.title === null && !this.#isLatexml)) {
      const spans = inlineSpans(node.children, extras);
      this.title ??= plainText(node.children).replace(/\s+/g, " ").trim();
      if (spans.length > 0) this.builder.add({ kind: "title", spans, level: 1 }, extras.ids);
    } else this.#sectionHeading(node, tag, extras);
    this.#notes(extras);
    this.#pictures(extras);
  }

  #sectionHeading({ classes, name, children }: Element, tag: Element | undefined, extras: Extras): void {
    const has = (one: string) => classes.includes(one);
    const spans = inlineSpans(tag ? without(children, tag) : children, extras);
    const label = tag ? labelOf(tag) : null;
    const text = plainText(children).trim();
    if (text === "") return;
    const isAbstract = has("ltx_title_abstract") || /^abstract\.?$/i.test(text);
    const isReferences =
      has("ltx_title_bibliography") || /^(?:references|bibliography|literature cited)$/i.test(text);
    if (!this.#isLatexml) this.#inReferences = isReferences;
    const role = isAbstract
      ? "abstract"
      : isReferences
        ? "bibliography"
        : has("ltx_title_appendix")
          ? "appendix"
          : null;
    const level = isAbstract ? 2 : /^h[1-6]$/.test(name) ? Number(name.slice(1)) : 5;
    const heading: Draft = { kind: "heading", level, label, spans, ...(role ? { role } : {}) };
    // A heading is never part of what holds it.
    this.builder.add(heading, extras.ids);
  }

  #authors(node: Element): void {
    const extras = noExtras();
    const creators = elementsOf(node, (one) => one.classes.includes("ltx_creator"));
    const names: TextSpan[] = [];
    const panels: TextSpan[][] = [];
    const known = new Set<Element>();
    for (const creator of creators) {
      for (const part of elementsOf(creator, (one) => one.classes.includes("ltx_personname"))) {
        known.add(part);
        const spans = inlineSpans(part.children, extras);
        if (spans.length === 0) continue;
        if (names.length > 0) names.push({ text: ", " });
        for (const span of spans) names.push(span);
      }
      for (const part of elementsOf(creator, (one) => one.classes.includes("ltx_contact"))) {
        known.add(part);
        const spans = inlineSpans(part.children, extras);
        if (spans.length > 0) panels.push(spans);
      }
    }
    // Whatever else is written there: "and", a conference, a hand-made block.
    const rest = inlineSpans(withoutAll(node.children, known), extras);
    if (rest.some(({ text }) => /[\p{L}\p{N}]{2}/u.test(text))) panels.push(rest);
    for (const { children } of extras.notes.splice(0)) panels.push(inlineSpans(children, extras));
    if (names.length > 0 || panels.length > 0)
      this.builder.add(
        { kind: "authors", spans: names, ...(panels.length > 0 ? { panels } : {}) },
        extras.ids,
      );
    this.#notes(extras);
    this.#pictures(extras);
  }

  #reference(node: Element): void {
    const extras = noExtras();
    const tag = tagOf(node);
    const spans = inlineSpans(tag ? without(node.children, tag) : node.children, extras);
    const label = tag ? labelOf(tag) : null;
    if (spans.length > 0 || label !== null) this.builder.add({ kind: "reference", label, spans }, extras.ids);
    this.#notes(extras);
  }

  #equation(node: Element): void {
    const extras = noExtras();
    const equation = equationRows(node, extras);
    if (equation.length > 0) this.#add({ kind: "equation", equation }, extras.ids);
    this.#notes(extras);
  }

  #table(node: Element): void {
    // A table that lays out a page is no table.
    const isLaidOut = ({ name }: Element) =>
      /^h[1-6]$/.test(name) || (name === "ul" && !node.classes.includes("ltx_tabular"));
    const holdsText = elementsOf(node, isLaidOut).length > 0;
    const extras = noExtras();
    const rows = holdsText || isOneCell(node) ? [] : tableRows(node, extras);
    if (rows.length === 0) {
      this.flow(node.children);
      return;
    }
    this.flow(strayNodes(node));
    const caption = elementsOf(node, (one) => one.name === "caption")[0];
    const named = caption ? captionOf(caption, extras) : { label: null, spans: [] };
    this.#add({ kind: "table", label: named.label, spans: named.spans, tables: [rows] }, extras.ids);
    this.#notes(extras);
    this.#pictures(extras);
  }

  /** A figure, table, listing or algorithm with its caption. */
  #float(node: Element): void {
    const extras = noExtras();
    const isCaption = (one: Element) => one.name === "figcaption" || one.classes.includes("ltx_caption");
    const own = node.children.find((one): one is Element => typeof one !== "string" && isCaption(one));
    const isFloat = (one: Element) =>
      one.name === "figure" || one.classes.some((found) => /^ltx_(?:figure|table|float)$/.test(found));
    const caption = own ?? elementsOf(node, (one) => isFloat(one) || isCaption(one)).find(isCaption);
    // Nothing but a frame round other floats.
    if (
      !caption &&
      elementsOf(node, (one) => isFloat(one) && elementsOf(one, isCaption).length > 0).length > 0
    ) {
      this.flow(node.children);
      return;
    }
    const { label, spans } = caption ? captionOf(caption, extras) : { label: null, spans: [] };
    const listings = elementsOf(node, (one) => isListing(one) || one.name === "pre");
    const taken = new Set<Element>(listings);
    const tables = elementsOf(node, (one) => !taken.has(one) && isTable(one));
    for (const one of tables) taken.add(one);
    if (caption) taken.add(caption);
    const isAlgorithm = node.classes.some((one) => /algorithm/.test(one)) || /^algorithm/i.test(label ?? "");
    const lines = listings.flatMap((one) => linesOf(one, extras));
    const rows = tables.map((one) => tableRows(one, extras));
    takeAnchors(node, extras);
    const panels = panelsOf([...withoutAll(node.children, taken), ...tables.flatMap(strayNodes)], extras);
    const isTableFloat =
      node.classes.includes("ltx_table") || (!node.classes.includes("ltx_figure") && tables.length > 0);
    const kind =
      lines.length > 0
        ? isAlgorithm
          ? "algorithm"
          : "code"
        : isTableFloat
          ? "table"
          : isAlgorithm
            ? "algorithm"
            : "figure";
    const pictures = extras.pictures.splice(0);
    const isEmpty =
      spans.length === 0 &&
      label === null &&
      lines.length + rows.length + panels.length + pictures.length === 0;
    if (!isEmpty)
      this.#add(
        {
          kind,
          label,
          spans,
          ...(rows.length > 0 ? { tables: rows } : {}),
          ...(lines.length > 0 ? { lines } : {}),
          ...(panels.length > 0 ? { panels } : {}),
          ...(pictures.length > 0 ? { pictures } : {}),
        },
        extras.ids,
      );
    this.#notes(extras);
  }

  #code(node: Element): void {
    const extras = noExtras();
    const lines = linesOf(node, extras);
    const isAlgorithm = node.classes.some((one) => /algorithm/.test(one));
    if (lines.length > 0) this.#add({ kind: isAlgorithm ? "algorithm" : "code", lines }, extras.ids);
    this.#notes(extras);
  }

  #list({ children, name, classes }: Element): void {
    const isNumbered = name === "ol" || classes.includes("ltx_enumerate");
    let number = 0;
    let term: string | null = null;
    this.#depth += 1;
    for (const child of children) {
      if (typeof child === "string") {
        this.flow([child]);
        continue;
      }
      if (child.name === "dt") {
        if (term !== null) this.#add({ kind: "item", level: this.#depth, label: term });
        this.builder.anchor(child.attributes.id);
        term = plainTerm(child);
      } else if (child.name === "li" || child.name === "dd" || child.classes.includes("ltx_item")) {
        number += 1;
        this.builder.anchor(child.attributes.id === undefined ? undefined : safe(child.attributes.id));
        this.#item(child, term ?? (isNumbered ? `${number}.` : "•"));
        term = null;
      } else this.flow([child]);
    }
    if (term !== null) this.#add({ kind: "item", level: this.#depth, label: term });
    this.#depth -= 1;
  }

  /** An item: its first paragraph has the marker, others follow under it. */
  #item(node: Element, marker: string): void {
    if (node.classes.includes("ltx_bibitem")) {
      this.#reference(node);
      return;
    }
    const isLoose = this.#depth < 0;
    if (isLoose) this.#depth = 0;
    const tag = node.children.find(
      (one): one is Element => typeof one !== "string" && one.classes.includes("ltx_tag"),
    );
    let label: string | null = (tag ? labelOf(tag) : null) ?? marker;
    const kind = this.#inReferences && !this.#isLatexml ? "reference" : "item";
    this.flow(tag ? node.children.filter((one) => one !== tag) : node.children, (spans, extras) => {
      this.#add({ kind, level: this.#depth, label, spans }, extras.ids);
      label = null;
    });
    if (isLoose) this.#depth = -1;
  }

  #notes(extras: Extras): void {
    for (const { mark, id, isFootnote, children } of extras.notes.splice(0)) {
      const inner = noExtras();
      const spans = inlineSpans(children, inner);
      const kind = isFootnote ? "footnote" : "paragraph";
      this.builder.add({ kind, label: isFootnote ? mark : null, spans }, [...(id ? [id] : []), ...inner.ids]);
      this.#notes(inner);
    }
  }

  #pictures(extras: Extras): void {
    const pictures = extras.pictures
      .splice(0)
      .filter(({ width, source }) => source !== "" && (width === null || width > 24));
    if (pictures.length > 0) this.#add({ kind: "figure", pictures });
  }
}

const isDisplay = (node: Element): boolean =>
  isEquation(node) || isListing(node) || (node.name === "math" && node.attributes.display === "block");

function plainTerm(node: Element): string {
  return plainText(node.children).replace(/\s+/g, " ").trim();
}
