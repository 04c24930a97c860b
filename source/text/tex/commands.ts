import { accented, mathAccents } from "./accents.js";
import { alphabets, inAlphabet } from "./alphabets.js";
import { chemistry } from "./chemistry.js";
import { environmentOf } from "./environments.js";
import { isAtom, isPlainNumerator, isPlainRadicand } from "./fractions.js";
import { linkTo, unescaped } from "./links.js";
import type { TexStyle } from "./render.js";
import { skipSpaces } from "./scan.js";
import { script } from "./scripts.js";
import { symbols } from "./symbols.js";
import type { Argument, Typesetter } from "./typesetter.js";
import { number, unit } from "./units.js";

/** What a command does. `at` is behind its name, `to` where the part of the source ends; returns where it goes on. */
type Write = (setter: Typesetter, at: number, to: number, isMath: boolean) => number;

export interface Command {
  /** How many arguments it takes, optional ones not counted. */
  readonly takes: number;
  readonly write: Write;
}

/** Every command that does more than stand for a sign, by its name. */
export const commands = new Map<string, Command>();

function define(names: string, takes: number, write: Write): void {
  for (const name of names.split(/\s+/)) commands.set(name, { takes, write });
}

/** A command whose argument is set in prose or in a formula, wherever the command stands. */
function defineOver(names: string, mode: "text" | "math" | "same", style: TexStyle["style"] | null): void {
  define(names, 1, (setter, at, to, isMath) => {
    const argument = setter.argument(at, to);
    if (!argument) return at;
    const { mark } = setter.out;
    if (mode === "math" || (mode === "same" && isMath)) setter.math(argument.from, argument.to);
    else setter.text(argument.from, argument.to);
    if (style) setter.out.style(mark, style);
    return argument.next;
  });
}

/** A command that takes arguments and shows nothing. */
function defineSilent(names: string, takes: number): void {
  define(names, takes, (setter, at, to) => {
    let next = at;
    for (let count = 0; count < takes; count += 1) {
      next = setter.option(next, to);
      const argument = setter.argument(next, to);
      if (!argument) return next;
      next = argument.next;
    }
    return /^\s?$/.test(setter.out.last) ? skipSpaces(setter.source, next, to) : next;
  });
}

/** A switch: what it does holds up to the end of the group. */
function defineSwitch(names: string, style: TexStyle["style"]): void {
  define(names, 0, (setter, at, to, isMath) => {
    const { mark } = setter.out;
    const from = skipSpaces(setter.source, at, to);
    if (isMath) setter.math(from, to);
    else setter.text(from, to);
    setter.out.style(mark, style);
    return to;
  });
}

/** Reads arguments and hands them over; where one is missing, the command shows nothing. */
function withArguments(
  takes: number,
  write: (setter: Typesetter, found: Argument[], isMath: boolean, to: number) => void,
): Write {
  return (setter, at, to, isMath) => {
    const found: Argument[] = [];
    let next = at;
    for (let count = 0; count < takes; count += 1) {
      const argument = setter.argument(next, to);
      if (!argument) break;
      found.push(argument);
      next = argument.next;
    }
    if (found.length === takes) write(setter, found, isMath, to);
    else for (const { from, to: end } of found) setter.math(from, end);
    return next;
  };
}

function defineAround(names: string, open: string, close: string): void {
  define(
    names,
    1,
    withArguments(1, (setter, [inner]) => {
      setter.out.write(open);
      if (inner) setter.math(inner.from, inner.to);
      setter.out.write(close);
    }),
  );
}

const skip: Write = (setter, at, to) => skipSpaces(setter.source, at, to);
const spaced: Write = (setter, at, to, isMath) => {
  setter.out.space();
  return isMath ? skipSpaces(setter.source, at, to) : at;
};

