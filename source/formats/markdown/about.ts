import { splitAuthors } from "../fields/author-line.js";
import { knownDate } from "../fields/dates.js";
import type { Block } from "./blocks.js";
import { linksIn, plain, withoutLinks } from "./inline.js";

/** The authors, the year and the journal in the text after a title. */
export function aboutOf(
  after: string,
  kind: Block["kind"],
): {
  authors: readonly string[];
  andOthers?: true;
  authorCount: number | null;
  published: string | null;
  journal: string | null;
} {
  const text = after.slice(0, 3_000);
  const own = /^\s*—\s(.*)$/s.exec(withoutLinks(text, linksIn(text)));
  if (own) return ownAbout(plain(own[1] as string));
  const outside = withoutLinks(text, linksIn(text));
  const year = /(?<![\d./-])((?:19|20)\d\d)(?:-(\d\d))?(?![\d/]|\.\d)/.exec(outside);
  const italics = /(?<![*\w])[*_](?![*_\s])([^*_\n]{3,2000})[*_](?![*\w])/.exec(outside)?.[1];
  const candidates = [
    italics,
    // A cell with a single name may be a venue.
    ...(kind === "row"
      ? outside.split("|").filter((cell) => /,|\bet\.? ?al\b/.test(cell))
      : // "Otto T. Reed" is one name.
        outside.split(/(?<!(?<!\p{L})\p{Lu})\.\s|[;()|–—\n]\s|[()|\n]|,\s(?=(?:19|20)\d\d)/u)),
  ];
  let people: People = { authors: [] };
  for (const candidate of candidates) {
    if (candidate === undefined || candidate.length < 5 || candidate.length > 2_000) continue;
    people = peopleIn(
      plain(candidate)
        .replace(/^\W*(?:authors?|by)\W*:\W*/i, "")
        .replace(/^[\s,:.–—-]+|(?<![\s,:.–—-])[\s,:.–—-]+$/g, ""),
    );
    if (people.authors.length > 0) break;
  }
  return {
    ...people,
    authorCount: null,
    published: year ? knownDate(year[1], year[2]) : null,
    journal: null,
  };
}

/** "First Author et al., 2025. Journal. arXiv:2510.22543", as `exports/markdown.ts` writes it. */
function ownAbout(text: string): ReturnType<typeof aboutOf> {
  const plainText = text
    .replace(/(?<!\s)\.?\s*(?:arXiv|doi):\S{1,300}\s*$/i, "") // Assistants write "First Author, Second Author (2025)."
    .replace(/\s\(((?:19|20)\d\d)\)(?=\.?\s*$|\.\s)/, ", $1")
    .replace(/(?<=\d)\.\s*$/, "");
  const found = /^(?:(.*?)(?:, )?)?((?:19|20)\d\d|\d{4})?(?:(?<!(?<!\p{L})\p{Lu})\.\s+(.*))?$/su.exec(
    plainText,
  );
  const who = (found?.[2] === undefined ? plainText.split(/(?<!(?<!\p{L})\p{Lu})\.\s/u)[0] : found[1]) ?? "";
  const journal = found?.[2] === undefined ? null : (found[3] ?? null);
  const count = /^(\d[\d,]*) authors?$/.exec(who.trim());
  return {
    authors: count ? [] : namesOf(who.trim().replace(/\set al\.?$/, "")),
    ...(/\set al\.?$/.test(who.trim()) && { andOthers: true as const }),
    authorCount: count ? Number((count[1] as string).replaceAll(",", "")) : null,
    published: knownDate(found?.[2]),
    journal: journal === null || journal.trim() === "" ? null : journal.trim(),
  };
}

/** "Ines Holm and Otto T. Reed", or several names with commas between them. */
function namesOf(who: string): readonly string[] {
  const listed = splitAuthors(who).authors;
  if (listed.length > 1 && who.includes(", ") && listed.every(isPerson)) return listed;
  return who
    .split(/\sand\s/)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

interface People {
  readonly authors: readonly string[];
  readonly andOthers?: true;
}

export const noPeople: People = { authors: [] };

/** The people before a title, "- I. Holm and O. Reed (2021), [Title](…)", if it is clear that they are people. */
export function peopleBefore(text: string): People & { readonly published?: string | null } {
  const line = plain(text).replace(/^\s*(?:[-*+•]|#{1,6}|\(?\d{1,4}[.)]|\[\d{1,4}\])\s+/, "");
  const [, named = line, year] = /^(.*?)\s*\(((?:19|20)\d\d)[a-z]?\)[\s,.:]*$/.exec(line) ?? [];
  const names = named.replace(/(?<![\s,:–—-])[\s,:–—-]+$/, "").replace(/(?<!\b\p{Lu}|\bal)\.$/u, "");
  const isClear = year !== undefined || /\sand\s|\s&\s|\bet al\b|\b\p{Lu}\./u.test(names);
  if (!isClear || names.length < 5 || names.length > 2_000) return noPeople;
  const people = peopleIn(names);
  if (people.authors.some((name) => !/[\s.]/.test(name)) && people.andOthers === undefined) return noPeople;
  return people.authors.length === 0 || year === undefined
    ? people
    : { ...people, published: knownDate(year) };
}

/** The names in a text that is only a list of names. */
function peopleIn(text: string): People {
  const { authors, andOthers } = splitAuthors(text);
  const arePeople =
    authors.length > 0 &&
    authors.every(isPerson) &&
    (authors.length > 1 || andOthers || /^\p{Lu}[\p{L}'’-]+ \p{Lu}[\p{L}'’-]+$/u.test(text));
  return arePeople ? { authors, ...(andOthers && { andOthers }) } : { authors: [] };
}

const nameWord =
  /^(?:(?:d[aeiu]|van|von|der|den|del|la|le|bin|al|el|dos|ten)(?:-|$))*(?:\p{Lu}[\p{L}\p{M}.'’-]*)?$/u;

/** Whether a text is a name ("Ines Holm", "I. Holm", "Holm") and not prose. */
export function isPerson(name: string): boolean {
  return name.length < 60 && name.split(/\s/).every((word) => nameWord.test(word));
}
