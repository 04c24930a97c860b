import { skipSpaces } from "../scan.js";
import { chemistry } from "./chemistry.js";
import { CommandTable, withArguments } from "./command-table.js";
import { environmentOf } from "./environments.js";
import { linkTo, unescaped } from "./links.js";
import { number, unit } from "./units.js";

const table = new CommandTable();
/** Commands of prose: links, citations, notes, environments, quantities. */
export const textCommands = table.commands;

// Links, citations, notes.
table.define(
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
table.define(
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
table.define(
  "cite citep citet citealp citealt citeauthor citeyear citeyearpar parencite textcite autocite footcite Cite Citet Citep onlinecite citenum shortcite supercite fullcite",
  1,
  (setter, at, to) => {
    const { source, out } = setter;
    const after = setter.option(setter.option(at, to), to);
    const keys = setter.argument(after, to);
    if (!keys || keys.next === keys.to) return at;
    const option = setter.option(at, to);
    out.write("[");
    out.write(unescaped(source.slice(keys.from, keys.to)).replace(/(?<!\s)\s*,\s*/g, ", "));
    if (option > at + 2) {
      out.write(", ");
      setter.text(at + 1, option - 1);
    }
    out.write("]");
    return keys.next;
  },
);
table.define(
  "ref autoref cref Cref pageref vref nameref subref",
  1,
  withArguments(1, (setter, [key]) => {
    if (key) setter.out.write(`[${unescaped(setter.source.slice(key.from, key.to))}]`);
  }),
);
table.define(
  "eqref",
  1,
  withArguments(1, (setter, [key]) => {
    if (key) setter.out.write(`(${unescaped(setter.source.slice(key.from, key.to))})`);
  }),
);
table.define("footnote footnotetext thanks", 1, (setter, at, to) => {
  const argument = setter.argument(setter.option(at, to), to);
  if (!argument) return at;
  setter.out.space();
  setter.out.write("(");
  setter.text(argument.from, argument.to);
  setter.out.write(")");
  return argument.next;
});
table.define("verb lstinline", 0, (setter, at, to) => {
  const sign = setter.source.charAt(at);
  const end = at < to && /[^\sA-Za-z0-9{*]/.test(sign) ? setter.find(sign, at + 1) : -1;
  if (end < 0 || end >= to) return at;
  const { mark } = setter.out;
  setter.out.write(setter.source.slice(at + 1, end));
  setter.out.style(mark, "code");
  return end + 1;
});

// Environments.
table.define("begin", 1, (setter, at, to, isMath) => {
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
table.silent("end", 1);
table.define("item", 0, (setter, at, to) => {
  const { out } = setter;
  out.space();
  out.write("•");
  out.space();
  const after = setter.option(at, to);
  if (after > at + 2) {
    setter.text(at + 1, after - 1);
    out.space();
  }
  return skipSpaces(setter.source, after, to);
});

table.define(
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
table.define(
  "ce cee",
  1,
  withArguments(1, (setter, [inner]) => {
    if (inner) setter.out.write(chemistry(setter.source.slice(inner.from, inner.to)));
  }),
);
function defineQuantity(names: string, shows: readonly ((source: string) => string)[]): void {
  table.define(names, shows.length, (setter, at, to) => {
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

/** MathJax's `\unicode{x2014}`: only visible characters, no controls or bidirectional marks. */
table.define(
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
