import type { Key } from "../reader/keys/key.js";
import { altKeys, isRxvtShift, keysOfSequence, keysOfSs3 } from "./input/control-sequence.js";
import { takeText, textKey } from "./input/plain-keys.js";

const esc = "\x1b";

/** The end of a bracketed paste, also with the 8-bit CSI. */
const pasteEnds = ["\x1b[201~", "\x9b201~"];

/** C1 controls that begin a sequence or end a string (ECMA-48, 8.3); the others are ignored. */
const c1Introducers = /^[\x8f\x90\x98\x9b-\x9f]/;

/** Text that begins with one of these, converted to the two-character form (ECMA-48, 5.3). */
function inSevenBits(text: string): string {
  return c1Introducers.test(text)
    ? esc + String.fromCharCode(text.charCodeAt(0) - 0x40) + text.slice(1)
    : text;
}

/** Raw characters after a control sequence: the old mouse protocols, the Linux console's F1 to F5. */
const rawAfter: Readonly<Record<string, number>> = { M: 3, t: 2, T: 6, "[": 1 };

/** The keys F1 to F5 of the Linux console: `CSI [ A` to `CSI [ E`. */
const linuxConsole = "ABCDE";

/** The longest control sequence that is kept, in characters; no key has more. */
const longestSequence = 64;

/** The longest string whose end is searched for, in characters. */
const longestString = 1_048_576;

/**
 * The rest of a sequence, in a read of its own, after its Esc was taken for the key. A person types one
 * character at a time, so the terminal sent it over a slow line.
 */
