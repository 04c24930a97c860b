import { skipSpaces } from "../scan.js";
import { script } from "../scripts.js";
import { symbols } from "../tables/symbols.js";
import type { Argument, Typesetter } from "../typesetting.js";
import { CommandTable, withArguments } from "./command-table.js";
import { environmentOf } from "./environments.js";
import { isAtom, isPlainNumerator, isPlainRadicand } from "./plain-terms.js";

const table = new CommandTable();
/** Commands of several parts in formulas: fractions, roots, one symbol over another, brackets. */
export const formulaCommands = table.commands;

// Fractions and roots.
/** Sets two arguments with a character between them, each in brackets if needed. */
function fraction(setter: Typesetter, [above, below]: readonly Argument[], to: number): void {
  if (!above || !below) return;
  const { out, source } = setter;
  if (setter.scripts === 0 && /[\p{L}\p{N}]/u.test(out.last) && !setter.isAtStart) out.space();
  out.settle();
  const first = out.reserve();
  const from = out.mark;
  setter.math(above.from, above.to);
  const numerator = out.since(from);
  if (numerator === null || !isPlainNumerator(numerator)) {
    out.fill(first, "(");
    out.write(")");
  }
  out.write("/");
  const second = out.reserve();
  const middle = out.mark;
  setter.math(below.from, below.to);
  const denominator = out.since(middle);
  if (denominator === null || !isAtom(denominator)) {
    out.fill(second, "(");
    out.write(")");
  } else if (below.next < to && !/[\^_]/.test(source.charAt(below.next))) out.oweSpace("stroke");
}
table.define(
  "frac tfrac dfrac cfrac nicefrac sfrac flatfrac xfrac",
  2,
  withArguments(2, (setter, found, _, to) => fraction(setter, found, to)),
);
table.define("over", 0, (setter, at, to) => {
  setter.out.write("/");
  return skipSpaces(setter.source, at, to);
});
table.define("colon", 0, (setter, at, to) => {
  setter.out.write(":");
  setter.out.space();
  return skipSpaces(setter.source, at, to);
});
table.define("choose", 0, (setter, at, to) => {
  setter.out.space();
  setter.out.write("choose");
  setter.out.space();
  return skipSpaces(setter.source, at, to);
});
table.define(
  "binom dbinom tbinom",
  2,
  withArguments(2, (setter, [n, k]) => {
    if (!n || !k) return;
    setter.out.write("(");
    setter.math(n.from, n.to);
    setter.out.write(" choose ");
    setter.math(k.from, k.to);
    setter.out.write(")");
  }),
);
table.define("sqrt", 1, (setter, at, to) => {
  const { source, out } = setter;
  const from = skipSpaces(source, at, to);
  const after = setter.option(from, to);
  const argument = setter.argument(after, to);
  if (!argument) {
    out.write("√");
    return after;
  }
  out.write(after > from ? "" : "√");
  if (after > from) root(setter, from + 1, after - 1);
  const place = out.reserve();
  const mark = out.mark;
  setter.math(argument.from, argument.to);
  const text = out.since(mark);
  if (text === null || !isPlainRadicand(text)) {
    out.fill(place, "(");
    out.write(")");
  } else if (argument.next < to) out.oweSpace("stroke");
  return argument.next;
});
function root(setter: Typesetter, from: number, to: number): void {
  const { out, source } = setter;
  const degree = source.slice(from, to).trim();
  if (degree === "2" || degree === "3" || degree === "4") {
    out.write({ 2: "√", 3: "∛", 4: "∜" }[degree]);
    return;
  }
  const mark = out.mark;
  setter.scripts += 1;
  setter.math(from, to);
  setter.scripts -= 1;
  const text = out.since(mark);
  if (text !== null) {
    out.takeBack(mark);
    out.write(script(text, "^"));
  }
  out.write("√");
}

// One symbol over another.
table.define("overbrace underbrace overbracket underbracket", 1, (setter, at, to) => {
  const argument = setter.argument(at, to);
  if (!argument) return at;
  const { out, source } = setter;
  const place = out.reserve();
  setter.math(argument.from, argument.to);
  const text = out.since(place);
  const isNamed = argument.next < to && /[\^_]/.test(source.charAt(argument.next));
  if (isNamed && (text === null || !isAtom(text))) {
    out.fill(place, "(");
    out.write(")");
  }
  return argument.next;
});
table.define(
  "stackrel overset",
  2,
  withArguments(2, (setter, [over, base], _, to) => {
    if (!over || !base) return;
    const isDefinition = /^\\?(?:text|mathrm|rm|mbox)?\s*\{?\s*(?:def|\\?Delta|\\triangle)\.?\s*\}?$/.test(
      setter.source.slice(over.from, Math.min(over.to, over.from + 40)),
    );
    if (isDefinition && setter.source.slice(base.from, base.to).trim() === "=") {
      setter.infix("≝", "infix", base.next, to, true);
      return;
    }
    setter.math(base.from, base.to);
    setter.script("^", over);
  }),
);
table.define(
  "underset",
  2,
  withArguments(2, (setter, [under, base]) => {
    if (!under || !base) return;
    setter.math(base.from, base.to);
    setter.script("_", under);
  }),
);
for (const [name, arrow] of [
  ["xrightarrow", "→"],
  ["xleftarrow", "←"],
  ["xRightarrow", "⇒"],
  ["xmapsto", "↦"],
  ["xhookrightarrow", "↪"],
] as const) {
  table.define(name, 1, (setter, at, to) => {
    const argument = setter.argument(setter.option(at, to), to);
    setter.infix(arrow, "infix", at, at, true);
    if (!argument) return at;
    setter.script("^", argument);
    return argument.next;
  });
}
table.define("substack", 1, (setter, at, to) => {
  const argument = setter.argument(at, to);
  if (!argument) return at;
  setter.environments.push(environmentOf("subarray"));
  setter.math(argument.from, argument.to);
  setter.environments.pop();
  return argument.next;
});
table.define("not", 0, (setter, at, to) => {
  const argument = setter.argument(at, to);
  if (!argument) return at;
  const { source, out } = setter;
  const name = source.slice(argument.from, argument.to);
  const symbol = name.startsWith("\\") ? symbols.get(name.slice(1)) : null;
  const text = symbol?.text ?? name;
  if ([...text].length !== 1) return at;
  const negated = `${text}\u0338`.normalize("NFC");
  const isRelation = symbol ? symbol.kind === "infix" || symbol.kind === "comparison" : false;
  if (isRelation) return setter.infix(negated, symbol?.kind ?? "infix", argument.next, to, true);
  out.write(negated);
  return argument.next;
});
table.define(
  "pmod",
  1,
  withArguments(1, (setter, [inner]) => {
    setter.out.space();
    setter.out.write("(mod ");
    if (inner) setter.math(inner.from, inner.to);
    setter.out.write(")");
  }),
);
table.around("abs", "|", "|");
table.around("norm", "‖", "‖");
table.around("ceil", "⌈", "⌉");
table.around("floor", "⌊", "⌋");
table.around("set", "{", "}");
table.around("ket", "|", "⟩");
table.around("bra", "⟨", "|");
table.around("braket expval ev", "⟨", "⟩");
table.around("enquote say mkbibquote textquote", "“", "”");
table.around("tag", "(", ")");
table.define(
  "textsuperscript sp",
  1,
  withArguments(1, (setter, [inner]) => inner && setter.script("^", inner)),
);
table.define(
  "textsubscript sb",
  1,
  withArguments(1, (setter, [inner]) => inner && setter.script("_", inner)),
);
