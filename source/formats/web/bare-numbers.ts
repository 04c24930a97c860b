import type { FoundName } from "./find-names.js";

/**
 * The names of papers in a line of prose without numbers that could be arXiv identifiers and are not: "I liked
 * 2607.28319" has one, but prices, versions, measured values and cells of a table of results have none.
 * https://info.arxiv.org/help/arxiv_identifier.html
 *
 * @param line cleaned
 * @param names all names in it, in order
 */
export function likelyNames(line: string, names: readonly FoundName[]): readonly FoundName[] {
  if (!names.some(({ isBare }) => isBare)) return names;
  const isOfArxiv = /\barxiv\b/i.test(line);
  const areFigures = isAmongFigures(line, names);
  return names.filter((name) => !name.isBare || isLikely(line, name, isOfArxiv, areFigures));
}

function isLikely(line: string, name: FoundName, isOfArxiv: boolean, areFigures: boolean): boolean {
  const written = line.slice(name.from, name.to);
  const [, month = "", digits = "", version] = /^(\d{4})\.(\d+)(v\d+)?/.exec(written) ?? [];
  // Five digits since 2015. No other number ends with a version.
  const isOfItsTime =
    digits.length === 5 ? month >= "1501" && month < "4000" : month >= "0704" && month < "1501";
  if (!isOfItsTime) return false;
  if (version !== undefined || isOfArxiv) return true;
  const isValue = measured.test(line.slice(name.to, name.to + 30));
  const isCalledValue = valued.test(line.slice(Math.max(0, name.from - 40), name.from));
  return digits.length === 5 && !isValue && !isCalledValue && !areFigures;
}

/** What follows a value: a unit, a sign, or the rest of a version. */
const measured =
  /^(?:\s?(?:[%‰°±≈=<>×^]|(?:USD|EUR|GBP|CHF|JPY|dollars?|euros?|pounds?|[kMGT]?Hz|[kMGT]?eV|[kcmnµμ]?m|[kmµμ]?g|[mnµμ]?s|sec|seconds?|minutes?|hours?|[KkMGT]i?B|[kMG]?W|[km]?V|points?|times)(?![\p{L}\p{N}]))|-\w)/u;
/** What precedes a value: a sign, a currency, what is numbered, or what is measured. */
const valued =
  /(?:[$€£¥±≈~<>=+×*^#]|\b(?:version|release|build|rev|ver|v|nr|tel|phone|fax|room|USD|EUR|GBP|CHF|equals?|about|approximately|roughly)[.:]?|\b(?:costs?|price|paid|pay|total|sum|mean|average|median|loss|score|error|energy|mass|weight|width|height|size|time|rate|speed|amount|count|frequency|wavelength|temperature|length|distance|value|perplexity|likelihood)s?(?:\s(?:of|is|was|at|to|=)|\s?:)?)\s?$/i;

/** Whether a line has other decimal numbers, and fewer than three words for each: a row of a table. */
function isAmongFigures(line: string, names: readonly FoundName[]): boolean {
  let rest = "";
  let end = 0;
  for (const { from, to } of names) {
    rest += `${line.slice(end, from)} `;
    end = to;
  }
  rest += line.slice(end);
  // "Llama 3.1" is a name.
  const figures = rest.match(/(?<![\p{L}\p{N}]|\p{L}[\s-])\d{1,9}[.,]\d{1,9}/gu)?.length ?? 0;
  const words = rest.match(/\p{L}{2,}/gu)?.length ?? 0;
  return figures > 0 && words < 3 * figures;
}
