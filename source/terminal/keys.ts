import type { Key } from "../reader/key.js";
import { graphemes } from "../text/cells.js";

const esc = "\x1b";
const pasteEnd = "\x1b[201~";

/** Final bytes of CSI and SS3 sequences (ECMA-48; xterm's "PC-style function keys"). */
const finals: Record<string, string> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  H: "home",
  F: "end",
  M: "enter",
  P: "f1",
  Z: "shift-tab",
};

/** Numbers of `CSI n ~` (VT220, and rxvt's 7 and 8). */
const numbered: Record<string, string> = {
  1: "home",
  2: "insert",
  3: "delete",
  4: "end",
  5: "pageup",
  6: "pagedown",
  7: "home",
  8: "end",
  11: "f1",
};

/** Alt with these edits a line. Alt with anything else is Esc and that key, typed quickly. */
const altKeys = new Set(["b", "f", "d", "backspace", "left", "right"]);

/**
 * Turns what a terminal sends into keys, one by one, however the bytes were cut into reads: a
 * read of `/cat\r` is five keys, and an escape sequence that comes in two reads is one.
 */
export class KeyDecoder {
  #pending = "";
  /** Text of a bracketed paste under way; `null` outside one. */
  #paste: string | null = null;

  /** Keys in `text`, which continues what was pushed before. */
  push(text: string): Key[] {
    const keys: Key[] = [];
    let rest = this.#pending + text;
    this.#pending = "";
    while (rest !== "") {
      if (this.#paste !== null) {
        rest = this.#takePaste(rest, keys);
        continue;
      }
      const taken = rest[0] === esc ? this.#takeEscape(rest, keys) : takeText(rest, keys);
      if (taken === 0) {
        this.#pending = rest;
        break;
      }
      rest = rest.slice(taken);
    }
    return keys;
  }

  /** Whether something was begun that more input could finish: an Esc, a sequence or a paste. */
  get isWaiting(): boolean {
    return this.#pending !== "" || this.#paste !== null;
  }

  /** Whether what was begun is a paste, whose end is still to come. */
  get isPasting(): boolean {
    return this.#paste !== null;
  }

  /** Nothing more has come: a lone Esc was the key, a sequence cut short is dropped. */
  flush(): Key[] {
    const pending = this.#pending;
    const paste = this.#paste;
    this.#pending = "";
    this.#paste = null;
    if (paste !== null) return [{ name: "paste", text: paste + pending }];
    return pending === esc ? [{ name: "escape", text: null }] : [];
  }

  #takePaste(rest: string, keys: Key[]): string {
    const end = rest.indexOf(pasteEnd);
    if (end >= 0) {
      keys.push({ name: "paste", text: this.#paste + rest.slice(0, end) });
      this.#paste = null;
      return rest.slice(end + pasteEnd.length);
    }
    // The end mark itself may be cut in two: what could be its beginning waits.
    let kept = Math.min(rest.length, pasteEnd.length - 1);
    while (kept > 0 && !pasteEnd.startsWith(rest.slice(rest.length - kept))) kept -= 1;
    this.#paste += rest.slice(0, rest.length - kept);
    this.#pending = rest.slice(rest.length - kept);
    return "";
  }

  /** Takes one sequence that begins with Esc; 0 where it is not whole yet. */
  #takeEscape(rest: string, keys: Key[]): number {
    if (rest.length === 1) return 0;
    if (rest[1] === "[") return this.#takeControlSequence(rest, keys);
    if (rest[1] === "O") {
      if (rest.length === 2) return 0;
      const name = finals[rest[2] as string];
      if (name) keys.push({ name, text: null });
      return 3;
    }
    if (rest[1] === esc) {
      keys.push({ name: "escape", text: null });
      return 1;
    }
    const after: Key[] = [];
    const taken = takeText(rest.slice(1, 3), after, 1);
    const key = after[0];
    if (key && altKeys.has(key.name)) keys.push({ name: `alt-${key.name}`, text: null });
    else {
      keys.push({ name: "escape", text: null });
      return 1;
    }
    return 1 + taken;
  }

  #takeControlSequence(rest: string, keys: Key[]): number {
    const found = /^\x1b\[([0-?]*)([ -/]*)([@-~])/.exec(rest);
    if (!found) {
      // Still coming, or broken: then the Esc was a key and the rest is text.
      if (/^\x1b\[[0-?]*[ -/]*$/.test(rest) && rest.length < 64) return 0;
      keys.push({ name: "escape", text: null });
      return 1;
    }
    const [sequence, parameters = "", , final = ""] = found;
    // The old mouse protocol puts three raw bytes behind its sequence.
    if (final === "M" && parameters === "") return rest.length < 6 ? 0 : 6;
    if (final === "~" && parameters === "200") {
      this.#paste = "";
      return sequence.length;
    }
    const [number = "", modifier = "1"] = parameters.split(";");
    const name =
      final === "~" ? numbered[number] : final === "u" ? unicodeKey(Number(number)) : finals[final];
    // A leading `<`, `?` or `>` is a report (mouse, terminal), not a key.
    if (name && !/^[<=>?]/.test(parameters)) keys.push(modified(name, Number(modifier)));
    return sequence.length;
  }
}

/** Key of a `CSI code ; modifiers u` sequence (kitty, xterm's modifyOtherKeys). */
function unicodeKey(code: number): string | undefined {
  if (code > 0x10ffff || Number.isNaN(code)) return undefined;
  const keys: Key[] = [];
  takeText(code === 27 ? "" : String.fromCodePoint(code), keys);
  return code === 27 ? "escape" : keys[0]?.name;
}

function modified(name: string, modifier: number): Key {
  const bits = modifier - 1;
  const prefix = bits & 4 ? "ctrl-" : bits & 2 ? "alt-" : bits & 1 && name === "tab" ? "shift-" : "";
  if (prefix === "" && [...name].length === 1) return { name, text: name };
  return { name: `${prefix}${name}`, text: null };
}

/**
 * Takes text up to the next Esc: control characters by name, everything else grapheme by grapheme.
 * Stops after `limit` keys; returns how much was taken.
 */
function takeText(text: string, keys: Key[], limit = Number.POSITIVE_INFINITY): number {
  let taken = 0;
  const runs = /[^\x00-\x1f\x7f]+|[\x00-\x1a\x1c-\x1f\x7f]|\x1b/g;
  for (const [run] of text.matchAll(runs)) {
    if (run === esc) break;
    const control = run.length === 1 ? controlKey(run) : null;
    for (const one of control ? [run] : graphemes(run)) {
      if (keys.length >= limit) return taken;
      keys.push(control ?? { name: one === " " ? "space" : one, text: one });
      taken += one.length;
    }
  }
  return taken;
}

function controlKey(char: string): Key | null {
  const code = char.charCodeAt(0);
  if (code >= 0x20 && code !== 0x7f) return null;
  if (char === "\r") return { name: "enter", text: null };
  if (char === "\t") return { name: "tab", text: null };
  if (code === 0x7f || code === 8) return { name: "backspace", text: null };
  if (code === 0) return { name: "ctrl-space", text: null };
  return { name: `ctrl-${String.fromCharCode(code + 0x60)}`, text: null };
}
