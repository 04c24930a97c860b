import { type FoundText, readHtmlPaper } from "./html/page.js";
import { readJatsPaper } from "./other/jats.js";
import { readMarkdownPaper } from "./other/markdown.js";

/** The format of a text, from its content and not from its name. */
export function kindOf(text: string): "html" | "jats" | "markdown" {
  const head = text
    .slice(0, 4_000)
    .replace(/^\ufeff/, "")
    .replace(/<!--[\s\S]*?-->/g, "");
  if (/<(?:pmc-articleset|article)\b[^>]*\b(?:article-type|dtd-version|xmlns:xlink)\b/.test(head))
    return "jats";
  if (/<!DOCTYPE\s+article\b/i.test(head)) return "jats";
  if (
    /^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|article|div|section|p|h[1-6]|main|center)\b/i.test(
      head,
    )
  )
    return "html";
  return "markdown";
}

/**
 * Reads a paper from a text of any kind that is known: HTML, JATS or Markdown. Never throws.
 *
 * @param isLocal whether the user named this file: then any text counts
 */
export function readPaperText(text: string, isLocal = false): FoundText {
  switch (kindOf(text)) {
    case "html":
      return readHtmlPaper(text, isLocal);
    case "jats":
      return readJatsPaper(text);
    default: {
      const read = readMarkdownPaper(text);
      return read.blocks.length > 0 ? { ok: true, text: read } : { ok: false, reason: "no paper" };
    }
  }
}
