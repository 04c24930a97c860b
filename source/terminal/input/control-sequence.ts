import type { Key } from "../../reader/keys/key.js";
import { controlKey, textKey } from "./plain-keys.js";

/** Final bytes of cursor and function keys, in CSI and SS3 sequences (xterm, "PC-style function keys"). */
const finals: Readonly<Record<string, string>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  F: "end",
  H: "home",
  P: "f1",
  Q: "f2",
  R: "f3",
  S: "f4",
};

/** rxvt's cursor keys with Shift (CSI) or Ctrl (SS3). */
const rxvtArrows: Readonly<Record<string, string>> = { a: "up", b: "down", c: "right", d: "left" };

/** The numeric keypad in application mode, as SS3 (VT100): a key, or its text. */
const keypad: Readonly<Record<string, string>> = {
  M: "enter",
  I: "tab",
  X: "=",
  j: "*",
  k: "+",
  l: ",",
  m: "-",
  n: ".",
  o: "/",
  ...Object.fromEntries(Array.from("pqrstuvwxy", (final, digit) => [final, String(digit)])),
};

/** Numbers of `CSI n ~` (VT220, the Linux console; 7 and 8 are rxvt's; 17 to 24 skip 22). */
const numbered: Readonly<Record<number, string>> = {
  1: "home",
  2: "insert",
  3: "delete",
  4: "end",
  5: "pageup",
  6: "pagedown",
  7: "home",
  8: "end",
  ...Object.fromEntries(
    [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24].map((number, at) => [number, `f${at + 1}`]),
  ),
};

/** Numbers of kitty's keyboard protocol for keys that have no character, and C0 keys in both protocols. */
const functional: Readonly<Record<number, string>> = {
  8: "backspace",
  9: "tab",
  13: "enter",
  27: "escape",
  127: "backspace",
  57414: "enter",
  57417: "left",
  57418: "right",
  57419: "up",
  57420: "down",
  57421: "pageup",
  57422: "pagedown",
  57423: "home",
  57424: "end",
  57425: "insert",
  57426: "delete",
};

/** The numeric keypad in kitty's protocol, from 57399 (KP_0) on; 57414 is Enter. */
const kittyKeypad = "0123456789./*-+\0=,";
const kittyKeypadStart = 57399;

/** Shifted characters of a US keyboard, if the terminal does not send them. */
const unshifted = "`1234567890-=[]\\;',./";
const shifted = '~!@#$%^&*()_+{}|:"<>?';

/** Bits of the modifier parameter minus one (xterm; kitty adds super to num lock). */
const bit = { shift: 1, alt: 2, ctrl: 4, super: 8, hyper: 16, meta: 32, capsLock: 64 } as const;

/** Kinds of key events (kitty); a release is ignored. */
const release = 3;

/** Alt with these keys edits a line; other Alt keys do nothing. */
export const altKeys: ReadonlySet<string> = new Set(["b", "f", "d", "backspace", "left", "right"]);

/**
 * The keys of a complete control sequence (ECMA-48, 5.4), by its parameters and final byte: cursor and function
 * keys of xterm, rxvt and the Linux console, xterm's modifyOtherKeys, and kitty's keyboard protocol, which
 * another program may have left on. Reports of the terminal are not keys.
 */
export function keysOfSequence(parameters: string, final: string): Key[] {
  // A leading `<`, `=`, `>` or `?` is a report: mouse, device attributes, modes.
  if (/[^\d;:]/.test(parameters)) return [];
  const fields = parameters.split(";").map((field) => field.split(":").map(numberOf));
  const [[first = 0] = [], [modifiers = 0, event = 0] = []] = fields;
  if (event === release) return [];
  const bits = Math.max(0, modifiers - 1);
  if (final === "u") return unicodeKeys(fields, bits);
  if (final === "~" && first === 27 && fields.length === 3) {
    const code = fields[2]?.[0] ?? 0;
    return characterKey(code, bits, null, false);
  }
  if (final in rxvtSuffixes && fields.length <= 2) {
    const name = numbered[first];
    return name ? namedKey(name, bits | (rxvtSuffixes[final] as number)) : [];
  }
  if (final in rxvtArrows && parameters === "") return namedKey(rxvtArrows[final] as string, bit.shift);
  if (final === "Z") return [{ name: "shift-tab", text: null }];
  const name = finals[final];
  // R is a cursor position report, except for plain F3.
  if (!name || fields.length > 2 || (final === "R" && parameters !== "")) return [];
  // Old xterm sends the modifiers as the only parameter.
  if (fields.length === 1) return namedKey(name, Math.max(0, first - 1));
  return first === 1 || first === 0 ? namedKey(name, bits) : [];
}

/** The byte after a number: `~`, or rxvt's own for Shift, Ctrl, and both. */
const rxvtSuffixes: Readonly<Record<string, number>> = {
  "~": 0,
  $: bit.shift,
  "^": bit.ctrl,
  "@": bit.shift | bit.ctrl,
};

