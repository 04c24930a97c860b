import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Characters per write. */
const pieceLength = 1 << 20;
/** The number of different words; the first are the most frequent, as in any language. */
const vocabularySize = 30_000;
const seed = 20_261_123;

const families =
  "Example Muster Sample Test Probe Beispiel Vzorek Esempio Ejemplo Przyklad Örnek Näyte".split(" ");
const givens = "Ada Bo Carol Dai Eve Farid Grace Hana Ivo Jun Kofi Lea Mika Noor Olu Pia".split(" ");
const categories =
  "cs.LG cs.CL cs.CV stat.ML math.OC math.PR hep-ph quant-ph cond-mat.str-el astro-ph.GA".split(" ");
/** TeX as in abstracts, in about one of ten. */
const formulas = ["$O(n\\log n)$", "$\\alpha$", "$x^2 + y^2$", "$\\mathcal{L}_{\\rm eff}$", "$10^{-3}$"];

/**
 * Writes a listing in the form of arXiv's metadata snapshot (JSON Lines, 1.3 kB a paper as there): the same
 * papers each time, with natural word frequencies.
 *
 * @param folder the folder for the file
 * @returns the path of the file
 */
export function writeSnapshotListing(folder: string, count: number): string {
  const path = join(folder, `snapshot-${count}.jsonl`);
  const random = randomNumbers(seed);
  const words = vocabulary(random);
  const file = openSync(path, "w");
  try {
    let piece = "";
    for (let at = 0; at < count; at += 1) {
      piece += `${JSON.stringify(paper(at, words, random))}\n`;
      if (piece.length < pieceLength) continue;
      writeSync(file, piece);
      piece = "";
    }
    writeSync(file, piece);
  } finally {
    closeSync(file);
  }
  return path;
}

type Random = () => number;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomNumbers(from: number): Random {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function vocabulary(random: Random): string[] {
  const syllables = "ba ce di fo gu la me ni po ru sa te vi zo qua tri con per sub ver gra net ker mod".split(
    " ",
  );
  const pick = () => syllables[Math.floor(random() * syllables.length)] as string;
  return Array.from({ length: vocabularySize }, (_, at) =>
    Array.from({ length: 1 + (at % 4) + (at > 500 ? 1 : 0) }, pick).join(""),
  );
}

/** A random word: the n-th most frequent is about n times as rare as the first (Zipf's law). */
function word(words: readonly string[], random: Random): string {
  return words[Math.floor(vocabularySize ** random()) - 1] as string;
}

function sentence(words: readonly string[], length: number, random: Random): string {
  const all = Array.from({ length }, () => word(words, random)).join(" ");
  return all.charAt(0).toUpperCase() + all.slice(1);
}

function paper(at: number, words: readonly string[], random: Random): unknown {
  const people = Array.from({ length: 1 + Math.floor(random() * 5) }, () => [
    families[Math.floor(random() * families.length)] as string,
    givens[Math.floor(random() * givens.length)] as string,
    "",
  ]);
  const lines = Array.from({ length: 9 }, () => sentence(words, 11, random));
  if (at % 10 === 0) lines[4] += ` ${formulas[at % formulas.length]}.`;
  const [year, month] = [2007 + (at % 18), 1 + (at % 12)];
  const two = (number: number) => String(number).padStart(2, "0");
  const names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  return {
    // A month has at most 99,999 numbers, so the month changes with the hundred thousands.
    id: `${two(year % 100)}${two(1 + (Math.floor(at / 100_000) % 12))}.${String(at % 100_000).padStart(5, "0")}`,
    submitter: `${people[0]?.[1]} ${people[0]?.[0]}`,
    authors: people.map(([family, given]) => `${given} ${family}`).join(", "),
    title: sentence(words, 6 + Math.floor(random() * 5), random),
    comments: at % 2 === 0 ? "12 pages, 3 figures" : null,
    "journal-ref": null,
    doi: at % 3 === 0 ? `10.1000/example.${at}` : null,
    "report-no": null,
    categories: `${categories[at % categories.length]} ${categories[(at * 7 + 1) % categories.length]}`,
    license: "http://creativecommons.org/licenses/by/4.0/",
    abstract: `  ${lines.join("\n")}.\n`,
    versions: [{ version: "v1", created: `Mon, ${1 + (at % 28)} ${names[month - 1]} ${year} 19:18:42 GMT` }],
    update_date: `${year}-${two(month)}-26`,
    authors_parsed: people,
  };
}
