import type { Block, PaperText, TextSpan } from "../../fulltext/blocks.js";
import type { Paper } from "../../papers/paper.js";
import { renderTex } from "../../text/tex/render.js";
import { showDay } from "../detail/page.js";

/** What is known of a paper, to be read as a text is: title, authors, abstract. */
export function cardOf(paper: Paper): PaperText {
  const spans = (text: string): TextSpan[] => [{ text: renderTex(text).text }];
  const facts = [
    paper.published ? showDay(paper.published) : "",
    paper.categories.join(" "),
    paper.journal ?? "",
    `arXiv:${paper.id}`,
  ].filter(Boolean);
  const block = (kind: Block["kind"], id: string, text: string): Block[] =>
    text === "" ? [] : [{ kind, id, level: 1, label: null, spans: spans(text) }];
  return {
    title: paper.title,
    isTruncated: false,
    hasLostFormulas: false,
    base: null,
    blocks: [
      ...block("title", "title", paper.title),
      ...block("authors", "authors", paper.authors.join(", ")),
      ...block("date", "facts", facts.join(" · ")),
      ...block("paragraph", "abstract", paper.abstract || "No abstract is known of this paper."),
      ...block("paragraph", "comment", paper.comment ?? ""),
    ],
  };
}
