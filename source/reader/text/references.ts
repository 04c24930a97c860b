import { type Block, type PaperText, spansText, type TextSpan } from "../../fulltext/blocks.js";
import { arxivId } from "../../papers/identity.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { renderTex } from "../../text/tex/render.js";
import { showDay } from "../detail/page-content.js";

const inText =
  /(?:arxiv\s*(?:preprint\s*)?(?:[:/]|\babs\/|\s)\s*(?:abs\/|arxiv:)?|10\.48550\/arxiv\.|abs\/)\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?!\d)/i;

/** How the sentence begins that says where a paper came out. */
const where = /^(?:corr|arxiv|in|proceedings|https?:)\b/i;

/** The arXiv identifier of an address or a text, without its version; `null` where there is none. */
export function arxivIn(text: string): string | null {
  const found = inText.exec(text);
  if (found) return arxivId(found[1] as string);
  return /^https?:/i.test(text) ? arxivId(text) : null;
}

/** The identity of the paper that an entry of a bibliography names: its arXiv identifier in a link or in the text. */
export function arxivOfReference(block: Block): string | null {
  if (block.kind !== "reference") return null;
  for (const { href } of block.spans) {
    const found = href === undefined ? null : arxivIn(href);
    if (found !== null) return found;
  }
  const text = spansText(block.spans);
  const found = arxivIn(text);
  if (found !== null) return found;
  // "CoRR, abs/1412.6980"; "CoRR 1412.6980 (2014)".
  const bare = /\bcorr\b\W{0,4}(\d{4}\.\d{4,5})/i.exec(text);
  return bare ? arxivId(bare[1] as string) : null;
}

/** What an entry says in one line: authors, title, where and when. */
export function referenceLine(block: Block): string {
  const text = spansText(block.spans).replace(/\s+/g, " ").trim();
  return block.label === null ? text : `${block.label} ${text}`;
}

/**
 * A paper made from an entry, for marks. Its title is the first sentence after the authors, or the whole entry
 * if that cannot be found.
 */
export function paperOfReference(block: Block, id: string): Paper {
  const text = spansText(block.spans).replace(/\s+/g, " ").trim();
  const quoted = /[“"]([^”"]{8,300})[,.]?[”"]/.exec(text)?.[1];
  const [authors = "", second] = text.split(/(?<=\p{Ll}{2}|\)|et al)\.\s+(?=\p{Lu}|\d|arXiv)/u);
  // After "Quoc V. Le." the title is still with the authors, and the next sentence says where it came out.
  const isPlace = second === undefined || where.test(second);
  const sentence = isPlace ? authors.split(/\.\s+(?=\p{Lu}\p{L}+\s)/u).at(-1) : second;
  const year = /\b(?:19|20)\d\d\b(?!\.\d)/.exec(text.replace(/arxiv\S*|abs\/\S+/gi, ""))?.[0] ?? null;
  const title = quoted ?? (sentence || text).replace(/(?<=[.?!])\s+(?:arxiv|corr)\b.*$/i, "");
  return makePaper({ id, title: title.replace(/[.,]$/, "").slice(0, 300), published: year });
}

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
      ...block("paragraph", "abstract", paper.abstract || "No abstract of this paper is known."),
      ...block("paragraph", "comment", paper.comment ?? ""),
    ],
  };
}
