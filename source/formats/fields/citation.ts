import { clean } from "../../text/clean.js";

/** What an entry without a title says about its paper; "" for what it does not say. */
export interface Cited {
  /** In reading order, "Ines Holm". */
  readonly authors: readonly string[];
  readonly andOthers: boolean;
  readonly published: string | null;
  readonly journal: string;
  readonly volume: string;
  readonly pages: string;
  readonly identifier: string;
  readonly key: string;
}

/**
 * The name of a paper without a title, as in a citation: "Holm & Reed 2018, J. Pebbles 12, 345". If fewer
 * than two of author, year and journal are known, its identifier or key is added; "" if the entry has no
 * author, year, journal or identifier.
 */
export function citationOf(cited: Cited): string {
  const { authors, andOthers, published, journal, volume, pages, identifier, key } = cited;
  const year = published?.slice(0, 4) ?? "";
  const byWhom = [authorsOf(authors, andOthers), year].filter(Boolean).join(" ");
  const page = /^[^\s–—-]*/.exec(pages)?.[0] ?? "";
  const where = [[journal, volume].filter(Boolean).join(" "), page].filter(Boolean).join(", ");
  const known = [authors[0] ?? "", year, journal].filter(Boolean).length;
  if (known === 0 && identifier === "") return "";
  const name = known < 2 ? identifier || key : "";
  return clean([byWhom, known === 0 ? "" : where, name].filter(Boolean).join(", "));
}

function authorsOf(authors: readonly string[], andOthers: boolean): string {
  const [first, second] = authors.slice(0, 2).map(familyName);
  if (first === undefined) return "";
  if (andOthers || authors.length > 2) return `${first} et al.`;
  return second === undefined ? first : `${first} & ${second}`;
}

const group =
  /\b(?:Association|Collaboration|Committee|Consortium|Group|Institute|Project|Society|Team|University)\b/;

/** The last word of a person's name, with the lower-case particles before it. */
function familyName(name: string): string {
  if (group.test(name) || !/^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}\s.,'’-]+$/u.test(name))
    return name;
  const plain = name.replace(/,?\s(?:jr|sr|ii|iii|iv)\.?$/i, "");
  return /(?<!\S)(?:(?<=\s)\p{Ll}[\p{Ll}'’]*\s)*\S+$/u.exec(plain.trimEnd())?.[0] ?? name;
}

/** Reduces the address of a DOI at any resolver to the bare DOI. Publishers and libraries run their own. */
export function withoutResolver(text: string): string {
  if (!/doi/i.test(text)) return text;
  const found =
    /^\s*(?:https?:\/\/)?(?:[\w-]{1,60}\.){0,5}[\w-]{0,60}doi[\w-]{0,60}(?:\.[\w-]{1,60}){1,5}(?::\d+)?\/(?:doi:)?(10(?:\.|%2e)\d{4,9}(?:\/|%2f)[^\s?#]+)/i.exec(
      text,
    );
  if (!found) return text;
  try {
    return decodeURIComponent(found[1] as string);
  } catch {
    return found[1] as string;
  }
}
