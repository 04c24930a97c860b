import type { EntryField } from "../../papers/bibliography-entry.js";
import type { Problem } from "../../papers/listing.js";

/** One entry of a BibTeX file. Fields are keyed by lower-case name; their values are TeX. */
export interface Entry {
  /** In lower case: `article`, `inproceedings`. */
  readonly type: string;
  /** The type as the file writes it. */
  readonly writtenType: string;
  readonly key: string;
  /** Line in the source, from 1. */
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
  /** The fields as the file writes them, with delimiters; the file's macros are expanded. */
  readonly written: readonly EntryField[];
  /** What is wrong with it, to follow its name in a message; `null` if nothing is. */
  readonly fault: string | null;
}

const typeName = String.raw`[\p{L}\p{N}_][^\s"#%'(),={}@\\]{0,60}`;
const keyAndComma = String.raw`\s{0,200}[^\s,"={}]{0,300}\s{0,200},`;
/** A type with anything but letters ("web_page") must be followed by a key: `@media-x {` is not an entry. */
const entryStart = new RegExp(
  String.raw`@[ \t]*(?:([A-Za-z]{1,40})\s{0,200}([{(])|(${typeName})\s{0,200}([{(])(?=${keyAndComma}))`,
  "yu",
);
/** Matches only real entries, so it may match anywhere on a line. */
const surelyEntry = new RegExp(
  String.raw`@${typeName}[ \t]{0,20}[{(]${keyAndComma}\s{0,200}[a-z][\w-]{0,60}\s{0,60}=`,
  "iyu",
);
/**
 * A line inside a value that must be the next entry, so the value was never closed. It has to match down to
 * the comma after the key, because an abstract may contain "@someone (…)".
 */
