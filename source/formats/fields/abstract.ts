import { lazily } from "../../papers/lazily.js";

/** Labels that exports put before an abstract: "Abstract: …", "SUMMARY …", "Publisher Summary …". */
const labels = "(?:graphical )?abstract|(?:publisher['’]?s? )?summary|résumé|zusammenfassung|resumen|resumo";

/** A label that its punctuation or its line shows to be one. */
const marked = lazily(
  () =>
    new RegExp(
      String.raw`^\s*(?:[([](?:${labels}|摘要)[\])][:.]?|(?:${labels}|摘要)(?:\s{0,3}[:.：]|\s?[–—]|\s-\s|\s{0,3}\n|$))\s*`,
      "iu",
    ),
);
/** A word that could also begin the sentence: "Abstract interpretation is …". */
const begun = lazily(() => /^(?:(Publisher['’]?s? )?(Abstract|Summary)|(ABSTRACT|SUMMARY))(\s*)(?=(.))/u);
/** Words that begin a sentence or name a section, so that the word before them is a label. */
const openings = lazily(
  () =>
    /^(?:An?|The|This|These|Those|That|There|It|Its|We|Our|I|They|In|On|At|By|For|From|To|With|Within|Without|As|Of|Here|Herein|Although|Though|While|Whilst|Whereas|When|Where|Whether|If|Since|Because|Despite|Given|Using|Based|Under|Over|After|Before|Among|Amongst|Between|Both|Each|Many|Most|Much|More|Some|Several|Such|Recent|Recently|Current|Currently|Previous|Existing|Today|However|How|What|Why|Which|Who|One|Two|Three|Not|No|Can|Could|Does|Do|Is|Are|Has|Have|Let|Through|Throughout|Toward|Towards|Across|Against|During|Due|Even|Often|Only|Other|Numerous|Various|Different|Inspired|Motivated|All|Any|Every|Few|Modern|Background|Objectives?|Aims?|Purpose|Introduction|Context|Motivation|Importance|Methods?|Results?|Rationale|Significance|Goals?|Questions?|Problem|Hypothesis|Study|Design|Setting|Findings|Conclusions?)(?![\p{L}\p{N}])/iu,
);

/**
 * An abstract without the label before it, which publishers and databases export with it. A word that begins
 * the sentence stays: "Abstract interpretation is …", "Summary statistics are …".
 * @param title of the paper: what it calls "abstract" is no label
 */
export function withoutLabel(abstract: string, title: string): string {
  // Nearly every abstract begins with another letter.
  if (!/^[\s([]{0,3}[AGPRSZagprsz摘]/.test(abstract)) return abstract;
  const rest = abstract.replace(marked(), "");
  if (rest !== abstract) return withoutLabel(rest, title);
  const found = begun().exec(abstract);
  if (found === null) return abstract;
  const [whole, publisher, word = "", shouted, space = "", next = ""] = found;
  const after = abstract.slice(whole.length);
  const isLabel =
    shouted !== undefined
      ? space === ""
        ? /^\p{Lu}\p{Ll}/u.test(after)
        : openings().test(after) || /\p{Ll}/u.test(after.slice(0, 60))
      : isLabelBefore(after, next, space, word, publisher === undefined ? title : null);
  return isLabel ? after : abstract;
}

/** @param title `null` if the word before is surely a label once a sentence follows */
function isLabelBefore(
  after: string,
  next: string,
  space: string,
  word: string,
  title: string | null,
): boolean {
  if (!/[\p{Lu}\p{N}"“‘'(]/u.test(next)) return false;
  if (space === "") {
    const glued = /^[\p{L}\p{N}]{1,60}/u.exec(after)?.[0] ?? "";
    return /^\p{Lu}\p{L}/u.test(after) && !after.slice(1).includes(word + glued);
  }
  if (title === null || openings().test(after)) return true;
  // "Abstract Meaning Representation" is a term; "Abstract Interpretation" is one where it comes up again.
  if (/^\S+\s+\p{Lu}\p{Ll}/u.test(after)) return false;
  return !new RegExp(`\\b${word}`, "i").test(`${title} ${after}`);
}

/** HTML or JATS without a heading that only labels the abstract. */
export function withoutLabelElement(html: string): string {
  return /<[\w:]{0,9}(?:title|h\d|b|strong|p|span)/i.test(html.slice(0, 300))
    ? html.replace(labelElement(), "$1")
    : html;
}

const labelElement = lazily(
  () =>
    new RegExp(
      String.raw`^((?:\s|<[\w:]{1,20}(?:\s[^<>]{0,300})?>){0,9}?)<([\w:]{0,9}(?:title|h\d|b|strong|p|span))(?:\s[^<>]{0,300})?>\s*(?:${labels})\s*[:.]?\s*</\2>\s*`,
      "iu",
    ),
);
