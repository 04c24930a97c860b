import { nameOf } from "./interest.js";

/**
 * An author as a follow or a mute knows them: a name, and the people seen to write with them. Two people may
 * have one name, so the name alone is not enough to recognise somebody.
 */
export interface Person {
  readonly name: string;
  /** People seen to write with them, and papers said to be theirs (`paperMark`). */
  readonly with: ReadonlySet<string>;
  /** The same of somebody else of that name. */
  readonly without: ReadonlySet<string>;
}

/** The part of a paper that says who wrote it. */
export interface Written {
  readonly id: string;
  readonly authors: readonly string[];
}

/**
 * Whether a paper is by a person: `yes` if they wrote it with somebody seen to write with them, `no` if nobody
 * of that name wrote it or it was somebody else, `unsure` if only the name is the same.
 */
export type Verdict = "yes" | "no" | "unsure";

/** Names kept of one paper: of a collaboration of thousands the first are enough to recognise somebody. */
const mostKept = 100;

const marks = /\p{M}+/gu;
const others = /[^\p{L}\p{N}]+/gu;

/** A name for comparison: lower case, without accents and punctuation. "Łukasz O’Neil-Xu" is "lukasz o neil xu". */
export function personKey(name: string): string {
  const bare = name.normalize("NFKD").replace(marks, "").toLowerCase();
  return bare.replace(/ł/g, "l").replace(/ø/g, "o").replace(/đ/g, "d").replace(others, " ").trim();
}

/** What stands for a paper among the people of a `Person`: it has no other author to recognise them by. */
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

/** The lines that say who wrote a paper with an author: the other authors, or else the paper itself. */
export function companyOf({ id, authors }: Written, author: string): string {
  const name = personKey(author);
  const company = authors.filter((one) => personKey(one) !== name).slice(0, mostKept);
  // One line each, whatever a source has put into a name.
  const lines = company.map((one) => one.replace(/\s+/g, " ").trim()).filter((one) => one !== "");
  return (lines.length === 0 ? [paperMark(id)] : lines).join("\n");
}

/** The lines of both, each once. */
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
 * The verdicts on papers by somebody of that name, in the order of the papers. Whoever wrote a paper with them
 * is known from then on, so that another paper with one of these people is theirs too, in whatever order the
 * papers come. People who are said to write with somebody else of that name prove nothing.
 *
 * Takes time in proportion to the number of names: each person newly known is looked up once.
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
  // The set grows while it is walked through: whoever is added is looked up in turn.
  for (const one of known) {
    for (const at of papersWith.get(one) ?? []) {
      if (verdicts[at] === "yes") continue;
      verdicts[at] = "yes";
      const names = coauthors[at] as readonly string[];
      // A paper of hundreds of authors does not say who works with whom.
      if (names.length > mostKept) continue;
      for (const name of names) {
        if (name !== "" && name !== person.name && !person.without.has(name)) known.add(name);
      }
    }
  }
  return verdicts;
}
