import { LazyRegExp } from "../lazy-regexp.js";
import type { RenderedTex, TexLink, TexStyle } from "./rendered.js";

type Style = TexStyle["style"];

interface Span<Kind> {
  readonly from: number;
  readonly to: number;
  readonly what: Kind;
}

/** How much output is looked at again, in characters. */
export const longestLook = 80;

/** Characters that need a space after the name of a function: a letter, a digit, a root, a big symbol. */
const afterName = new LazyRegExp(() => /^[\p{L}\p{N}√∛∜∑∏∫∂∇⟨‖|]/u);
/** And after a fraction or a root, to which a letter would seem to belong. */
const afterStroke = new LazyRegExp(() => /^[\p{L}\p{N}√∛∜]/u);

/** Collects rendered text in pieces, so that brackets can still be put around written text. */
export class Writer {
  private readonly pieces: string[] = [];
  private readonly styled: Span<Style>[] = [];
  private readonly linked: Span<string>[] = [];
  private owed: LazyRegExp | null = null;
  private hasOwnSpace = false;

  /** A position in the output to return to. */
  get mark(): number {
    return this.pieces.length;
  }

  /** The last character written; `""` at the start. */
  get last(): string {
    for (let at = this.pieces.length - 1; at >= 0; at -= 1) {
      const piece = this.pieces[at] as string;
      if (piece !== "") return piece.charAt(piece.length - 1);
    }
    return "";
  }

  write(text: string): void {
    if (text === "") return;
    if (this.owed) {
      if (this.owed.test(text)) this.pieces.push(" ");
      this.owed = null;
    }
    if (this.hasOwnSpace) {
      this.hasOwnSpace = false;
      // The space of a command and the next one in the source are one.
      if (text.startsWith(" ")) {
        if (text.length > 1) this.pieces.push(text.slice(1));
        return;
      }
    }
    this.pieces.push(text);
  }

  /** A script is not a new word, so a pending space stays pending. */
  attach(text: string): void {
    if (text !== "") this.pieces.push(text);
  }

  /** Writes one space, unless there is one already or nothing precedes it. */
  space(): void {
    this.owed = null;
    const { last } = this;
    if (last !== " " && last !== "") this.pieces.push(" ");
    this.hasOwnSpace = true;
  }

  /** Adds a space before the next letter or digit, but not before anything else. */
  oweSpace(after: "name" | "stroke"): void {
    this.owed = after === "name" ? afterName : afterStroke;
  }

  /** Writes the pending space, before something that begins with a letter. */
  settle(): void {
    if (this.owed) this.space();
  }

  /** Suspends the pending space, to resume it after a script. */
  suspend(): LazyRegExp | null {
    const { owed } = this;
    this.owed = null;
    this.hasOwnSpace = false;
    return owed;
  }

  resume(owed: LazyRegExp | null): void {
    this.owed = owed;
  }

  /** A position that `fill` can still write to. */
  reserve(): number {
    this.pieces.push("");
    return this.pieces.length - 1;
  }

  fill(place: number, text: string): void {
    this.pieces[place] = text;
  }

  /** The text since a mark; `null` if it is too long. */
  since(mark: number): string | null {
    if (this.pieces.length - mark > longestLook) return null;
    let text = "";
    for (let at = mark; at < this.pieces.length; at += 1) {
      text += this.pieces[at];
      if (text.length > longestLook) return null;
    }
    return text;
  }

  /** Removes the text since a mark, with its styles and links. */
  takeBack(mark: number): void {
    this.pieces.length = mark;
    while (this.styled.length > 0 && (this.styled.at(-1) as Span<Style>).to > mark) this.styled.pop();
    while (this.linked.length > 0 && (this.linked.at(-1) as Span<string>).to > mark) this.linked.pop();
    this.owed = null;
  }

  style(from: number, style: Style): void {
    if (this.pieces.length > from) this.styled.push({ from, to: this.pieces.length, what: style });
  }

  link(from: number, url: string): void {
    if (this.pieces.length > from) this.linked.push({ from, to: this.pieces.length, what: url });
  }

  finish(): RenderedTex {
    if (this.hasOwnSpace && this.pieces.at(-1) === " ") this.pieces.pop();
    const text = this.pieces.join("");
    if (this.styled.length === 0 && this.linked.length === 0) return { text, styles: [], links: [] };
    const offsets = [0];
    for (const piece of this.pieces) offsets.push((offsets.at(-1) as number) + piece.length);
    const offset = (piece: number) => offsets[Math.min(piece, this.pieces.length)] as number;
    const place = <Kind>({ from, to, what }: Span<Kind>) => ({ start: offset(from), end: offset(to), what });
    const inOrder = (a: { start: number; end: number }, b: { start: number; end: number }) =>
      a.start - b.start || b.end - a.end;
    const styles: TexStyle[] = this.styled
      .map(place)
      .filter(({ start, end }) => end > start)
      .sort(inOrder)
      .map(({ start, end, what }) => ({ start, end, style: what }));
    const links: TexLink[] = this.linked
      .map(place)
      .filter(({ start, end }) => end > start)
      .sort(inOrder)
      .map(({ start, end, what }) => ({ start, end, url: what }));
    return { text, styles, links };
  }
}
