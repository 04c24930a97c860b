import type { Key } from "../../reader/keys/key.js";
import { graphemes } from "../../text/cells.js";

/** The key of a grapheme. */
export function textKey(grapheme: string): Key {
  return { name: grapheme === " " ? "space" : grapheme, text: grapheme };
}

/** The key of a control character of ASCII; `null` for any other character. */
export function controlKey(char: string): Key | null {
  const code = char.charCodeAt(0);
  if (code >= 0x20 && code !== 0x7f) return null;
  if (char === "\r") return { name: "enter", text: null };
  if (char === "\t") return { name: "tab", text: null };
  if (code === 0x1b) return { name: "escape", text: null };
  if (code === 0x7f || code === 8) return { name: "backspace", text: null };
  if (code === 0) return { name: "ctrl-space", text: null };
  return { name: `ctrl-${String.fromCharCode(code + 0x40).toLowerCase()}`, text: null };
}

/**
 * Reads text up to the next Esc or C1 control: control characters by name, the rest by grapheme. Stops after
 * `limit` keys; returns the number of characters read.
 */
export function takeText(text: string, keys: Key[], limit = Number.POSITIVE_INFINITY): number {
  let taken = 0;
  for (const [run] of text.matchAll(/[^\x00-\x1f\x7f-\x9f]+|[\s\S]/g)) {
    const control = run.length === 1 ? controlKey(run) : null;
    if (control?.name === "escape" || /^[\x80-\x9f]/.test(run)) break;
    for (const one of control ? [run] : graphemes(run)) {
      if (keys.length >= limit) return taken;
      keys.push(control ?? textKey(one));
      taken += one.length;
    }
  }
  return taken;
}
