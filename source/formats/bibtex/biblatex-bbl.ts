import type { EntryField } from "../../papers/bibliography-entry.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import { headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { papersOfEntries } from "./bibtex.js";
import type { Entry } from "./entries.js";

/**
 * The `.bbl` file that Biber writes for BibLaTeX: entries of `\field{name}{value}`, `\name{author}…` and
 * `\verb{doi}`. They are converted back to the BibTeX entries that Biber read.
 * https://ctan.org/pkg/biblatex (Biber, "bbl format")
 */
export const biblatexBbl: Format = {
  name: "bibliography of BibLaTeX (bbl)",
  title: null,
  knownBy: "`\\entry{…}{…}` with `\\field`",
  from: "the .bbl file that Biber writes beside a document",
  detect: (text) =>
    /^[ \t]{0,100}\\entry\{[^{}\n]{1,300}\}\{[a-z]{2,40}\}/im.test(text.slice(0, 2_000_000)) &&
    (/biblatex/i.test(headOf(text)) || /\\field\{[a-z]{1,40}\}\{/.test(text))
      ? 0.95
      : 0,
  parse,
};

const longestEntry = 300_000;
const mostNames = 20_000;

function parse(text: string): ParsedListing {
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  const start = /^[ \t]*\\entry\{([^{}\n]{1,300})\}\{([A-Za-z]{2,40})\}/gm;
  // The same entry appears in each list of a document.
  const seen = new Set<string>();
  let line = 1;
  let counted = 0;
  for (const found of text.matchAll(start)) {
    for (
      let at = text.indexOf("\n", counted);
      at >= 0 && at < found.index;
      at = text.indexOf("\n", counted)
    ) {
      line += 1;
      counted = at + 1;
    }
    const [head, key = "", type = ""] = found;
    if (seen.has(key)) continue;
    seen.add(key);
    const from = found.index + head.length;
    const whole = text.slice(from, from + longestEntry);
    const end = whole.search(/\\endentry\b|^[ \t]*\\entry\{/m);
    const written = fieldsOf(end < 0 ? whole : whole.slice(0, end));
    entries.push({
      type: type.toLowerCase(),
      writtenType: type,
      key,
      line,
      fields: new Map(written),
      written: written.map(([name, value]): EntryField => [name, `{${value}}`]),
      fault: end < 0 ? "is cut off by the end of the file" : null,
    });
  }
  return papersOfEntries({ entries, preambles: [], problems });
}

/** Fields that Biber adds for sorting and labels; the author did not write them. */
const ownFields =
  /^(?:sort|label|extra|single|name|full|bib|short|useprefix|origdateunspec|dateunspec)|(?:hash|dateera|source)$/;
const command =
  /\\(?:(field|strng|list|keyw|true)\{|name\{([a-z]{2,30})\}\{\d{1,6}\}\{[^{}\n]{0,300}\}\{|verb\{([a-z]{2,30})\}\s*\n\s*\\verb[ \t]([^\n]*))/g;

/** The fields of an entry as in BibTeX, with names joined by "and". */
function fieldsOf(body: string): [name: string, value: string][] {
  const fields: [string, string][] = [];
  let hasMore = false;
  command.lastIndex = 0;
  for (let found = command.exec(body); found !== null; found = command.exec(body)) {
    const [, kind, people, verb, verbatim = ""] = found;
    if (verb !== undefined) {
      if (!/^urlraw$/.test(verb)) fields.push([verb, safe(verbatim.trim())]);
      continue;
    }
    const first = groupAt(body, command.lastIndex - 1);
    if (first === null) break;
    command.lastIndex = first.end;
    if (people !== undefined) {
      const names = namesIn(first.text);
      if (names.length > 0) fields.push([people, names.join(" and ")]);
    } else if (kind === "keyw") fields.push(["keywords", value(first.text)]);
    else if (kind === "true") hasMore ||= first.text === "moreauthor" || first.text === "morelabelname";
    else if (kind !== "strng") {
      const last = kind === "list" ? listAt(body, first.end) : groupAt(body, first.end);
      if (last === null || ownFields.test(first.text)) continue;
      command.lastIndex = last.end;
      if (first.text !== "month" || /^\d{1,2}$/.test(last.text)) fields.push([first.text, value(last.text)]);
    }
  }
  return fields.map(([name, said]) => [name, name === "author" && hasMore ? `${said} and others` : said]);
}

/** The items of `\list{publisher}{1}{%\n {ACM}%\n}`, joined as BibTeX joins them. */
function listAt(body: string, at: number): { text: string; end: number } | null {
  const count = groupAt(body, at);
  const items = count === null ? null : groupAt(body, count.end);
  return items === null ? null : { text: groupsIn(items.text).join(" and "), end: items.end };
}

/** The text inside the braces that open at `at`, and where they end. Linear in the text. */
function groupAt(text: string, at: number): { text: string; end: number } | null {
  if (text[at] !== "{") return null;
  let depth = 0;
  for (let place = at; place < text.length; place += 1) {
    const sign = text[place];
    if (sign === "\\") place += 1;
    else if (sign === "{") depth += 1;
    else if (sign === "}") depth -= 1;
    if (depth === 0) return { text: text.slice(at + 1, place), end: place + 1 };
  }
  return null;
}

/** The top-level brace groups of a text, in order. */
function groupsIn(text: string): string[] {
  const groups: string[] = [];
  for (let at = text.indexOf("{"); at >= 0 && groups.length < mostNames; ) {
    const group = groupAt(text, at);
    if (group === null) break;
    groups.push(group.text);
    at = text.indexOf("{", group.end);
  }
  return groups;
}

/**
 * "Last, First" of each name, from `{{hash=…}{family={Holm},given={Ines}}}` or, in older files, by
 * position.
 */
function namesIn(text: string): string[] {
  return groupsIn(text).flatMap((person) => {
    const [options = "", parts = ""] = groupsIn(person);
    if (!/\bfamily ?=/.test(parts)) {
      const [last = "", , first = "", , prefix = "", , suffix = ""] = groupsIn(person).slice(1);
      return nameOf(value(prefix), value(last || options), value(suffix), value(first));
    }
    const part = (name: string) => {
      const start = new RegExp(String.raw`(?:^|[\s,])${name} ?= ?(?=\{)`).exec(parts);
      return value(start === null ? "" : (groupAt(parts, start.index + start[0].length)?.text ?? ""));
    };
    return nameOf(part("prefix"), part("family"), part("suffix"), part("given"));
  });
}

function nameOf(prefix: string, family: string, suffix: string, given: string): string[] {
  const last = [prefix, family].filter(Boolean).join(" ");
  if (last === "") return given === "" ? [] : [given];
  return [[last, suffix, given].filter(Boolean).join(", ")];
}

/** A value without the markers that Biber inserts. */
function value(text: string): string {
  return safe(
    text
      .replace(/\\bib(?:namedelim[a-z]|initdelim|rangessep|initperiod)(?![a-z])\s?/g, " ")
      .replace(/\\bibinitperiod(?![a-z])\s?/g, ".")
      .replace(/\\bibrangedash(?![a-z])\s?/g, "--")
      .replace(/(?<!\\)%[^\n]*(?:\n\s*|$)/g, "")
      .replace(/\s+/g, " ")
      .trim(),
  );
}

/** A value without characters that could move a terminal's cursor. */
function safe(text: string): string {
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]+/g, "");
}
