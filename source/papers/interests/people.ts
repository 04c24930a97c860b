import { nameOf } from "./interest.js";

/**
 * An author as a follow or a mute identifies them: by name and coauthors. Two people may share a name, so
 * the name alone is not enough.
 */
export interface Person {
  readonly name: string;
  /** Their coauthors, and papers confirmed to be theirs (`paperMark`). */
  readonly with: ReadonlySet<string>;
  /** The same for somebody else of that name. */
  readonly without: ReadonlySet<string>;
}

/** The fields of a paper that show who wrote it. */
export interface Written {
  readonly id: string;
  readonly authors: readonly string[];
}

/**
 * Whether a paper is by a person: `yes` if one of their coauthors wrote it with them, `no` if nobody of
 * that name wrote it or it was somebody else, `unsure` if only the name matches.
 */
export type Verdict = "yes" | "no" | "unsure";

/**
 * How many names of a paper are kept. The first ones of a large collaboration are enough to recognize
 * somebody.
 */
const mostKept = 100;

const marks = /\p{M}+/gu;
const others = /[^\p{L}\p{N}]+/gu;

/** A name for comparison: lower case, without accents and punctuation. "Łukasz O’Neil-Xu" is "lukasz o neil xu". */
export function personKey(name: string): string {
  const bare = name.normalize("NFKD").replace(marks, "").toLowerCase();
  return bare.replace(/ł/g, "l").replace(/ø/g, "o").replace(/đ/g, "d").replace(others, " ").trim();
}

/** Represents a paper among the coauthors of a `Person`, for a paper without other authors. */
function paperMark(id: string): string {
  return `=${nameOf(id)}`;
}

/** A person from an entry of the journal. */
export function personOf(entry: {
  readonly title: string;
  readonly with: string;
  readonly without: string;
}): Person {
  return { name: personKey(entry.title), with: peopleOf(entry.with), without: peopleOf(entry.without) };
}

function peopleOf(lines: string): ReadonlySet<string> {
  const people = lines.split("\n").map((line) => (line.startsWith("=") ? line : personKey(line)));
  return new Set(people.filter((one) => one !== ""));
}

/** The lines that identify an author of a paper: the other authors, or the paper itself if there are none. */
export function companyOf({ id, authors }: Written, author: string): string {
  const name = personKey(author);
  const company = authors.filter((one) => personKey(one) !== name).slice(0, mostKept);
  // One line each, even if a source has line breaks in a name.
  const lines = company.map((one) => one.replace(/\s+/g, " ").trim()).filter((one) => one !== "");
  return (lines.length === 0 ? [paperMark(id)] : lines).join("\n");
}

/** The lines of both, without duplicates. */
export function joinCompany(one: string, other: string): string {
  const lines = [...one.split("\n"), ...other.split("\n")].filter((line) => line !== "");
  return [...new Map(lines.map((line) => [personKey(line) || line, line])).values()].join("\n");
}

/** Whether a paper is by that person. */
export function isBy(person: Person, paper: Written): Verdict {
  const company: string[] = [];
  let isNamed = false;
  for (const author of paper.authors) {
    const key = personKey(author);
    if (key === person.name) isNamed = true;
    else company.push(key);
  }
  if (!isNamed) return "no";
  company.push(paperMark(paper.id));
  if (company.some((one) => person.with.has(one))) return "yes";
  return company.some((one) => person.without.has(one)) ? "no" : "unsure";
}

/**
 * The verdicts on papers by authors of that name, in the order of the papers. The coauthors of a paper that
 * is theirs become known coauthors, so that more papers match, whatever the order of the papers. Coauthors
 * of somebody else of that name prove nothing.
 *
 * Takes time in proportion to the number of names: each new coauthor is looked up once.
 */
export function verdictsOn(person: Person, papers: readonly Written[]): readonly Verdict[] {
  const coauthors = papers.map(({ authors }) => authors.map(personKey));
  const papersWith = new Map<string, number[]>();
  const verdicts = papers.map((paper, at): Verdict => {
    const names = coauthors[at] as readonly string[];
    if (!names.includes(person.name)) return "no";
    const company = [...names.filter((name) => name !== person.name), paperMark(paper.id)];
    for (const one of company) {
      const known = papersWith.get(one);
      if (known === undefined) papersWith.set(one, [at]);
      else known.push(at);
    }
    return company.some((one) => person.without.has(one)) ? "no" : "unsure";
  });
  const known = new Set(person.with);
  // The set grows during the loop: each coauthor that is added is looked up in turn.
  for (const one of known) {
    for (const at of papersWith.get(one) ?? []) {
      if (verdicts[at] === "yes") continue;
      verdicts[at] = "yes";
      const names = coauthors[at] as readonly string[];
      // Sharing a paper of hundreds of authors does not mean that two people work together.
      if (names.length > mostKept) continue;
      for (const name of names) {
        if (name !== "" && name !== person.name && !person.without.has(name)) known.add(name);
      }
    }
  }
  return verdicts;
}
