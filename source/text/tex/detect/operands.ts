import { greekNames } from "../tables/symbols.js";

/**
 * The length of an operator at the beginning of a word after a number: "times" of `8timesA800`. 0 if there is
 * none.
 */
export function leadingOperator(word: string, next: string, isMeasured: boolean): number {
  const name = /^(?:times|sim|approx|cdot|circ|leq|geq|rightarrow|pm)(?![a-z])/.exec(word)?.[0];
  if (name === undefined) return 0;
  if (name === "times") return name.length;
  if (name.length < word.length && name !== "cdot") return 0;
  if (name === "pm" && next === " ") return isMeasured ? name.length : 0;
  const isWhole = name === "leq" || name === "geq" || name === "rightarrow";
  return isWhole || /[\d.$(\\~-]/.test(next) ? name.length : 0;
}

/** A variable: one letter, except the words "a" and "I". */
const letterBefore = /(?:^|[\s([{|,=])[b-zB-HJ-Z](?:[_^][A-Za-z0-9])?\s$/;
const bracketBefore = /[)\]}|]\s?$/;
const numberBefore = /\d[kKMB]?\s$/;
const variableBehind = /^\s(?:[b-zB-HJ-Z](?![\w'’]|\.\s?[a-z]\.)|[A-Za-z][_^(]|\|)/;
const numberBehind = /^\s?\d/;
/** A bracket with a sum or product of variables: "(K + 1)", but not "(see Table 2)". */
const sumBehind = /^\s\((?=[^()]*[-+*/^_])(?![^()]*[A-Za-z]{2})[A-Za-z0-9\s+*/^_.,-]+\)/;
const alphabetBehind = /^\s(?:mathcal|mathbb|mathbf)\{/;
/** A set: ℝ, an interval that cannot be a reference, `{0,1}`, `R^d`. */
const setBehind = /^\s(?:mathbb\{|mathcal\{|\[[0A-Za-z-][^\]\s]{0,12},?\s?[^\]\s]{0,12}\]|\{|[A-Z]\^)/;

/** Whether a command name that is also a word is between two operands, where only the operator makes sense. */
export function isBetween(word: string, left: string, right: string): boolean {
  const isGreek = greekNames.has(/([A-Za-z]+)\s$/.exec(left)?.[1] ?? "");
  const isLetter = letterBefore.test(left) || isGreek;
  const isVariable = isLetter || bracketBefore.test(left);
  const isNumber = numberBefore.test(left);
  const next = /^\s([A-Za-z]+)(.?)/.exec(right);
  const isGreekBehind = greekNames.has(next?.[1] ?? "") && /[_^(]/.test(next?.[2] ?? "");
  const isBehind =
    variableBehind.test(right) ||
    numberBehind.test(right) ||
    sumBehind.test(right) ||
    alphabetBehind.test(right) ||
    isGreekBehind;
  switch (word) {
    case "times":
      // "3 times b a day" is not a product, "3 times n" is.
      if (isNumber && variableBehind.test(right)) return !/^\s[a-z]\s[a-z]/.test(right);
      return (isVariable || isNumber) && isBehind;
    case "in":
      if (!isLetter) return false;
      return setBehind.test(right) || (/^[A-Z]/.test(next?.[1] ?? "") && greekNames.has(next?.[1] ?? ""));
    case "to":
      return isLetter && /^\s[-+]?infty\b/.test(right);
    case "pm":
      // "at 5 pm 3 of us" is a time of day.
      return (isVariable || /\d\.\d+\s$/.test(left)) && isBehind;
    case "sim":
    case "approx":
      return isVariable && isBehind;
    case "mid":
    case "star":
    case "ast":
    case "div":
    case "perp":
      return isVariable && variableBehind.test(right) && /[|,(]/.test(left + right.slice(0, 8));
    default:
      return (isVariable || isNumber) && isBehind;
  }
}

const equalsEvident = /^\s?(?:=|<=|>=|[<>](?=\s?[-+.\d]))\s?[-+.\dA-Za-z(]/;
const equals = /^=[-+.]?\d/;
const comparedBehind =
  /^\s(?:leq|geq|le|ge|neq|sim|approx|times|cdot|gg|ll)\s(?:[b-zB-HJ-Z](?![\w'’])|\d|[A-Za-z]+[_^({])/;
const memberBehind = /^\sin\s(?:mathbb\{|mathcal\{|\[[-0]|\{|([A-Z][a-z]+)\b)/;
const memberBefore = /([A-Za-z]+)\sin\s$/;

/**
 * Whether a Greek letter's name means the letter: in a formula, as in `3sigma`, `Omega(n)` and `alpha=0.5`.
 * `isEvident`: the text has lost backslashes elsewhere too.
 */
export function isGreekLetter(
  word: string,
  source: string,
  start: number,
  end: number,
  isEvident: boolean,
): boolean {
  if (!greekNames.has(word)) return false;
  const before = source.charAt(start - 1);
  const next = source.charAt(end);
  if (/[A-Za-z_]/.test(before)) return false;
  if (/\d/.test(before)) return !(/[a-z-]/i.test(next) && word.length < 4);
  const left = source.slice(Math.max(0, start - 14), start);
  const right = source.slice(end, end + 26);
  if (/^\((?!s\))[A-Za-z0-9|{\\]/.test(right) && /(?:^|[\s(=+*,$-])$/.test(left)) return true;
  if ((isEvident ? equalsEvident : equals).test(right) && !/[-/]$/.test(left)) return true;
  if (comparedBehind.test(right)) return true;
  const member = memberBehind.exec(right);
  if (member && (member[1] === undefined || greekNames.has(member[1]))) return true;
  if (/^[A-Z]/.test(word) && greekNames.has(memberBefore.exec(left)?.[1] ?? "")) return true;
  return /[\d)]\s?[-+*/]\s?$/.test(left) && /^(?:[)\s,.;]|$)/.test(right);
}
