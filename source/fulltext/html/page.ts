import type { Block, PaperText } from "../blocks.js";
import type { Element, Node } from "./element.js";
import { elementsOf } from "./floats.js";
import { safe } from "./inline.js";
import { PageReader } from "./tree.js";
import { walkPage } from "./walker.js";

/** The longest page, in characters; a longer one is cut. */
const longest = 64 * 1024 * 1024;
/** The least text of a paper, in characters, for pages that LaTeXML did not make. */
const leastNative = 1_200;
/** Headings of a page that says why there is no paper. */
const mostOfErrorPage = 3;

/** What a page was found to be. */
export type FoundText =
  | { readonly ok: true; readonly text: PaperText }
  /** It holds no paper: an error page, a list of files, a page about the paper; or one with headings only. */
  | { readonly ok: false; readonly reason: "no paper" | "abstract page" | "no text" };

/**
 * Reads a paper from a page: LaTeXML's HTML (arXiv, ar5iv), or a page by hand. Its text
 * outside error marks decides whether it holds a paper. Never throws.
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
  const least = page.isLatexml || isLocal ? 1 : leastNative;
  if (written < least) {
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

/** The documents of LaTeXML, without the site's header and footer; the whole page if none is marked. */
function documentsOf(root: Element): readonly Node[] {
  const found = elementsOf(root, ({ classes }) => classes.includes("ltx_document"));
  return found.length > 0 ? found : root.children;
}