// Styles.
defineOver("textbf textbfit", "text", "bold");
defineOver("textit textsl emph", "text", "italic");
defineOver("texttt", "text", "code");
defineOver("textsc", "text", "smallcaps");
defineOver("mathbf boldsymbol bm pmb mathbfit mathbold bs vb", "math", "bold");
defineOver("mathit mathsl", "math", "italic");
defineOver("mathtt", "math", "code");
defineSwitch("bf bfseries boldmath", "bold");
defineSwitch("it itshape em sl slshape", "italic");
defineSwitch("tt ttfamily", "code");
defineSwitch("sc scshape", "smallcaps");

// What only changes how letters look.
defineOver(
  "text textrm textnormal textsf textup textmd textlf mbox hbox vbox fbox intertext shortintertext mathclap",
  "text",
  null,
);
defineOver(
  "mathrm mathsf mathnormal mathbin mathrel mathord mathopen mathclose mathinner mathpunct",
  "math",
  null,
);
defineOver("ensuremath smash boxed cancel bcancel xcancel", "math", null);
define("overbrace underbrace overbracket underbracket", 1, (setter, at, to) => {
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
defineOver(
  "uline uwave ul hl st sout underline lowercase uppercase MakeUppercase MakeLowercase ac acs acl acf acp gls glspl Gls revised rev added new blue red green title section subsection paragraph subsubsection chapter author textlangle llap rlap centerline textcircled",
  "same",
  null,
);
define(
  "rm rmfamily sf sffamily normalfont mdseries upshape tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits noindent indent unboldmath centering raggedright raggedleft relax null strut mathstrut allowbreak nobreak nonumber notag hfill hfil vfill smallskip medskip bigskip negthinspace negmedspace negthickspace left right middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm Biggl Biggr Biggm maketitle selectfont sloppy clearpage newpage hline toprule midrule bottomrule displaylimits leavevmode ignorespaces unskip newblock bgroup egroup begingroup endgroup mathsurround",
  0,
  skip,
);
define("xspace protect", 0, (_, at) => at);
define("left right", 0, (setter, at, to, isMath) => {
  const { source, out } = setter;
  const next = skipSpaces(source, at, to);
  if (next >= to || !isMath) return next;
  const sign = source.charAt(next);
  if (sign === ".") return next + 1;
  if (source.charAt(at - 1) !== "t" || source.charAt(at - 4) !== "l" || !/[([|\\/<]/.test(sign)) return next;
  // The space behind an opening bracket is none.
  if (sign === "\\") return skipSpaces(source, setter.command(next, to, true), to);
  out.write(sign);
  return skipSpaces(source, next + 1, to);
});
define(
  "quad qquad enspace thinspace medspace thickspace nobreakspace space newline linebreak pagebreak par break enskip",
  0,
  spaced,
);
defineSilent(
  "hspace vspace phantom hphantom vphantom color pagestyle thispagestyle label index nocite bibliographystyle bibliography includegraphics input include usepackage documentclass pagecolor hypersetup cline",
  1,
);
define("hspace", 1, (setter, at, to) => {
  const argument = setter.argument(at, to);
  setter.out.space();
  return argument ? argument.next : at;
});
defineSilent(
  "setlength addtolength newcommand renewcommand providecommand DeclareMathOperator setcounter rule fontsize",
  2,
);

/** Commands whose last argument is shown, and those before it are not. */
function defineLast(names: string, takes: number): void {
  define(names, takes, (setter, at, to, isMath) => {
    let next = at;
    for (let count = 1; count <= takes; count += 1) {
      next = setter.option(next, to);
      const argument = setter.argument(next, to);
      if (!argument) return next;
      next = argument.next;
      if (count < takes) continue;
      if (isMath) setter.math(argument.from, argument.to);
      else setter.text(argument.from, argument.to);
    }
    return next;
  });
}
defineLast(
  "textcolor colorbox rotatebox scalebox raisebox foreignlanguage fontspec hyperlink hypertarget",
  2,
);
defineLast("fcolorbox resizebox multicolumn multirow", 3);
defineLast("makebox framebox ", 1);
defineLast("parbox", 2);

define(
  "texorpdfstring",
  2,
  withArguments(2, (setter, [tex], isMath) => {
    if (!tex) return;
    if (isMath) setter.math(tex.from, tex.to);
    else setter.text(tex.from, tex.to);
  }),
);

// Alphabets.
for (const [name, alphabet] of alphabets) {
  const isSwitch = name === "cal" || name === "frak";
  define(name, isSwitch ? 0 : 1, (setter, at, to) => {
    const { out } = setter;
    const argument = isSwitch
      ? { from: skipSpaces(setter.source, at, to), to, next: to }
      : setter.argument(at, to);
    if (!argument) return at;
    const owed = out.suspend();
    const mark = out.reserve();
    setter.math(argument.from, argument.to);
    const text = out.since(mark);
    if (text !== null) out.takeBack(mark);
    out.resume(owed);
    if (text !== null) out.write(inAlphabet(text, alphabet));
    return argument.next;
  });
}

define("operatorname operatornamewithlimits mathop", 1, (setter, at, to) => {
  const argument = setter.argument(at, to);
  if (!argument) return at;
  const { out } = setter;
  const mark = out.mark;
  setter.math(argument.from, argument.to);
  const text = out.since(mark);
  if (text === null) return argument.next;
  out.takeBack(mark);
  return setter.symbol({ text: text.trim(), kind: "name" }, argument.next, to, true);
});

// Accents over formulas.
for (const [name, accent] of mathAccents) {
  define(name, 1, (setter, at, to, isMath) => {
    const argument = setter.argument(at, to);
    if (!argument || argument.from === argument.to) return argument ? argument.next : at;
    const { out } = setter;
    const owed = out.suspend();
    const mark = out.mark;
    setter.math(argument.from, argument.to);
    const text = out.since(mark);
    if (text !== null) out.takeBack(mark);
    out.resume(owed);
    if (text !== null) out.write(accented(text, accent));
    return isMath && argument.next === argument.to
      ? skipSpaces(setter.source, argument.next, to)
      : argument.next;
  });
}

// Fractions and roots.
/** Sets two arguments with a sign between them, each in brackets where it needs them. */
function fraction(setter: Typesetter, [above, below]: readonly Argument[], to: number): void {
  if (!above || !below) return;
  const { out, source } = setter;
  if (setter.scripts === 0 && /[\p{L}\p{N}]/u.test(out.last) && !setter.isAtStart) out.space();
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
define(
  "frac tfrac dfrac cfrac nicefrac sfrac flatfrac xfrac",
  2,
  withArguments(2, (setter, found, _, to) => fraction(setter, found, to)),
);
define("over", 0, (setter, at, to) => {
  setter.out.write("/");
  return skipSpaces(setter.source, at, to);
});
define("colon", 0, (setter, at, to) => {
  setter.out.write(":");
  setter.out.space();
  return skipSpaces(setter.source, at, to);
});
define("choose", 0, (setter, at, to) => {
  setter.out.space();
  setter.out.write("choose");
  setter.out.space();
  return skipSpaces(setter.source, at, to);
});
define(
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
define("sqrt", 1, (setter, at, to) => {
  const { source, out } = setter;
  const from = skipSpaces(source, at, to);
  const behind = setter.option(from, to);
  const argument = setter.argument(behind, to);
  if (!argument) {
    out.write("√");
    return behind;
  }
  out.write(behind > from ? "" : "√");
  if (behind > from) root(setter, from + 1, behind - 1);
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

// One thing over another.
define(
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
define(
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
  define(name, 1, (setter, at, to) => {
    const argument = setter.argument(setter.option(at, to), to);
    setter.infix(arrow, "infix", at, at, true);
    if (!argument) return at;
    setter.script("^", argument);
    return argument.next;
  });
}
define("substack", 1, (setter, at, to) => {
  const argument = setter.argument(at, to);
  if (!argument) return at;
  setter.environments.push(environmentOf("subarray"));
  setter.math(argument.from, argument.to);
  setter.environments.pop();
  return argument.next;
});
define("not", 0, (setter, at, to) => {
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
define(
  "pmod",
  1,
  withArguments(1, (setter, [inner]) => {
    setter.out.space();
    setter.out.write("(mod ");
    if (inner) setter.math(inner.from, inner.to);
    setter.out.write(")");
  }),
);
defineAround("abs", "|", "|");
defineAround("norm", "‖", "‖");
defineAround("ceil", "⌈", "⌉");
defineAround("floor", "⌊", "⌋");
defineAround("set", "{", "}");
defineAround("ket", "|", "⟩");
defineAround("bra", "⟨", "|");
defineAround("braket expval ev", "⟨", "⟩");
defineAround("enquote", "“", "”");
defineAround("tag", "(", ")");
define(
  "textsuperscript sp",
  1,
  withArguments(1, (setter, [inner]) => inner && setter.script("^", inner)),
);
define(
  "textsubscript sb",
  1,
  withArguments(1, (setter, [inner]) => inner && setter.script("_", inner)),
);

// Links, citations, notes.
define(
  "href",
  2,
  withArguments(2, (setter, [address, label], isMath) => {
    if (!address || !label) return;
    const { mark } = setter.out;
    if (isMath) setter.math(label.from, label.to);
    else setter.text(label.from, label.to);
    const url = linkTo(unescaped(setter.source.slice(address.from, address.to)));
    if (url !== null) setter.out.link(mark, url);
  }),
);
define(
  "url nolinkurl path doi",
  1,
  withArguments(1, (setter, [address]) => {
    if (!address) return;
    const text = unescaped(setter.source.slice(address.from, address.to));
    const { mark } = setter.out;
    setter.out.write(text);
    const url = linkTo(text);
    if (url !== null) setter.out.link(mark, url);
  }),
);
define(
  "cite citep citet citealp citealt citeauthor citeyear citeyearpar parencite textcite autocite footcite Cite Citet Citep onlinecite citenum shortcite supercite fullcite",
  1,
  (setter, at, to) => {
    const { source, out } = setter;
    const behind = setter.option(setter.option(at, to), to);
    const keys = setter.argument(behind, to);
    if (!keys || keys.next === keys.to) return at;
    const option = setter.option(at, to);
    out.write("[");
    out.write(unescaped(source.slice(keys.from, keys.to)).replace(/\s*,\s*/g, ", "));
    if (option > at + 2) {
      out.write(", ");
      setter.text(at + 1, option - 1);
    }
    out.write("]");
    return keys.next;
  },
);
define(
  "ref autoref cref Cref pageref vref nameref subref",
  1,
  withArguments(1, (setter, [key]) => {
    if (key) setter.out.write(`[${unescaped(setter.source.slice(key.from, key.to))}]`);
  }),
);
define(
  "eqref",
  1,
  withArguments(1, (setter, [key]) => {
    if (key) setter.out.write(`(${unescaped(setter.source.slice(key.from, key.to))})`);
  }),
);
define("footnote footnotetext thanks", 1, (setter, at, to) => {
  const argument = setter.argument(setter.option(at, to), to);
  if (!argument) return at;
  setter.out.space();
  setter.out.write("(");
  setter.text(argument.from, argument.to);
  setter.out.write(")");
  return argument.next;
});
define("verb lstinline", 0, (setter, at, to) => {
  const sign = setter.source.charAt(at);
  const end = at < to && /[^\sA-Za-z0-9{*]/.test(sign) ? setter.find(sign, at + 1) : -1;
  if (end < 0 || end >= to) return at;
  const { mark } = setter.out;
  setter.out.write(setter.source.slice(at + 1, end));
  setter.out.style(mark, "code");
  return end + 1;
});

// Environments.
define("begin", 1, (setter, at, to, isMath) => {
  const { source, out, environments } = setter;
  const argument = setter.argument(at, to);
  if (!argument || argument.next === argument.to || argument.to - argument.from > 40) return at;
  const name = source.slice(argument.from, argument.to);
  const environment = environmentOf(name);
  let from = setter.option(argument.next, to);
  for (let count = 0; count < environment.takes && source.charAt(from) === "{"; count += 1) {
    from = setter.argument(from, to)?.next ?? from;
  }
  const end = setter.find(`\\end{${name}}`, from);
  const last = end < 0 || end > to ? to : end;
  const write = (text: string) => (text === " " ? out.space() : out.write(text));
  write(environment.open);
  environments.push(environment);
  if (isMath || environment.isMath) setter.formula(from, last);
  else setter.text(from, last);
  environments.pop();
  write(environment.close);
  return last === end ? last + name.length + 6 : last;
});
defineSilent("end", 1);
define("item", 0, (setter, at, to) => {
  const { out } = setter;
  out.space();
  out.write("•");
  out.space();
  const behind = setter.option(at, to);
  if (behind > at + 2) {
    setter.text(at + 1, behind - 1);
    out.space();
  }
  return skipSpaces(setter.source, behind, to);
});

define(
  "ion",
  2,
  withArguments(2, (setter, [element, stage]) => {
    if (!element || !stage) return;
    setter.text(element.from, element.to);
    setter.out.space();
    setter.text(stage.from, stage.to);
  }),
);

// Chemistry and units.
define(
  "ce cee",
  1,
  withArguments(1, (setter, [inner]) => {
    if (inner) setter.out.write(chemistry(setter.source.slice(inner.from, inner.to)));
  }),
);
function defineQuantity(names: string, shows: readonly ((source: string) => string)[]): void {
  define(names, shows.length, (setter, at, to) => {
    let next = setter.option(at, to);
    shows.forEach((show, count) => {
      const argument = setter.argument(next, to);
      if (!argument) return;
      const text = show(setter.source.slice(argument.from, argument.to));
      if (count > 0 && !/^[°′″%]$/.test(text)) setter.out.space();
      setter.out.write(text);
      next = argument.next;
    });
    return next;
  });
}
defineQuantity("SI qty", [number, unit]);
defineQuantity("num", [number]);
defineQuantity("si unit", [unit]);
defineQuantity("ang", [(source) => `${number(source)}°`]);

/** MathJax's `\unicode{x2014}`: only what is seen, no control and nothing that turns text round. */
define(
  "unicode",
  1,
  withArguments(1, (setter, [inner]) => {
    if (!inner) return;
    const found = /^(?:x([0-9a-fA-F]{2,6})|(\d{2,7}))$/.exec(
      setter.source.slice(inner.from, inner.to).trim(),
    );
    if (!found) return;
    const code = found[1] ? Number.parseInt(found[1], 16) : Number(found[2]);
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return;
    const character = String.fromCodePoint(code);
    if (/[\p{L}\p{N}\p{P}\p{S}\p{M}]/u.test(character)) setter.out.write(character);
  }),
);

/** Whether a command's name belongs to formulas; the others are used in prose too. */
export function isFormulaCommand(name: string): boolean {
  if (formulaCommands.has(name) || mathAccents.has(name) || alphabets.has(name)) return true;
  const kind = symbols.get(name)?.kind;
  return kind !== undefined && kind !== "letter" && name.length > 1 && !proseSigns.test(name);
}
const formulaCommands = new Set(
  "frac tfrac dfrac sqrt binom operatorname mathrm mathbf mathsf mathit boldsymbol bm text left right overset underset stackrel mathop quad".split(
    " ",
  ),
);
const proseSigns =
  /^(?:text.*|ie|eg|Ie|Eg|etal|etc|cf|vs|wrt|iid|aka|viz|TeX|LaTeX|dag|ddag|ldots|dots|copyright|pounds|micro|AA)$/;
