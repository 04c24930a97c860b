import type { Entry } from "./entries.js";

/** How many parents an entry may have, directly or indirectly, so that circular references end. */
const mostParents = 4;

/** What entries of a BibTeX file need from the rest of it: parents, and preambles whose commands they use. */
export class Needs {
  readonly #byKey: ReadonlyMap<string, Entry>;
  /** Each preamble with the commands that it defines. */
  readonly #preambles: readonly { readonly text: string; readonly commands: ReadonlySet<string> }[];
  readonly #texts = new Map<Entry, string>();

  /** @param preambles the values of the file's `@preamble`s, with their delimiters */
  constructor(entries: readonly Entry[], preambles: readonly string[]) {
    // If two entries have the same key, BibTeX uses the first.
    this.#byKey = new Map([...entries].reverse().map((entry) => [entry.key.toLowerCase(), entry]));
    this.#preambles = preambles.map((value) => ({
      text: `@preamble{${value}}\n`,
      commands: new Set(Array.from(value.matchAll(definition), (found) => found[1] as string)),
    }));
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
    const preambles = this.#preambles.filter(({ commands }) => usesAny([entry, ...parents], commands));
    if (parents.length === 0 && preambles.length === 0) return none;
    return [...preambles.map(({ text }) => text), ...parents.map((parent) => this.#textOf(parent))];
  }

  #parentsOf({ fields }: Entry): readonly Entry[] {
    const names = [fields.get("crossref") ?? "", ...(fields.get("xdata") ?? "").split(",")];
    return names.flatMap((name) => (name.trim() && this.#byKey.get(name.trim().toLowerCase())) || []);
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
/** A definition in a preamble: `\newcommand{\noopsort}[1]{}`, `\providecommand\x{}`, `\def\x{}`. */
const definition =
  /\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|[gex]?def|let|chardef)\*?\s*\{?\s*\\([A-Za-z]+)/g;

function usesAny(entries: readonly Entry[], commands: ReadonlySet<string>): boolean {
  if (commands.size === 0) return false;
  return entries.some(({ written }) =>
    written.some(([, value]) =>
      String(value)
        .match(/\\[A-Za-z]+/g)
        ?.some((command) => commands.has(command.slice(1))),
    ),
  );
}
