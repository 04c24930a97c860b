import { cellWidth, graphemes, graphemeWidth } from "./cells.js";

/** A line of a wrapped text: UTF-16 offsets into that text, `end` not included. */
export interface WrappedLine {
  readonly start: number;
  readonly end: number;
}

/**
 * Breaks a paragraph into lines of at most `width` cells, at spaces; a longer word is broken after a hyphen or
 * slash if it has one, else between graphemes. Returns offsets and not strings, so that matches and links can
 * be laid over it.
 */
export function wrap(text: string, width: number): WrappedLine[] {
  return wrapped(text, width, false);
}

function wrapped(text: string, width: number, fills: boolean): WrappedLine[] {
  if (width <= 0 || text === "") return [];
  const lines: WrappedLine[] = [];
  let start = -1;
  let end = 0;
  let used = 0;
  const words = /\S+/g;
  for (let found = words.exec(text); found; found = words.exec(text)) {
    for (const piece of pieces(found[0], width)) {
      const from = found.index;
      found.index += piece.length;
      const cells = cellWidth(piece);
      const gap = start >= 0 ? cellWidth(text.slice(end, from)) : 0;
      if (start >= 0 && used + gap + cells <= width) {
        used += gap + cells;
      } else {
        const head = fills && start >= 0 ? headOf(piece, width - used - gap) : 0;
        if (head > 0) end = from + head;
        if (start >= 0) lines.push({ start, end });
        start = from + head;
        used = head === 0 ? cells : cellWidth(piece.slice(head));
      }
      end = from + piece.length;
    }
  }
  if (start >= 0) lines.push({ start, end });
  return lines;
}

/**
 * The same for reading: a long word is also broken after a hyphen or slash if that fills the line before, but no
 * address; a last line of one word takes a word from the line before, if that has enough.
 */
export function wrapParagraph(text: string, width: number): WrappedLine[] {
  const lines = wrapped(text, width, true);
  const last = lines.at(-1);
  const before = lines.at(-2);
  if (!last || !before || /\s/.test(text.slice(last.start, last.end))) return lines;
  const words = text.slice(before.start, before.end).split(/\s+/);
  const moved = words.at(-1) ?? "";
  const start = before.end - moved.length;
  const grown = cellWidth(text.slice(start, last.end));
  // Pieces of one long word, or a line before that would become the shorter one, stay.
  if (words.length < 4 || grown > width || !/\s/.test(text.slice(before.end, last.start))) return lines;
  const end = start - (/\s+$/.exec(text.slice(before.start, start))?.[0].length ?? 0);
  return [...lines.slice(0, -2), { start: before.start, end }, { start, end: last.end }];
}

/** From this many cells on a word is long enough to break at a hyphen. */
const longWord = 12;
/** What is one thing and is never broken: web addresses, paths of hosts, DOIs, e-mail addresses. */
const address = /:\/\/|^\W*www\.|^\W*doi:|^\W*10\.\d{4,}\/|@|^\W*[\w-]+(?:\.[\w-]+)+\//i;

/** How many units of a long word fit into so many cells, up to a hyphen or slash between letters; 0 if none. */
function headOf(word: string, room: number): number {
  if (room < 4 || word.length < longWord || !/[-/]/.test(word) || address.test(word)) return 0;
  let best = 0;
  for (const { index } of word.matchAll(/(?<=[\p{L}\p{M}\p{N}])[-/](?=\p{L})/gu)) {
    const head = word.slice(0, index + 1);
    if (cellWidth(head) > room) break;
    const isEnough = /\p{L}{3}/u.test(head) && /\p{L}{3}/u.test(word.slice(index + 1));
    if (isEnough) best = index + 1;
  }
  return best;
}

/** A long word in pieces that each fit on a line. */
function pieces(word: string, width: number): string[] {
  if (cellWidth(word) <= width) return [word];
  const found: string[] = [];
  for (const part of word.match(/[^-/]+[-/]*|[-/]+/g) ?? [word]) {
    if (cellWidth(part) <= width) found.push(part);
    // Not spread: arguments are on the stack, which ends after some 100,000.
    else for (const piece of hardPieces(part, width)) found.push(piece);
  }
  return found;
}

function hardPieces(word: string, width: number): string[] {
  const found: string[] = [];
  let piece = "";
  let used = 0;
  for (const one of graphemes(word)) {
    const cells = graphemeWidth(one);
    if (used + cells > width && piece !== "") {
      found.push(piece);
      piece = "";
      used = 0;
    }
    piece += one;
    used += cells;
  }
  if (piece !== "") found.push(piece);
  return found;
}