const nextEntry = new RegExp(
  String.raw`[ \t]{0,200}@[ \t]{0,20}(?:(?:string|comment|preamble)[ \t]{0,200}[{(]|${typeName}[ \t]{0,200}[{(]${keyAndComma})`,
  "iyu",
);
/** Scopus numbers some of its fields after a blank, "funding_text 1", which is not BibTeX. */
const fieldName = /[^\s"#%'(),={}@]{1,200}(?: \d{1,3}(?= ?=))?/y;
const bareValue = /[^\s"#%'(),={}@]+/y;
const keyText = /[^,={}"\s][^,={}"\n]{0,1000}/y;
/** A macro is a name or a phrase. Longer ones, used repeatedly, could grow without bound. */
const macroLimit = 2_000;
/** A preamble is cut to this length, in characters. */
const preambleLimit = 10_000;
/** How many unclosed `@comment{` are followed to the end of the file, as each costs a full pass. */
const openCommentLimit = 8;

/**
 * The entries of a BibTeX or BibLaTeX file. A broken entry is returned as far as it could be read, with
 * what is wrong with it; reading resumes at the next entry. Text between entries is ignored, as in BibTeX.
 * `@string` macros are expanded; an unknown macro, like the months, stays as its name. `@comment` is
 * skipped. One pass over the text. There is no standard; the grammar follows "Designing BibTeX Styles" and
 * https://ctan.org/pkg/btparse.
 */
export function readEntries(text: string): EntriesRead {
  return new Reader(text).read();
}

/** What a file contains; `preambles` are the values of its `@preamble`s, with their delimiters. */
export interface EntriesRead {
  readonly entries: Entry[];
  readonly preambles: readonly string[];
  readonly problems: Problem[];
}

class Reader {
  private at = 0;
  private readonly entries: Entry[] = [];
  private readonly problems: Problem[] = [];
  private readonly preambles: string[] = [];
  private readonly macros = new Map<string, string>();
  private openComments = 0;
  private line = 0;
  /** The end of the line counted last. */
  private lineEnd = -1;
  /** How many characters macros may still add, so that a small file cannot expand into a huge one. */
  private macroBudget: number;

  constructor(private readonly text: string) {
    this.macroBudget = text.length + 1_000_000;
  }

  read(): EntriesRead {
    while (this.toNextEntry()) {
      const start = this.at;
      const line = this.lineOf(start);
      const found = this.match(entryStart) as RegExpExecArray;
      const type = (found[1] ?? found[3]) as string;
      const opener = (found[2] ?? found[4]) as string;
      switch (type.toLowerCase()) {
        case "comment":
          this.skipGroup(start);
          break;
        case "preamble":
          this.readPreamble(start);
          break;
        case "string":
          this.readMacros(line, opener);
          break;
        default:
          this.readEntry(type, line, opener);
      }
    }
    const { text } = this;
    if (/(?:^|\n)[ \t]{0,20}@[A-Za-z]{0,40}\s{0,20}$/.test(text.slice(-100))) {
      this.problems.push({
        line: this.lineOf(text.trimEnd().length),
        message: "the file ends at the beginning of an entry",
      });
    }
    if (
      this.entries.length === 0 &&
      this.problems.length === 0 &&
      this.macros.size + this.preambles.length > 0
    ) {
      const message = "it has no entries, only @string and @preamble";
      this.problems.push({ line: null, message });
    }
    return { entries: this.entries, preambles: this.preambles, problems: this.problems };
  }

  /** Moves to the next `@type{` that is not in a comment line or an e-mail address. */
  private toNextEntry(): boolean {
    for (;;) {
      const found = this.text.indexOf("@", this.at);
      if (found < 0) return false;
      this.at = found;
      const before = found === 0 ? "\n" : (this.text[found - 1] as string);
      entryStart.lastIndex = found;
      // An `@` after a letter usually belongs to an e-mail address.
      const mayBegin = /[\s})\ufeff]/.test(before) || this.looking(surelyEntry);
      if (mayBegin && entryStart.test(this.text) && !this.inCommentLine(found)) return true;
      this.at = found + 1;
    }
  }

  private inCommentLine(at: number): boolean {
    // Looks back a limited distance only, so that a file of one long line stays linear.
    const head = this.text.slice(Math.max(0, at - 200), at);
    return /^[ \t]*%/.test(head.slice(head.lastIndexOf("\n") + 1));
  }

  private readEntry(type: string, line: number, opener: string): void {
    this.skipSpace();
    const start = this.at;
    let key = this.match(keyText)?.[0].trim() ?? "";
    if (opener === "(" && key.endsWith(")")) {
      // `@misc(key)`: only a key.
      key = key.slice(0, -1).trim();
      this.at -= 1;
    }
    let hasComma = true;
    if (this.text[this.at] === "=") {
      // The key or the comma after it is missing, so the last word is the name of the first field.
      const word = /(?<!\S)\S+$/.exec(key)?.index ?? 0;
      const before = key.slice(0, word).trimEnd();
      this.at = start + word;
      hasComma = before === "";
      key = before;
    }
    const fields = new Map<string, string>();
    const written: EntryField[] = [];
    const fault = this.readFields(opener, fields, written) ?? (hasComma ? null : commaless);
    this.entries.push({ type: type.toLowerCase(), writtenType: type, key, line, fields, written, fault });
  }

  private readPreamble(start: number): void {
    const from = this.at;
    const value = this.readValue();
    if (value !== null && value.written.length <= preambleLimit) this.preambles.push(value.written);
    this.at = from;
    this.skipGroup(start);
  }

  private readMacros(line: number, opener: string): void {
    const fields = new Map<string, string>();
    const fault = this.readFields(opener, fields);
    for (const [name, value] of fields) this.macros.set(name, macroText(value));
    if (fault) this.problems.push({ line, message: `a @string ${fault}` });
  }

  /** Reads up to the end of the entry. Returns what is wrong with it, or `null`. */
  private readFields(opener: string, fields: Map<string, string>, written: EntryField[] = []): string | null {
    let fault: string | null = null;
    for (;;) {
      this.skipSpace(true);
      const sign = this.text[this.at];
      if (sign === undefined) return cutOff;
      if (sign === "}" || sign === ")") {
        this.at += 1;
        if (sign === (opener === "(" ? ")" : "}")) return fault;
        fault ??= unreadable;
        continue;
      }
      if (sign === "@" && this.atLineStart() && this.looking(nextEntry)) return unclosed;
      const writtenName = this.match(fieldName)?.[0].replace(" ", "");
      const name = writtenName?.toLowerCase();
      this.skipSpace();
      if (writtenName === undefined || name === undefined || this.text[this.at] !== "=") {
        fault ??= unreadable;
        if (name === undefined) this.skipField();
        continue;
      }
      this.at += 1;
      const value = this.readValue();
      if (value === null) {
        return this.at >= this.text.length ? cutOff : unclosed;
      }
      written.push([writtenName, value.written]);
      // If a field occurs twice, BibTeX uses the first.
      if (value.text !== "" && !fields.has(name)) fields.set(name, value.text);
    }
  }

  /** Skips the next comma or line end, whichever is first, and at least one character. */
  private skipField(): void {
    this.at += 1;
    while (this.at < this.text.length && !/[,\n{}()]/.test(this.text[this.at] as string)) this.at += 1;
  }

  /** `{braced}`, `"quoted"`, `2020` or a macro, joined by `#`; `null` if it is never closed. */
  private readValue(): Value | null {
    let text = "";
    const parts: string[] = [];
    let isAsWritten = true;
    this.skipSpace();
    const start = this.at;
    for (;;) {
      this.skipSpace();
      const sign = this.text[this.at];
      if (sign === "{" || sign === '"') {
        const part = this.readDelimited(sign);
        if (part === null) return null;
        text += part;
        const balanced = sign === "{" || !part.includes("}") ? part : withoutStrayBraces(part);
        isAsWritten &&= balanced === part;
        parts.push(sign === "{" || balanced !== part ? `{${balanced}}` : `"${part}"`);
      } else {
        const word = this.match(bareValue)?.[0] ?? "";
        const expanded = this.expand(word);
        text += expanded;
        const isBare = expanded === word && (/^\d+$/.test(word) || isMacroName.test(word));
        isAsWritten &&= isBare;
        parts.push(isBare ? word : `{${expanded}}`);
      }
      const end = this.at;
      this.skipSpace();
      if (this.text[this.at] !== "#") {
        return { text, written: safe(isAsWritten ? this.text.slice(start, end) : parts.join(" # ")) };
      }
      this.at += 1;
    }
  }

  private expand(word: string): string {
    const value = this.macros.get(word.toLowerCase());
    if (value === undefined || value.length > this.macroBudget) return word;
    this.macroBudget -= value.length;
    return value;
  }

  /** The text inside braces or quotes. Braces count even after a backslash. */
  private readDelimited(opener: "{" | '"'): string | null {
    const { text } = this;
    const start = this.at + 1;
    let depth = 0;
    for (let at = start; at < text.length; at += 1) {
      const sign = text[at];
      if (sign === "{") depth += 1;
      else if (depth === 0 && sign === (opener === "{" ? "}" : '"')) {
        this.at = at + 1;
        return text.slice(start, at);
      } else if (sign === "}") depth = Math.max(0, depth - 1);
      else if (sign === "\n") {
        nextEntry.lastIndex = at + 1;
        if (nextEntry.test(text)) {
          this.at = at + 1;
          return null;
        }
      }
    }
    this.at = text.length;
    return null;
  }

  /**
   * Skips the braces of a `@comment` with any entries inside, as reference managers disable entries that
   * way. An unclosed one ends with its line, as in BibTeX.
   */
  private skipGroup(start: number): void {
    const opener = this.text[this.at - 1];
    const closer = opener === "(" ? ")" : "}";
    let depth = 1;
    if (this.openComments < openCommentLimit) {
      for (let at = this.at; at < this.text.length; at += 1) {
        const sign = this.text[at];
        if (sign === opener) depth += 1;
        else if (sign === closer) depth -= 1;
        if (depth > 0) continue;
        this.at = at + 1;
        return;
      }
    }
    this.openComments += 1;
    const end = this.text.indexOf("\n", start);
    this.at = end < 0 ? this.text.length : end;
  }

  /** Skips white space; inside an entry also commas and comments to the end of their line. */
  private skipSpace(inEntry = false): void {
    const { text } = this;
    for (; this.at < text.length; this.at += 1) {
      const sign = text[this.at] as string;
      if (inEntry && sign === "%") {
        const end = text.indexOf("\n", this.at);
        this.at = end < 0 ? text.length - 1 : end;
      } else if (!(inEntry && sign === ",") && !/\s/.test(sign)) return;
    }
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  private looking(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  private atLineStart(): boolean {
    const head = this.text.slice(Math.max(0, this.at - 200), this.at);
    return head.slice(head.lastIndexOf("\n") + 1).trim() === "";
  }

  /** The line number at an offset. Offsets only grow, so each line is counted once. */
  private lineOf(at: number): number {
    while (this.lineEnd < at) {
      const end = this.text.indexOf("\n", this.lineEnd + 1);
      this.line += 1;
      this.lineEnd = end < 0 ? this.text.length : end;
    }
    return this.line;
  }
}

/** A value as parsed, and as written with its delimiters. */
interface Value {
  readonly text: string;
  readonly written: string;
}

/** A macro's text, cut to the limit with its braces balanced. */
function macroText(value: string): string {
  return value.length > macroLimit
    ? value.slice(0, macroLimit).replace(/[{}]/g, "")
    : withoutStrayBraces(value);
}

const isMacroName = /^[\p{L}_][\p{L}\p{N}_.:+/*-]*$/u;

/** Quoted text without unmatched closing braces. */
function withoutStrayBraces(text: string): string {
  let depth = 0;
  return text.replace(/[{}]/g, (sign) => {
    if (sign === "{") depth += 1;
    else if (depth === 0) return "";
    else depth -= 1;
    return sign;
  });
}

/** A value without characters that could move a terminal's cursor; line breaks and tabs stay. */
function safe(text: string): string {
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]+/g, "");
}

const cutOff = "is cut off by the end of the file";
const commaless = "has no comma after its key";
const unreadable = "has a field that could not be read";
const unclosed = "is not closed before the next entry";
