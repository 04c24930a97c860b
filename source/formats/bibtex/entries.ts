import type { EntryField } from "../../papers/bibliography-entry.js";
import type { Problem } from "../../papers/listing.js";

/** One entry of a BibTeX file, its fields by their name in lower case, as TeX. */
export interface Entry {
  /** In lower case: `article`, `inproceedings`. */
  readonly type: string;
  /** The type as the file writes it. */
  readonly writtenType: string;
  readonly key: string;
  /** Line in the source, from 1. */
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
  /** Its fields as the file writes them, with delimiters; macros of the file expanded. */
  readonly written: readonly EntryField[];
  /** What is wrong with it, to be said after its name; `null` for a sound one. */
  readonly fault: string | null;
}

const typeName = String.raw`[\p{L}\p{N}_][^\s"#%'(),={}@\\]{0,60}`;
const keyAndComma = String.raw`\s{0,200}[^\s,"={}]{0,300}\s{0,200},`;
/** A type with other signs than letters ("web_page") must be followed by a key: `@media-x {` is no entry. */
const entryStart = new RegExp(
  String.raw`@[ \t]*(?:([A-Za-z]{1,40})\s{0,200}([{(])|(${typeName})\s{0,200}([{(])(?=${keyAndComma}))`,
  "yu",
);
/** What is certainly an entry, whatever is before it on its line. */
const surelyEntry = new RegExp(
  String.raw`@${typeName}[ \t]{0,20}[{(]${keyAndComma}\s{0,200}[a-z][\w-]{0,60}\s{0,60}=`,
  "iyu",
);
/**
 * A line inside a value that can only be the next entry: what stands before it was never closed. It
 * must look like one down to the key's comma, for an abstract may well hold "@someone (…)".
 */
const nextEntry = new RegExp(
  String.raw`[ \t]{0,200}@[ \t]{0,20}(?:(?:string|comment|preamble)[ \t]{0,200}[{(]|${typeName}[ \t]{0,200}[{(]${keyAndComma})`,
  "iyu",
);
const fieldName = /[^\s"#%'(),={}@]{1,200}/y;
const bareValue = /[^\s"#%'(),={}@]+/y;
const keyText = /[^,={}"\s][^,={}"\n]{0,1000}/y;
/** A macro is a name or a phrase. Longer ones, used again and again, would grow without bounds. */
const macroLimit = 2_000;
/** More of a preamble is not kept, in characters. */
const preambleLimit = 10_000;
/** How many `@comment{` without an end are looked for to the end of the file: each costs a pass. */
const openCommentLimit = 8;

/**
 * The entries of a BibTeX or BibLaTeX file. Entries that are broken are given as far as they could
 * be read, with what is wrong with them; reading goes on at the next entry. Text between entries is
 * ignored, as BibTeX does; `@string` macros are put in (an unknown one, as the months are, stands
 * is its own name), `@comment` is left out. One pass over the text.
 * The grammar: "Designing BibTeX Styles" and https://ctan.org/pkg/btparse, for want of a standard.
 */
export function readEntries(text: string): EntriesRead {
  return new Reader(text).read();
}

/** What a file holds; `preambles` are the values of its `@preamble`s, with their delimiters. */
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
  /** Where the line that was counted last ends. */
  private lineEnd = -1;
  /** How many characters macros may still add: a small file must not become a huge one. */
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
      // After a letter it is mostly an e-mail address.
      const mayBegin = /[\s})\ufeff]/.test(before) || this.looking(surelyEntry);
      if (mayBegin && entryStart.test(this.text) && !this.inCommentLine(found)) return true;
      this.at = found + 1;
    }
  }

  private inCommentLine(at: number): boolean {
    // Far from the line's start it is not looked for, which keeps a file of one line linear.
    const head = this.text.slice(Math.max(0, at - 200), at);
    return /^[ \t]*%/.test(head.slice(head.lastIndexOf("\n") + 1));
  }

  private readEntry(type: string, line: number, opener: string): void {
    this.skipSpace();
    const start = this.at;
    let key = this.match(keyText)?.[0].trim() ?? "";
    if (opener === "(" && key.endsWith(")")) {
      // `@misc(key)`: nothing but a key.
      key = key.slice(0, -1).trim();
      this.at -= 1;
    }
    let hasComma = true;
    if (this.text[this.at] === "=") {
      // No key at all, or none with a comma after it: the last word is the first field's name.
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

  /** Reads up to the entry's end; what is wrong with it, or `null`. */
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
      const writtenName = this.match(fieldName)?.[0];
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
      // BibTeX takes the first of two fields of the same name.
      if (value.text !== "" && !fields.has(name)) fields.set(name, value.text);
    }
  }

  /** Past the next comma or line end, whichever comes first, and at least one character. */
  private skipField(): void {
    this.at += 1;
    while (this.at < this.text.length && !/[,\n{}()]/.test(this.text[this.at] as string)) this.at += 1;
  }

  /** `{braced}`, `"quoted"`, `2020` or a macro, joined by `#`; `null` where it is never closed. */
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

  /** What is between braces or quotes, without them. Braces count even after a backslash. */
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
   * Past the braces of a `@comment`, entries inside included: that is how reference managers put
   * entries aside. One that has no end is a comment up to the end of its line, as BibTeX reads it.
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

  /** Past white space; inside an entry also past commas and comments up to the end of their line. */
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

  /** Lines are asked for in the order of the text, so they are counted once. */
  private lineOf(at: number): number {
    while (this.lineEnd < at) {
      const end = this.text.indexOf("\n", this.lineEnd + 1);
      this.line += 1;
      this.lineEnd = end < 0 ? this.text.length : end;
    }
    return this.line;
  }
}

/** A value as it is read, and as it is written with its delimiters. */
interface Value {
  readonly text: string;
  readonly written: string;
}

/** A macro's text, at most the limit of it, with braces in pairs. */
function macroText(value: string): string {
  return value.length > macroLimit
    ? value.slice(0, macroLimit).replace(/[{}]/g, "")
    : withoutStrayBraces(value);
}

const isMacroName = /^[\p{L}_][\p{L}\p{N}_.:+/*-]*$/u;

/** Text in quotes without closing braces that close nothing. */
function withoutStrayBraces(text: string): string {
  let depth = 0;
  return text.replace(/[{}]/g, (sign) => {
    if (sign === "{") depth += 1;
    else if (depth === 0) return "";
    else depth -= 1;
    return sign;
  });
}

/** A value in which nothing can move a terminal's cursor; line breaks and tabs stay. */
function safe(text: string): string {
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]+/g, "");
}

const cutOff = "is cut off: the file ends in the middle of it";
const commaless = "has no comma after its key";
const unreadable = "has a field that could not be read";
const unclosed = "is not closed: the next entry begins in the middle of it";
