import { decodeHTML } from "entities";
import { clean } from "./clean.js";
import { type MathNode, mathTex } from "./mathml.js";
import { plainTex } from "./tex/render.js";
import { inUnicode, type Level, script } from "./tex/scripts.js";

/** Tags of HTML, JATS and MathML; other text in angle brackets is text ("<think>", "a < b"). */
const tag =
  /<(\/?)((?:jats:|mml:|m:)?(?:a|abbr|abstract|alternatives|annotation|annotation-xml|article-title|b|big|blockquote|bold|br|code|disp-formula|div|em|ext-link|font|h[1-6]|hr|i|img|inf|inline-formula|italic|label|li|list|list-item|math|menclose|merror|mfenced|mfrac|mi|mml|mmultiscripts|mn|mo|monospace|mover|mpadded|mphantom|mprescripts|mroot|mrow|ms|mspace|msqrt|mstyle|msub|msubsup|msup|mtable|mtd|mtext|mtr|munder|munderover|named-content|none|ol|p|pre|roman|s|sans-serif|sc|scp|sec|section|semantics|sml|span|strike|strong|sub|sup|tex-math|title|tt|u|ul|underline|uri|xref))((?:\s[^<>]*)?)(\/?)>/iy;
/** Tags that separate two pieces of text, as a line break does. */
const breaking = /^(?:jats:)?(?:br|p|div|li|list-item|sec|section|title|h[1-6]|ul|ol|blockquote|abstract)$/;
/** Elements whose content needs special treatment. */
const special =
  /^(?:sup|sub|inf|a|ext-link|annotation|annotation-xml|tex-math|math|alternatives|inline-formula|disp-formula|jats:italic|jats:bold)$/;
/** The deepest nesting; deeper elements are only text. */
const deepest = 60;
/** TeX and MathML further apart than this many characters (less than a tail) are two formulas. */
const longestGap = 3;
/** Raised or lowered text of more characters than this is a misused tag, and stays on the line. */
const longestScript = 40;

/**
 * Returns the text of a field that may contain HTML, JATS or MathML. Removes tags but keeps their meaning:
 * powers and indices (10⁻³, CO₂), fractions, roots and accents of formulas, the address of a link whose text is
 * only "this https URL". Decodes entities, even if escaped twice, as in some feeds and databases. The result is
 * cleaned (`clean`), so entities cannot add controls. Everything else, TeX included, stays. Linear in the
 * length of the text.
 *
 * https://jats.nlm.nih.gov/archiving/tag-library/, https://www.w3.org/TR/mathml-core/
 */
export function fromMarkup(text: string): string {
  if (!text.includes("<") && !text.includes("&")) return clean(text);
  let plain = withoutTags(withoutParagraph(text));
  if (cdata.test(plain)) plain = plain.replace(cdataMarks, "");
  for (let round = 0; round < 2 && plain.includes("&"); round += 1) {
    const decoded = decodeHTML(plain);
    if (decoded === plain) break;
    plain = withoutTags(cdata.test(decoded) ? decoded.replace(cdataMarks, "") : decoded);
  }
  return clean(plain);
}

/** Nearly every abstract of Crossref is one paragraph without other tags, for which no walk is needed. */
function withoutParagraph(text: string): string {
  const from = text.startsWith("<jats:p>") ? 8 : text.startsWith("<p>") ? 3 : 0;
  if (from === 0) return text;
  const to = text.length - from - 1;
  return text.indexOf("<", from) === to && text.endsWith(`</${text.slice(1, from)}`)
    ? text.slice(from, to)
    : text;
}

