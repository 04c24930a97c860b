import { decodeHTML } from "entities";
import { clean } from "./clean.js";

/** Tags that HTML, JATS and MathML write; anything else between angle brackets is text ("<think>", "a < b"). */
const tag =
  /<\/?(?:jats:|mml:|m:)?(?:a|abbr|abstract|alternatives|annotation|annotation-xml|article-title|b|big|blockquote|bold|br|code|disp-formula|div|em|ext-link|font|h[1-6]|hr|i|img|inf|inline-formula|italic|label|li|list|list-item|math|mfenced|mfrac|mi|mml|mn|mo|monospace|mover|mphantom|mroot|mrow|mspace|msqrt|mstyle|msub|msubsup|msup|mtable|mtd|mtext|mtr|munder|munderover|named-content|ol|p|pre|roman|s|sans-serif|sc|scp|sec|section|semantics|sml|span|strike|strong|sub|sup|tex-math|title|tt|u|ul|underline|uri|xref)(?:\s[^<>]*)?\/?>/iy;
/** Tags that stand between two pieces of text, as a line break does. */
const breaking =
  /^<\/?(?:jats:)?(?:br|p|div|li|list-item|sec|section|title|h[1-6]|ul|ol|blockquote|abstract)\b/i;
/** What a formula says a second time for other readers: annotations of MathML, and MathML behind JATS' own TeX. */
const twice =
  /<(?:mml:)?annotation(?:-xml)?\b[^<>]*>[\s\S]{0,4000}?<\/(?:mml:)?annotation(?:-xml)?>|(?<=<\/(?:jats:)?tex-math>\s{0,9})<(?:mml:)?math\b[^<>]*>[\s\S]{0,8000}?<\/(?:mml:)?math>/gi;

/**
 * Text out of a field that may hold HTML, JATS or MathML: tags are taken away, entities become the
 * characters they stand for, also those escaped twice, as feeds and databases do. The result is
 * cleaned (`clean`), so entities cannot bring controls in. Everything else, TeX included, stays.
 */
export function fromMarkup(text: string): string {
  if (!text.includes("<") && !text.includes("&")) return clean(text);
  let plain = withoutTags(text);
  for (let round = 0; round < 2 && plain.includes("&"); round += 1) {
    const decoded = decodeHTML(plain);
    if (decoded === plain) break;
    plain = withoutTags(decoded);
  }
  return clean(plain);
}

function withoutTags(text: string): string {
  if (!text.includes("<")) return text;
  const once = /annotation|tex-math/i.test(text) ? text.replace(twice, "") : text;
  let plain = "";
  let end = 0;
  // From bracket to bracket: text has few, and looking for one is many times as fast as looking for a tag.
  for (let at = once.indexOf("<"); at >= 0; at = once.indexOf("<", Math.max(end, at + 1))) {
    tag.lastIndex = at;
    const found = tag.exec(once)?.[0];
    if (found === undefined) continue;
    plain += once.slice(end, at) + (breaking.test(found) ? " " : "");
    end = at + found.length;
  }
  return end === 0 ? once : plain + once.slice(end);
}
