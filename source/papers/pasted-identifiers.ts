import { arxivId, doiOf } from "./identity.js";

/** An identifier in a text that lists nothing else, and where it is (UTF-16 offsets, the end exclusive). */
export interface PastedIdentifier {
  readonly kind: "arxiv" | "doi";
  /** As `arxivId` or `doiOf` return it. */
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** Longer texts are not lists of identifiers that anybody pastes, in characters. */
const longest = 50_000;
/** Words between identifiers. In capitals they are operators of a filter. */
const joins = /^(?:and|or|und|et)$/;
/** What precedes or follows an identifier: bullets, labels, arXiv's category. */
const besides =
  /^(?:&|\+|[-–—*•·]|\d{1,3}[.)]|arxiv:?|doi:?|id:?|abs|pdf|paper:?|\[[a-z-]+(?:\.[A-Za-z-]+)?\])$/i;

/**
 * The identifiers of a text that holds nothing else but what separates or labels them: arXiv identifiers, DOIs and
 * their addresses, one or many, on lines or in one. Empty if it holds anything else.
 */
export function identifiersIn(text: string): readonly PastedIdentifier[] {
  // Nearly everything that is typed has no number.
  if (text.length > longest || !/\d{4}/.test(text)) return none;
  const found = new Map<string, PastedIdentifier>();
  for (const { 0: word, index } of text.matchAll(words)) {
    if (joins.test(word) || besides.test(word)) continue;
    const one = readIdentifier(word, index);
    if (one === null) return none;
    if (!found.has(one.id)) found.set(one.id, one);
  }
  return [...found.values()];
}

const none: readonly PastedIdentifier[] = [];
/** A comma may separate two identifiers, or be part of a DOI. */
const words = /(?:(?![,;|]{1,9}(?:\s|$|10\.\d|https?:|arxiv|doi:|\d{4}\.\d))\S)+/gi;

function readIdentifier(written: string, at: number): PastedIdentifier | null {
  const opening = /^[("'“‘<[{`]*/.exec(written)?.[0].length ?? 0;
  let text = written.slice(opening).replace(/(?<![.,;:!?"'”’>`])[.,;:!?"'”’>`]+$/, "");
  // A bracket that was opened before the identifier is not part of it.
  while (/[)\]}]$/.test(text) && !isBalanced(text)) text = text.slice(0, -1);
  const start = at + opening;
  const end = start + text.length;
  const named = text.replace(/^(?:arxiv|doi|id|abs):(?=\S)/i, "");
  const arxiv = arxivId(named);
  if (arxiv !== null) return { kind: "arxiv", id: arxiv, start, end };
  const doi = doiOf(/^(?:https?:\/\/)?(?:dx\.)?doi\.org\/[^?#]+/i.exec(named)?.[0] ?? named);
  return doi === null ? null : { kind: "doi", id: doi, start, end };
}

function isBalanced(text: string): boolean {
  const count = (signs: RegExp) => text.match(signs)?.length ?? 0;
  return count(/[([{]/g) >= count(/[)\]}]/g);
}
