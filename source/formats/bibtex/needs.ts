import type { Entry } from "./entries.js";

/** How many parents an entry may have, directly or indirectly, so that circular references end. */
const mostParents = 4;
/**
 * How many preambles an entry may have, and how many may define one command: joined libraries have hundreds,
 * which define the same.
 */
const mostPreambles = 20;

/** What entries of a BibTeX file need from the rest of it: parents, and preambles whose commands they use. */
export class Needs {
  readonly #byKey: ReadonlyMap<string, Entry>;
  /** The preambles as text, each once. */
  readonly #preambles: readonly string[];
  /** The numbers of the preambles that define a command. */
  readonly #definitions = new Map<string, number[]>();
  readonly #parents = new Map<Entry, readonly Entry[]>();
  readonly #texts = new Map<Entry, string>();
  readonly #preamblesOfParents = new Map<Entry, ReadonlySet<number>>();

  /** @param preambles the values of the file's `@preamble`s, with their delimiters */
  constructor(entries: readonly Entry[], preambles: readonly string[]) {
    const byKey = new Map<string, Entry>();
    for (const entry of entries) {
      const key = entry.key.toLowerCase();
      // If two entries have the same key, BibTeX uses the first.
      if (!byKey.has(key)) byKey.set(key, entry);
    }
    this.#byKey = byKey;
    const different = [...new Set(preambles)];
    this.#preambles = different.map((value) => `@preamble{${value}}\n`);
    for (const [number, value] of different.entries()) {
      for (const command of new Set(Array.from(value.matchAll(definition), (found) => found[1] as string))) {
        const numbers = this.#definitions.get(command) ?? [];
        if (numbers.length < mostPreambles) numbers.push(number);
        this.#definitions.set(command, numbers);
      }
    }
  }

  /** The entry named by `crossref`, else by `xdata`; `undefined` if there is none. */
  parentOf(entry: Entry): Entry | undefined {
    return this.#parentsOf(entry)[0];
  }

  /** The text that the entry needs: preambles, then parents. */
  of(entry: Entry): readonly string[] {
    const parents: Entry[] = [];
    const open = [entry];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const parent of this.#parentsOf(next)) {
        if (parent === entry || parents.includes(parent) || parents.length >= mostParents) continue;
        parents.push(parent);
        open.push(parent);
      }
    }
    const preambles = this.#preamblesOf(entry, parents);
    if (parents.length === 0 && preambles.length === 0) return none;
    return [
      ...preambles.map((number) => this.#preambles[number] as string),
      ...parents.map((parent) => this.#textOf(parent)),
    ];
  }

  /** The entries that an entry names as its parents, at most one more than it may have. */
  #parentsOf(entry: Entry): readonly Entry[] {
    const { fields } = entry;
    const [crossref = "", xdata = ""] = [fields.get("crossref"), fields.get("xdata")];
    if (crossref === "" && xdata === "") return noEntries;
    let parents = this.#parents.get(entry);
    if (parents === undefined) {
      const names = [crossref, ...xdata.split(",")].map((name) => name.trim().toLowerCase());
      const found = names.flatMap((name) => (name !== "" && this.#byKey.get(name)) || []);
      parents = [...new Set(found)].slice(0, mostParents + 1);
      this.#parents.set(entry, parents);
    }
    return parents;
  }

  /** The numbers of the preambles that define a command of the entry or of its parents, in order. */
  #preamblesOf(entry: Entry, parents: readonly Entry[]): readonly number[] {
    if (this.#definitions.size === 0) return noNumbers;
    const numbers = this.#usedBy(entry);
    for (const parent of parents) {
      // Many entries may have the same parent.
      const used = this.#preamblesOfParents.get(parent) ?? this.#usedBy(parent);
      this.#preamblesOfParents.set(parent, used);
      for (const number of used) numbers.add(number);
    }
    return [...numbers].sort((one, other) => one - other).slice(0, mostPreambles);
  }

  #usedBy({ written }: Entry): Set<number> {
    const numbers = new Set<number>();
    for (const [, value] of written) {
      for (const [, command = ""] of String(value).matchAll(/\\([A-Za-z]+)/g)) {
        for (const number of this.#definitions.get(command) ?? noNumbers) numbers.add(number);
        if (numbers.size >= mostPreambles) return numbers;
      }
    }
    return numbers;
  }

  #textOf(entry: Entry): string {
    let text = this.#texts.get(entry);
    if (text === undefined) {
      const fields = entry.written.map(([name, value]) => `  ${name} = ${value},\n`);
      text = `@${entry.writtenType}{${entry.key},\n${fields.join("")}}\n`;
      this.#texts.set(entry, text);
    }
    return text;
  }
}

const none: readonly string[] = [];
const noEntries: readonly Entry[] = [];
const noNumbers: readonly number[] = [];
/** A definition in a preamble: `\newcommand{\noopsort}[1]{}`, `\providecommand\x{}`, `\def\x{}`. */
const definition =
  /\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|[gex]?def|let|chardef)\*?\s*(?:\{\s*)?\\([A-Za-z]+)/g;