/** An escaped or nested CDATA section: its content is text. */
const cdata = /<!\[CDATA\[/;
const cdataMarks = /<!\[CDATA\[|\]\]>/g;

/** An open element. */
interface Frame {
  readonly name: string;
  readonly attributes: string;
  text: string;
  /** The last characters of the text: reading the end of a growing string would copy it each time. */
  tail: string;
  /** The formula of a child; JATS has several forms of one. */
  tex: string | null;
  math: string | null;
  /** The children, inside MathML. */
  readonly nodes: MathNode[] | null;
}

function withoutTags(source: string): string {
  if (!source.includes("<")) return source;
  const walker = new Walker();
  let end = 0;
  // Jump from bracket to bracket: text has few, and this is many times as fast as searching for tags.
  for (let at = source.indexOf("<"); at >= 0; at = source.indexOf("<", Math.max(end, at + 1))) {
    tag.lastIndex = at;
    const found = tag.exec(source);
    if (found === null) continue;
    walker.write(source.slice(end, at));
    const [whole, slash, name = "", attributes = "", empty] = found;
    if (slash === "/") walker.close(name.toLowerCase());
    else walker.open(name.toLowerCase(), attributes, empty === "/" || attributes.endsWith("/"));
    end = at + whole.length;
  }
  if (end === 0) return source;
  walker.write(source.slice(end));
  return walker.finish();
}

class Walker {
  readonly #frames: Frame[] = [frame("", "", false)];
  /** The position after the last TeX: MathML right after it repeats the formula. */
  #texEnd: { readonly frame: Frame; readonly at: number } | null = null;

  get #top(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  write(text: string): void {
    const { nodes } = this.#top;
    if (nodes === null) append(this.#top, text);
    // White space between the elements of a formula has no meaning.
    else if (text.trim() !== "") nodes.push({ name: "", attributes: "", text, children: [] });
  }

  open(written: string, attributes: string, isEmpty: boolean): void {
    const name = local(written);
    const isMath = this.#top.nodes !== null;
    const takes = isMath || special.test(name) || special.test(written);
    if (!takes) {
      if (breaking.test(written)) this.write(" ");
      return;
    }
    if (this.#frames.length >= deepest) return;
    this.#frames.push(frame(special.test(name) ? name : written, attributes, isMath || name === "math"));
    if (isEmpty) this.#closeTop();
  }

  close(written: string): void {
    const name = local(written);
    let at = this.#frames.length - 1;
    while (at > 0 && !isCalled(this.#frames[at] as Frame, name, written)) at -= 1;
    if (at === 0) {
      if (breaking.test(written)) this.write(" ");
      return;
    }
    // Unclosed elements in it are text.
    while (this.#frames.length > at + 1) this.#closeTop(false);
    this.#closeTop();
  }

  finish(): string {
    while (this.#frames.length > 1) this.#closeTop(this.#top.nodes !== null);
    return unglued(this.#top.text);
  }

  /** @param isEnded whether its end tag was found; without one it has no effect */
  #closeTop(isEnded = true): void {
    const closed = this.#frames.pop() as Frame;
    const { name, text, nodes, attributes } = closed;
    const parent = this.#top;
    if (parent.nodes !== null) {
      parent.nodes.push({ name: local(name), attributes, text, children: nodes ?? [] });
      return;
    }
    if (!isEnded && nodes === null) {
      append(parent, text);
      return;
    }
    switch (name) {
      case "sup":
        append(parent, raised(text, "^", parent.tail));
        return;
      case "sub":
      case "inf":
        append(parent, raised(text, "_", parent.tail));
        return;
      case "a":
      case "ext-link":
        append(parent, linked(text, attributes));
        return;
      case "annotation":
      case "annotation-xml":
        return;
      case "math":
        this.#formula(null, readFormula(mathTex(nodes ?? [])));
        return;
      case "tex-math":
        this.#formula(texOf(text), null);
        return;
      case "alternatives":
      case "inline-formula":
      case "disp-formula":
        if (closed.tex === null && closed.math === null) this.#inline(text);
        else this.#formula(closed.tex, closed.math);
        return;
      case "jats:italic":
      case "jats:bold":
        this.#inline(text);
        return;
      default:
        append(parent, text);
    }
  }

  /** Adds a formula as TeX, as text, or as both. */
  #formula(tex: string | null, math: string | null): void {
    const parent = this.#top;
    if (isChoice(parent)) {
      parent.tex ??= tex;
      parent.math ??= math;
      return;
    }
    const last = this.#texEnd;
    const since = last?.frame === parent ? parent.text.length - last.at : longestGap;
    if (tex === null && since < longestGap && parent.tail.slice(parent.tail.length - since).trim() === "")
      return;
    this.#inline(tex ?? math ?? "");
    if (tex !== null) this.#texEnd = { frame: parent, at: parent.text.length };
  }

  /** Writes a formula that databases put between words without spaces: "the group<math>G</math>is". */
  #inline(text: string): void {
    const parent = this.#top;
    const inner = text.trim();
    if (inner === "") {
      append(parent, text);
      return;
    }
    const isApart = /^\s/.test(text) || (wordBefore.test(parent.tail) && startsWord.test(inner));
    // Whether a word follows is known when the text is joined.
    append(parent, `${isApart ? " " : ""}${inner}${/\s$/.test(text) ? " " : glue}`);
  }
}

/** Marks the end of a formula until the next character is known; no text contains it, because `clean` drops it. */
const glue = "\u2060";
const wordBefore = /(?:[a-z]{2}|[,;)]|(?:^|\s)a)$/;
const startsWord = /^[A-Za-z0-9$√∑∫α-ωΑ-Ω]/;

/** A space if a word follows a formula, and nothing otherwise: "nth", "p-adic", "k." */
function unglued(text: string): string {
  if (!text.includes(glue)) return text;
  return text.replace(/\u2060/g, (_, at: number) => (wordAfter.test(text.slice(at + 1, at + 4)) ? " " : ""));
}
const wordAfter = /^(?!(?:st|nd|rd|th)(?![a-z]))[a-z]{2}/;

function frame(name: string, attributes: string, isMath: boolean): Frame {
  return { name, attributes, text: "", tail: "", tex: null, math: null, nodes: isMath ? [] : null };
}

function append(frame: Frame, text: string): void {
  frame.text += text;
  frame.tail = text.length < 3 ? (frame.tail + text).slice(-3) : text.slice(-3);
}

function local(written: string): string {
  return written.replace(/^(?:jats|mml|m):/, "");
}

function isCalled(one: Frame, name: string, written: string): boolean {
  return one.name === name || one.name === written;
}

function isChoice({ name }: Frame): boolean {
  return name === "alternatives" || name === "inline-formula" || name === "disp-formula";
}

/** Superscript or subscript text, in Unicode's characters if they exist, else as `x_eff`. */
function raised(text: string, level: Level, before: string): string {
  const inner = unglued(text).trim();
  const space = /\s$/.test(text) && inner !== "" ? " " : "";
  if (inner === "") return text === "" ? "" : " ";
  if (level === "^" && /^(?:TM|SM)$/.test(inner)) return `${inner === "TM" ? "™" : "℠"}${space}`;
  const isOrdinal = level === "^" && /\d$/.test(before) && /^(?:st|nd|rd|th)$/.test(inner);
  if (isOrdinal || inner.length > longestScript || !/[\p{L}\p{N}+\-−=()*]/u.test(inner)) return inner + space;
  const parts = inner.split(",").map((part) => inUnicode(part.trim(), level));
  return (parts.includes(null) ? script(inner, level) : parts.join(",")) + space;
}

const hrefOf = /\bhref\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;
/** arXiv's replacement for every address; the full stop is often inside the link. */
const placeholder = /^this (?:https?|ftp) URL([.,;]?)$/i;
const emptyLabel =
  /^(?:here|this (?:link|url|page|website|web site|site|address|repository|repo)|link|url|web ?site|web ?page|home ?page|project page)([.,;]?)$/i;

/** A link as text: its label, and its address if the label does not show it. */
function linked(label: string, attributes: string): string {
  const text = unglued(label);
  const inner = text.trim();
  const [, double, single, bare] = hrefOf.exec(attributes) ?? [];
  const address = (double ?? single ?? bare ?? "").trim();
  if (!/^(?:https?|ftp):\/\/[^\s/]/i.test(address)) return text;
  const held = placeholder.exec(inner);
  if (held) return text.replace(inner, () => `${address}${held[1] ?? ""}`);
  const empty = emptyLabel.exec(inner);
  if (!empty) return text;
  const stop = empty[1] ?? "";
  const words = stop === "" ? inner : inner.slice(0, -1);
  return text.replace(inner, () => `${words} (${address})${stop}`);
}

/** The TeX in `tex-math`; some publishers put a whole document there. */
function texOf(text: string): string {
  const begin = text.indexOf("\\begin{document}");
  const end = text.lastIndexOf("\\end{document}");
  const inner = (begin < 0 ? text : text.slice(begin + 16, end < begin ? text.length : end)).trim();
  if (inner === "" || /^(?:\$|\\\(|\\\[|\\begin\b)/.test(inner)) return inner;
  return `$${inner}$`;
}

/** The formula on one line. */
function readFormula(tex: string): string {
  return tex === "" ? "" : plainTex(`\\(${tex}\\)`);
}