/** Whether `CSI n $` is rxvt's Shift with a key, and not the beginning of a report. */
export function isRxvtShift(number: number): boolean {
  return number in numbered;
}

/** Keys of an SS3 sequence, with the modifiers that old xterm and Konsole put before its final byte. */
export function keysOfSs3(parameters: string, final: string): Key[] {
  const modifiers = numberOf(parameters.split(";").at(-1) ?? "");
  const name = finals[final];
  if (name) return namedKey(name, Math.max(0, modifiers - 1));
  if (final in rxvtArrows) return namedKey(rxvtArrows[final] as string, bit.ctrl);
  const pressed = keypad[final];
  if (pressed === undefined || parameters !== "") return [];
  return pressed.length === 1 ? [textKey(pressed)] : namedKey(pressed, 0);
}

/** `CSI code:shifted:base ; modifiers:event ; text u` (kitty), or `CSI code ; modifiers u` (xterm). */
function unicodeKeys(fields: readonly (readonly number[])[], bits: number): Key[] {
  const [[code = 0, shiftedCode = 0, base = 0] = [], , text = []] = fields;
  const typed = text.filter((one) => one >= 32 && one !== 127).map(characterOf);
  const mayType = (bits & (bit.super | bit.hyper)) === 0;
  if (typed.length > 0 && mayType && !(code in functional)) return typed.filter(Boolean).map(textKey);
  if ((bits & (bit.ctrl | bit.alt)) !== 0 && code > 127 && base > 0)
    return characterKey(base, bits, null, true);
  return characterKey(code, bits, shiftedCode > 0 ? characterOf(shiftedCode) : null, true);
}

/**
 * The key of a character with modifiers.
 *
 * @param withShift the shifted character, if the terminal sends it
 * @param isUnshifted whether `code` is always that of the key without Shift, as in kitty's protocol
 */
function characterKey(code: number, bits: number, withShift: string | null, isUnshifted: boolean): Key[] {
  const name = functional[code];
  if (name) return namedKey(name, bits);
  const onKeypad = kittyKeypad[code - kittyKeypadStart];
  const character = onKeypad ?? characterOf(code);
  if (character === "" || (bits & (bit.super | bit.hyper)) !== 0) return [];
  if ((bits & bit.ctrl) !== 0) return controlled(character);
  if ((bits & (bit.alt | bit.meta)) !== 0) {
    const letter = character.toLowerCase();
    return altKeys.has(letter) ? [{ name: `alt-${letter}`, text: null }] : [];
  }
  if (onKeypad !== undefined) return [textKey(onKeypad)];
  const isShifted = (bits & bit.shift) !== 0;
  const isLocked = (bits & bit.capsLock) !== 0 && character.toUpperCase() !== character.toLowerCase();
  if (isShifted && withShift !== null && !isLocked) return [textKey(withShift)];
  if (isLocked) return [textKey(isShifted ? character.toLowerCase() : character.toUpperCase())];
  if (!isShifted) return [textKey(character)];
  const at = isUnshifted ? unshifted.indexOf(character) : -1;
  const upper = character.toUpperCase();
  // ß has no single-character capital.
  return [textKey(at >= 0 ? shifted.charAt(at) : Array.from(upper).length === 1 ? upper : character)];
}

/** The control key for Ctrl with a character, as a terminal without these protocols sends it. */
function controlled(character: string): Key[] {
  if (character === " ") return [{ name: "ctrl-space", text: null }];
  if (character === "?") return [{ name: "backspace", text: null }];
  const upper = character.toUpperCase();
  const control = /^[@-_]$/.test(upper) ? controlKey(String.fromCharCode(upper.charCodeAt(0) & 0x1f)) : null;
  return [control ?? { name: `ctrl-${character}`, text: null }];
}

function namedKey(name: string, bits: number): Key[] {
  if ((bits & (bit.super | bit.hyper)) !== 0) return [];
  const isTab = name === "tab" && (bits & bit.shift) !== 0;
  const prefix = bits & bit.ctrl ? "ctrl-" : bits & (bit.alt | bit.meta) ? "alt-" : isTab ? "shift-" : "";
  return [{ name: `${prefix}${name}`, text: null }];
}

/** The number of a parameter; 0 if there is none, or none that a terminal sends. */
function numberOf(field: string): number {
  return field.length > 7 ? 0 : Number(field);
}

/** The character of a code point; `""` for controls, surrogates, private use and invalid numbers. */
function characterOf(code: number): string {
  const isText = code >= 32 && (code < 0x7f || code > 0x9f) && code <= 0x10ffff;
  const isPrivate = (code >= 0xd800 && code <= 0xf8ff) || code >= 0xf0000;
  return isText && !isPrivate ? String.fromCodePoint(code) : "";
}