const lateRest =
  /^(?:\[(?:[0-?]+[ -/]*[@-~]|[A-DFHIO])|O[A-DFHP-S]|\][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|[PX^_][^\x1b\x9c]*(?:\x1b\\|\x9c))/;

/** The same, where the read ends before the answer does: at least two characters of one that we may have asked for. */
const lateBeginning = /^(?:\[[?\d][\d;]*|\]\d[^\x07\x1b\x9c]*\x1b?|P[>\d][^\x1b\x9c]*\x1b?)$/;

/** The first character of such a rest, alone: a key, unless more follows it faster than a person types. */
const lateStart = /^[[\]OPX^_]$/;

/**
 * What the decoder waits for: the character after Esc, the rest of a sequence whose Esc was taken for the key, the rest
 * of a string of which only the beginning is there, which may have been typed, the rest of a sequence, the end of a
 * string, a pause after an overlong string, or the end of a paste.
 */
export type Waiting = "nothing" | "escape" | "late" | "begun" | "sequence" | "string" | "pause" | "paste";

/** How the strings begin that terminals send: reports of OSC, DCS and APC. No terminal sends SOS or PM. */
const beginnings: Readonly<Record<string, RegExp>> = { "]": /^[\dlLI]/, P: /^[\d>!$+|=?]/, _: /^[A-Z]/ };

/** An unfinished string, and its characters so far. */
interface StringUnderWay {
  readonly isOsc: boolean;
  /** The character after its Esc, which a person may have typed: Alt-]. `null` after an 8-bit introducer. */
  readonly typed: string | null;
  length: number;
  /** Its beginning, up to the length of a report. */
  text: string;
}

/** The longest report that is passed on, in characters. */
const longestReport = 64;
/** The most reports kept until they are taken. */
const mostReports = 16;

/**
 * Decodes terminal input into keys, in whatever chunks it arrives: a read of `/cat\r` is five keys, and an
 * escape sequence in two reads is one. Reports and replies of a terminal (also to another program) are never
 * keys.
 */
export class KeyDecoder {
  #pending = "";
  /** Text of an unfinished bracketed paste, or `null`. */
  #paste: string | null = null;
  /** The unfinished string, or `null`. */
  #string: StringUnderWay | null = null;
  /** Whether an Esc was just taken for the key because nothing followed it in time. */
  #wasEscape = false;
  /** The first character of what may be the rest of a sequence after that Esc, or "". */
  #late = "";
  #reports: string[] = [];

  /**
   * The terminal's reports since the last call, without their Esc: `]11;rgb:0000/0000/0000`, `[?997;1n`,
   * `[?62;22c`.
   */
  takeReports(): readonly string[] {
    const reports = this.#reports;
    if (reports.length > 0) this.#reports = [];
    return reports;
  }

  #report(text: string): void {
    if (text.length <= longestReport && this.#reports.length < mostReports) this.#reports.push(text);
  }

  /** The keys in `text`, which continues the earlier input. */
  push(more: string): Key[] {
    // No string contains Ctrl-C, and a person who presses it must be heard.
    if (this.#string && more === "\x03") {
      this.#string = null;
      return [{ name: "ctrl-c", text: null }];
    }
    const keys: Key[] =
      this.#string && this.#pending === "" && isTyped(this.#string, more) ? this.#endTyped() : [];
    const text = this.#late + more;
    const canStart = this.#wasEscape && this.#late === "" && lateStart.test(text);
    this.#late = canStart ? text : "";
    if (canStart) return keys;
    const isLate = this.#wasEscape && (lateRest.test(text) || lateBeginning.test(text));
    let rest = this.#pending + (isLate ? esc : "") + text;
    this.#pending = "";
    this.#wasEscape = false;
    while (rest !== "") {
      if (this.#paste !== null) {
        rest = this.#takePaste(rest, keys);
        continue;
      }
      const isC1 = !this.#string && c1Introducers.test(rest);
      if (isC1) rest = inSevenBits(rest);
      const taken = this.#string ? this.#takeString(rest) : this.#takeOne(rest, keys, isC1);
      if (taken === 0) {
        this.#pending = rest;
        break;
      }
      rest = rest.slice(taken);
    }
    return keys;
  }

  /** What more input could complete. */
  get waitsFor(): Waiting {
    if (this.#paste !== null) return "paste";
    if (this.#string?.length === 0 && this.#string.typed !== null && this.#pending === "") return "begun";
    if (this.#string) return this.#string.length > longestString ? "pause" : "string";
    if (this.#late !== "") return "late";
    if (this.#pending === "") return "nothing";
    return /^\x1b+$/.test(this.#pending) ? "escape" : "sequence";
  }

  /** Ends the wait: a lone Esc is the key; an incomplete sequence or string is dropped. */
  flush(): Key[] {
    // What did not go on is the key that a person pressed after Esc.
    this.#wasEscape = false;
    if (this.#late !== "") return this.push("");
    if (this.waitsFor === "begun") return this.#endTyped();
    const pending = this.#pending;
    const paste = this.#paste;
    const isString = this.#string !== null;
    this.#pending = "";
    this.#paste = null;
    this.#string = null;
    if (paste !== null) return [{ name: "paste", text: paste + pending }];
    const escapes = !isString && /^\x1b+$/.test(pending) ? pending.length : 0;
    this.#wasEscape = escapes > 0;
    return Array.from({ length: escapes }, () => ({ name: "escape", text: null }));
  }

  /**
   * Whether the rest of a sequence may still arrive after its Esc was taken for the key. The next `flush` ends
   * that.
   */
  get mayContinue(): boolean {
    return this.#wasEscape;
  }

  #takePaste(rest: string, keys: Key[]): string {
    const at = rest.search(/\x1b\[201~|\x9b201~/);
    if (at >= 0) {
      keys.push({ name: "paste", text: this.#paste + rest.slice(0, at) });
      this.#paste = null;
      return rest.slice(at + (rest[at] === esc ? 6 : 5));
    }
    // The end mark may be split: a possible beginning of it waits.
    let kept = Math.min(rest.length, 5);
    while (kept > 0 && !pasteEnds.some((end) => end.startsWith(rest.slice(rest.length - kept)))) kept -= 1;
    this.#paste += rest.slice(0, rest.length - kept);
    this.#pending = rest.slice(rest.length - kept);
    return "";
  }

  /**
   * Reads text of a string, or its end; 0 if an Esc needs the next character. OSC may end in BEL too (xterm).
   * Nothing else ends a string: an Esc without a backslash is part of it, so that no reply can contain a key.
   */
  #takeString(rest: string): number {
    const string = this.#string as StringUnderWay;
    const end = rest.search(string.isOsc ? /[\x07\x1b\x9c]/ : /[\x1b\x9c]/);
    const part = end < 0 ? rest.length : end;
    string.length += part;
    if (string.text.length <= longestReport) string.text += rest.slice(0, Math.min(part, longestReport + 1));
    if (end !== 0) return end < 0 ? rest.length : end;
    if (rest[0] !== esc) {
      this.#endString(string);
      return 1;
    }
    if (rest.length === 1) return 0;
    if (rest[1] !== "\\") return 1;
    this.#endString(string);
    return 2;
  }

  /** What began like a string was Esc and a key, or Alt with the key. */
  #endTyped(): Key[] {
    const typed = this.#string?.typed ?? null;
    this.#string = null;
    return typed === null ? [] : [{ name: "escape", text: null }, textKey(typed)];
  }

  #endString({ isOsc, text }: StringUnderWay): void {
    this.#string = null;
    if (isOsc) this.#report(`]${text}`);
  }

  /** Reads one sequence or a run of text from the beginning; 0 if it is incomplete. */
  #takeOne(rest: string, keys: Key[], isC1: boolean): number {
    if (/^[\x80-\x9f]/.test(rest)) return 1;
    if (rest[0] !== esc) return takeText(rest, keys);
    const next = rest[1];
    switch (next) {
      case undefined:
        return 0;
      case "[":
        return this.#takeControlSequence(rest, keys);
      case "O":
        return takeSs3(rest, keys);
      case "]":
      case "P":
      case "X":
      case "^":
      case "_":
        this.#string = { isOsc: next === "]", typed: isC1 ? null : next, length: 0, text: "" };
        return 2;
      case "\\":
        // The end of an abandoned string.
        return 2;
    }
    return takeAlt(rest, keys);
  }

  #takeControlSequence(rest: string, keys: Key[]): number {
    const shift = /^\x1b\[(\d{1,2})\$/.exec(rest);
    const found = shift && isRxvtShift(Number(shift[1])) ? shift : /^\x1b\[[0-?]*[ -/]*[@-~]/.exec(rest);
    if (!found) return this.#takeUnfinished(rest);
    const [sequence] = found;
    const final = sequence.at(-1) as string;
    const parameters = sequence.slice(2, -1);
    const raw = parameters === "" ? (rawAfter[final] ?? 0) : 0;
    const length = sequence.length + raw;
    if (rest.length < length) return 0;
    if (raw > 0) {
      const number = final === "[" ? linuxConsole.indexOf(rest[length - 1] as string) : -1;
      if (number >= 0) keys.push({ name: `f${number + 1}`, text: null });
    } else if (final === "~" && parameters === "200") this.#paste = "";
    else if (parameters.startsWith("?")) this.#report(sequence.slice(1));
    else if (sequence.length <= longestSequence) keys.push(...keysOfSequence(parameters, final));
    return length;
  }

  /**
   * The length of an unfinished sequence; 0 also if only its beginning is kept because it is too long for a
   * key.
   */
  #takeUnfinished(rest: string): number {
    const [begun = ""] = /^\x1b\[[0-?]*[ -/]*/.exec(rest) ?? [];
    // A character that cannot be in a sequence ends it, and is a key.
    if (begun.length < rest.length) return begun.length;
    if (begun.length <= longestSequence) return 0;
    this.#pending = `${esc}[<`;
    return begun.length;
  }
}

/** Whether what began like a string was typed: one character follows it, which begins no report. */
function isTyped({ typed, length }: StringUnderWay, more: string): boolean {
  const beginning = typed === null || length > 0 ? undefined : beginnings[typed];
  return beginning !== undefined && /^[^\x07\x1b\x9c]$/.test(more) && !beginning.test(more);
}

/** SS3: cursor keys, F1 to F4 and the keypad. Old xterm and Konsole send modifiers before the final byte. */
function takeSs3(rest: string, keys: Key[]): number {
  const found = /^\x1bO([\d;]*)([^\d;])/.exec(rest);
  if (!found) return rest.length > longestSequence ? rest.length : 0;
  const [sequence, parameters = "", final = ""] = found;
  // A character that cannot end it is a key of its own.
  if (!/^[ -~]$/.test(final)) return sequence.length - final.length;
  keys.push(...keysOfSs3(parameters, final));
  return sequence.length;
}

/** Alt with a key that edits a line; with any other key, Esc and that key, typed quickly. */
function takeAlt(rest: string, keys: Key[]): number {
  // rxvt's Alt with an arrow moves by a word.
  const arrow = /^\x1b\x1b[[O]([CD])/.exec(rest);
  if (arrow) {
    keys.push({ name: arrow[1] === "C" ? "alt-right" : "alt-left", text: null });
    return arrow[0].length;
  }
  if (/^\x1b\x1b[[O]?$/.test(rest)) return 0;
  const after: Key[] = [];
  const taken = takeText(rest.slice(1, 3), after, 1);
  const key = after[0];
  if (key && altKeys.has(key.name)) {
    keys.push({ name: `alt-${key.name}`, text: null });
    return 1 + taken;
  }
  keys.push({ name: "escape", text: null });
  return 1;
}
