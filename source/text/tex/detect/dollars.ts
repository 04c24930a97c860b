import { type Braces, closingDollar, isDigit } from "../scan.js";

/** Text that only a formula has; a command counts too. */
const formulaSigns = /[\\^_]/;
/** An amount and the words after it: "5 per hour and ". */
const amountAndWords =
  /^\d[\d,.]*\s?(?:k|K|M|B|bn|T|million|billion|trillion)?\b[^\\^_]*?\s[a-z]{2,}\s+[a-z]{2,}\b/;
const wordsBetween = /\s([a-z]{2,})[.,;]?(?=\s)/g;
/** Words between two formulas: " and costs ". */
const wordsFirst = /^\s*[,.;:)]*\s+[a-z]{2,}\s+[a-z]{2,}/;
const spaceAtEnd = /\s$/;
const loneSign = /^\s?[-−+±∓×÷=<>≤≥≈∼~·]\s?$/;
const currency = /(?:^|[^A-Za-z])(?:US|AU|CA|NZ|HK|SG|A|C|S|R)$/;
/** Text between two amounts with the sign after them: of `10$, 20$` the `, 20`. */
const nextAmount = /^\s*(?:(?:[,;/–—-]|to\b)\s*)?\d[\d.,]*\s?[kKMB]?$/;
const amountBefore = /\d[kKMB]?$/;
const openEnd = /[-–—/,;:(~+&]$/;

/** Words in formulas that lost their backslashes. */
const formulaWords = new Set(
  "times in to le ge leq geq neq approx sim mid cdot log ll gg subset cup cap max min".split(" "),
);
/** How much of a formula is checked, in characters. */
const longestLook = 400;

/**
 * Whether the text between two dollar signs is a formula, and not prose between two amounts (`$5 and $10`) or
 * two shell variables. `next` is the character after the second sign.
 */
function isFormula(whole: string, next: string): boolean {
  if (whole.trim() === "") return false;
  // `1627$-$41` and `$+$18`: many people write a minus sign like this.
  if (loneSign.test(whole)) return true;
  const content = whole.length > longestLook ? whole.slice(0, longestLook) : whole;
  const isAmount = isDigit(content.charCodeAt(0));
  if (formulaSigns.test(content)) {
    return !(isAmount && amountAndWords.test(content)) && !wordsFirst.test(content);
  }
  const isFollowedByDigit = next !== "" && isDigit(next.charCodeAt(0));
  if (isFollowedByDigit && (openEnd.test(whole) || currency.test(whole))) return false;
  for (const [, word = ""] of content.matchAll(wordsBetween)) if (!formulaWords.has(word)) return false;
  // `$< $` and `$ 5 $` are formulas; in `$5 $` and `$HOME $` the second sign begins something else.
  return !(spaceAtEnd.test(whole) && (isAmount || /[A-Za-z]{2}/.test(content)));
}

/** A formula between dollar signs: the position of its content, and where the text continues. */
export interface Formula {
  readonly from: number;
  readonly to: number;
  readonly next: number;
  readonly isDisplayed: boolean;
}

/** The formula that begins with the dollar sign at `at`; `null` if it is money, or never closed. */
export function formulaAt(source: string, braces: Braces, at: number, end: number): Formula | null {
  const isDisplayed = source.charCodeAt(at + 1) === 36 && at + 1 < end;
  const from = at + (isDisplayed ? 2 : 1);
  const to = closingDollar(source, braces, from, end);
  if (to < 0) return null;
  const next = isDisplayed && source.charCodeAt(to + 1) === 36 ? to + 2 : to + 1;
  if (isDisplayed) {
    return to > from && next === to + 2 ? { from, to, next, isDisplayed } : null;
  }
  const content = source.slice(from, to);
  if (!isFormula(content, source.charAt(next))) return null;
  if (amountBefore.test(source.slice(Math.max(0, at - 2), at)) && nextAmount.test(content)) return null;
  return { from, to, next, isDisplayed };
}
