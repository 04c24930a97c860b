import { skipSpaces } from "../scan.js";
import { accented, mathAccents, stroked } from "../tables/accents.js";
import { alphabets, inAlphabet } from "../tables/alphabets.js";
import { CommandTable, type Write, withArguments } from "./command-table.js";

const table = new CommandTable();
/** Commands that style letters, and commands that only affect the page. */
export const letterCommands = table.commands;

const skip: Write = (setter, at, to) => skipSpaces(setter.source, at, to);
const spaced: Write = (setter, at, to, isMath) => {
  setter.out.space();
  return isMath ? skipSpaces(setter.source, at, to) : at;
};

// Styles.
table.over("textbf textbfit", "text", "bold");
table.over("textit textsl emph", "text", "italic");
table.over("texttt", "text", "code");
table.over("textsc", "text", "smallcaps");
table.over("mathbf boldsymbol bm pmb mathbfit mathbold bs vb", "math", "bold");
table.over("mathit mathsl", "math", "italic");
table.over("mathtt", "math", "code");
table.switches("bf bfseries boldmath", "bold");
table.switches("it itshape em sl slshape", "italic");
table.switches("tt ttfamily", "code");
table.switches("sc scshape", "smallcaps");

// Style only.
table.over(
  "text textrm textnormal textsf textup textmd textlf mbox hbox vbox fbox intertext shortintertext mathclap",
  "text",
  null,
);
table.over(
  "mathrm mathsf mathnormal mathbin mathrel mathord mathopen mathclose mathinner mathpunct",
  "math",
  null,
);
table.over("ensuremath smash boxed cancel bcancel xcancel", "math", null);
table.over(
  "uline uwave ul hl st sout underline lowercase uppercase MakeUppercase MakeLowercase ac acs acl acf acp gls glspl Gls revised rev added new blue red green title section subsection paragraph subsubsection chapter author textlangle llap rlap centerline textcircled",
  "same",
  null,
);
table.define(
  "rm rmfamily sf sffamily normalfont mdseries upshape tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits noindent indent unboldmath centering raggedright raggedleft relax null strut mathstrut allowbreak nobreak nonumber notag hfill hfil vfill smallskip medskip bigskip negthinspace negmedspace negthickspace middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm Biggl Biggr Biggm maketitle selectfont sloppy clearpage newpage hline toprule midrule bottomrule displaylimits leavevmode ignorespaces unskip newblock bgroup egroup begingroup endgroup mathsurround",
  0,
  skip,
);
table.define("xspace protect", 0, (_, at) => at);
table.define("left", 0, (setter, at, to, isMath) => {
  const { source, out } = setter;
  const next = skipSpaces(source, at, to);
  const sign = source.charAt(next);
  if (next >= to || !isMath) return next;
  if (sign === ".") return next + 1;
  // A space after an opening bracket is dropped.
  if (sign === "\\") return skipSpaces(source, setter.command(next, to, true), to);
  if (!/[([|/<]/.test(sign)) return next;
  out.write(sign);
  return skipSpaces(source, next + 1, to);
});
table.define("right", 0, (setter, at, to) => {
  const next = skipSpaces(setter.source, at, to);
  return setter.source.charAt(next) === "." && next < to ? next + 1 : next;
});
table.define(
  "quad qquad enspace thinspace medspace thickspace nobreakspace space newline linebreak pagebreak par break enskip",
  0,
  spaced,
);
table.silent(
  "hspace vspace phantom hphantom vphantom color pagestyle thispagestyle label index nocite bibliographystyle bibliography includegraphics input include usepackage documentclass pagecolor hypersetup cline",
  1,
);
table.define("hspace", 1, (setter, at, to) => {
  const argument = setter.argument(at, to);
  setter.out.space();
  return argument ? argument.next : at;
});
table.silent("noopsort SortNoop", 1);
table.silent(
  "setlength addtolength newcommand renewcommand providecommand DeclareMathOperator setcounter rule fontsize",
  2,
);

table.last(
  "textcolor colorbox rotatebox scalebox raisebox foreignlanguage fontspec hyperlink hypertarget",
  2,
);
table.silent("definecolor", 3);
table.last("fcolorbox resizebox multicolumn multirow", 3);
table.last("makebox framebox ", 1);
table.last("parbox", 2);

table.define(
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
  table.define(name, isSwitch ? 0 : 1, (setter, at, to) => {
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

table.define("operatorname operatornamewithlimits mathop", 1, (setter, at, to) => {
  const argument = setter.argument(at, to);
  if (!argument) return at;
  const { out } = setter;
  const mark = out.mark;
  setter.math(argument.from, argument.to);
  const text = out.since(mark);
  // `\mathop{:}` is not a name.
  if (text === null || !/\p{L}/u.test(text)) return argument.next;
  out.takeBack(mark);
  return setter.symbol({ text: text.trim(), kind: "name" }, argument.next, to, true);
});

// Accents over formulas.
for (const [name, accent] of mathAccents) {
  table.define(name, 1, (setter, at, to, isMath) => {
    const argument = setter.argument(at, to);
    if (!argument || argument.from === argument.to) return argument ? argument.next : at;
    const { out } = setter;
    const owed = out.suspend();
    const mark = out.mark;
    setter.math(argument.from, argument.to);
    const text = out.since(mark);
    if (text !== null) out.takeBack(mark);
    out.resume(owed);
    if (text !== null) out.write(name === "overline" ? stroked(text, accent) : accented(text, accent));
    return isMath && argument.next === argument.to
      ? skipSpaces(setter.source, argument.next, to)
      : argument.next;
  });
}
