import { inUnicode } from "../scripts.js";

const arrows: Readonly<Record<string, string>> = {
  "->": "→",
  "<-": "←",
  "<->": "↔",
  "<=>": "⇌",
  "<=>>": "⇌",
  "<<=>": "⇌",
};
const piece =
  /<=>>?|<<=>|<->|->|<-|\^\{([^{}]*)\}|\^([^\s{}])|_\{([^{}]*)\}|_([^\s{}])|(?<=[A-Za-z)\]])\d+|(?<=[A-Za-z)\]0-9])[+-](?=[\s,.;)\]]|$)/g;
const longest = 2_000;

/** A formula of mhchem's `\ce`: counts below, charges and mass numbers above, arrows. */
export function chemistry(source: string): string {
  if (source.length > longest) return source;
  return source
    .replace(piece, (found, up?: string, sign?: string, down?: string, index?: string) => {
      const arrow = arrows[found];
      if (arrow !== undefined) return arrow;
      const high = up ?? sign;
      if (high !== undefined) return inUnicode(high, "^") ?? `^${high}`;
      const low = down ?? index;
      if (low !== undefined) return inUnicode(low, "_") ?? `_${low}`;
      return inUnicode(found, /\d/.test(found) ? "_" : "^") ?? found;
    })
    .replace(/[{}$]/g, "");
}
