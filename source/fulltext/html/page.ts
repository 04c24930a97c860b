import { type Block, type PaperText, spansText } from "../blocks.js";
import type { Element, Node } from "./element.js";
import { elementsOf } from "./floats.js";
import { safe } from "./inline.js";
import { walkPage } from "./to-blocks.js";
import { type Page, PageReader } from "./tree.js";

/** The longest page, in characters; a longer one is cut. */
const longest = 64 * 1024 * 1024;
/** The least text of a paper, in characters, for pages that LaTeXML did not make. */
const leastNative = 1_200;
/** Headings of a page that says why there is no paper. */
const mostOfErrorPage = 3;

/** What a page was found to be. */
export type FoundText =
  | { readonly ok: true; readonly text: PaperText }
  /**
   * The site says that it has no paper, sends its page about the paper, or a paper of headings only. "other page":
   * it is a page of somebody else, such as a network's login page, and says nothing about the paper.
   */
  | { readonly ok: false; readonly reason: "no paper" | "abstract page" | "no text" | "other page" };

/** How arXiv and ar5iv say that they have no HTML of a paper, in a title or heading. */
const saysNone = /\bno (?:html|content|document)\b|\bhtml is (?:not available|unavailable)\b|\bwithdrawn\b/i;

/**
 * Reads a paper from a page: LaTeXML's HTML (arXiv, ar5iv), or a page by hand. Its text
 * outside error marks decides whether it holds a paper; a page by hand with a form is none. Never throws.
 *
 * @param isLocal whether the user named this file: then any text counts
 */
export function readHtmlPaper(html: string, isLocal = false): FoundText {
  const reader = new PageReader();
  reader.write(html.length > longest ? html.slice(0, longest) : html);
  const page = reader.end();
  const walker = walkPage(page, page.isLatexml ? documentsOf(page.root) : page.root.children);
  const { blocks } = walker.builder;
  const written = blocks.reduce((sum, block) => sum + lengthOf(block), 0);
  if (page.isAbstractPage && !page.isLatexml) return { ok: false, reason: "abstract page" };
  const isKnown = page.isLatexml || isLocal;
  const least = isKnown ? 1 : leastNative;
  if (written < least || (page.hasForm && !isKnown)) {
    if (!isKnown && !isOfSite(page, blocks)) return { ok: false, reason: "other page" };
    const headings = blocks.filter(({ kind }) => kind === "heading").length;
    return { ok: false, reason: headings > mostOfErrorPage ? "no text" : "no paper" };
  }
  const text: PaperText = {
    title: walker.title ?? (safe(page.title).replace(/\s+/g, " ").trim() || "Untitled"),
    blocks,
    isTruncated:
      page.hasFailed || (page.isLatexml && page.isCut) || html.length > longest || walker.builder.isCut,
    hasLostFormulas: false,
    base: page.base,
  };
  return { ok: true, text };
}

/** The length of a block's text, in characters; 0 for titles and names, which any page has. */
function lengthOf({ kind, spans, equation, tables, lines }: Block): number {
  if (kind === "title" || kind === "heading" || kind === "authors") return 0;
  const text = spans.reduce((sum, { text, tex }) => sum + (tex ?? text).length, 0);
  return text + (equation?.length ?? 0) + (tables?.length ?? 0) + (lines?.length ?? 0);
}

/** Whether a page without a paper is the site's own: it says that there is none, or lists files of the paper. */
function isOfSite({ root, title }: Page, blocks: readonly Block[]): boolean {
  const isHeading = ({ kind }: Block) => kind === "title" || kind === "heading";
  const said = [title, ...blocks.filter(isHeading).map(({ spans }) => spansText(spans))];
  if (said.some((words) => saysNone.test(words))) return true;
  const isFile = ({ attributes }: Element) => /^\/(?:html|abs|pdf)\/./.test(attributes.href ?? "");
  return elementsOf(root, isFile).length > 0;
}

/** The documents of LaTeXML, without the site's header and footer; the whole page if none is marked. */
function documentsOf(root: Element): readonly Node[] {
  const found = elementsOf(root, ({ classes }) => classes.includes("ltx_document"));
  return found.length > 0 ? found : root.children;
}
