import { clean } from "../text/clean.js";
import { personName } from "../text/names.js";
import { dayFrom, isIsoDay } from "./dates.js";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** RFC 5322, section 3.3; arXiv's own mails also write the year with two digits. */
const mailDate = /(?:^|[\s,])(\d{1,2})\s+([A-Za-z]{3})[a-z]{0,6}\.?\s+(\d{4}|\d{2})(?!\d)/;

/**
 * The calendar day of a timestamp as it is written, `YYYY-MM-DD`: of "Wed, 9 Jul 2025 18:00:01 GMT",
 * "Wed  9 Jul 25 18:00:00 GMT" or "2025-07-09T18:00:01Z". `null` where it is no such day.
 */
export function dayOf(text: string): string | null {
  const iso = text.trim().slice(0, 10);
  if (isIsoDay(iso)) return iso;
  const found = mailDate.exec(text.slice(0, 200));
  if (!found) return null;
  const [, day = "", month = "", year = ""] = found;
  // arXiv began in 1991: two digits from 91 on are of the last century.
  const century = year.length === 4 ? 0 : Number(year) >= 91 ? 1900 : 2000;
  return dayFrom(century + Number(year), months.indexOf(month.toLowerCase()) + 1, Number(day));
}

/**
 * Whether authors' remarks say that the paper is withdrawn.
 * https://info.arxiv.org/help/withdraw.html: the reason stands in the comments.
 */
export function saysWithdrawn(comment: string): boolean {
  return /\bwithdrawn\b/i.test(comment) && !/\bnot (?:been )?withdrawn\b/i.test(comment);
}

const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i;

/**
 * Names from arXiv's line of authors: "A. One (1), B. Two (1 and 2) and C. Three ((1) X, (2) Y)".
 * What stands in round brackets are affiliations; a collaboration's name ends in a colon.
 * https://info.arxiv.org/help/prep.html#author
 */
export function authorNames(text: string): string[] {
  const names: string[] = [];
  for (const piece of clean(withoutBrackets(text)).split(/[,;:]|\s+(?:and|\\?&)\s+|^\s*and\s+/i)) {
    const name = piece.trim().replace(/^and\s+/i, "");
    const last = names.length - 1;
    // "Neal Evans, Jr.": the piece behind the comma is no author of its own.
    if (suffix.test(name) && last >= 0) names[last] = `${names[last]} ${name}`;
    else if (isName(name)) names.push(personName(name));
  }
  return names.filter(isName);
}

/** Whether there is a letter in it: databases hold ":" and "--" as authors. */
export function isName(text: string): boolean {
  return /[A-Za-z]/.test(text) || /\p{L}/u.test(text);
}

/** The text outside of round brackets, also nested ones. A bracket never closed hides the rest. */
function withoutBrackets(text: string): string {
  let depth = 0;
  return text.replace(/[()]|[^()]+/g, (piece) => {
    if (piece === "(") depth += 1;
    else if (piece === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0) return piece;
    return " ";
  });
}
