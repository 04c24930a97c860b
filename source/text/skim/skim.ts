import { type Scores, type SkimLabel, scoresOf } from "./cues.js";
import { type Sentence, sentences } from "./sentences.js";

/** A sentence of an abstract, with its label where skim shows it. */
export interface SkimSentence extends Sentence {
  readonly label: SkimLabel | null;
}

/** So many characters of a sentence are scored: what it says is said by then. */
const longestScored = 1_000;

/** Only so many sentences of a text may have a label: an abstract has no more. */
const mostSentences = 120;

/**
 * The sentences of an abstract in order. At most a third of them, and one at least, have a label: first the one
 * that says what was done, then what came out, then where the code is, then what is left by how well it fits.
 *
 * @param title the paper's title: a name before its colon is looked for in the sentences
 */
export function skim(text: string, title = ""): SkimSentence[] {
  const all = sentences(text);
  const name = nameIn(title);
  const scored = all.slice(0, mostSentences).map(({ start, end }, index) => {
    const sentence = text.slice(start, Math.min(end, start + longestScored)).replace(/\s+/g, " ");
    const scores = scoresOf(sentence);
    const named = name !== null && scores.did > 0 && sentence.includes(name) ? 2 : 0;
    return { index, scores: { ...scores, did: scores.did + named } };
  });
  const labels = new Map<number, SkimLabel>();
  const most = Math.max(1, Math.floor(all.length / 3));
  const pick = (label: SkimLabel, score: (scores: Scores) => number, least = 1) => {
    if (labels.size >= most) return;
    let best: { index: number; score: number } | null = null;
    for (const { index, scores } of scored) {
      const points = score(scores);
      if (!labels.has(index) && points >= least && (best === null || points > best.score))
        best = { index, score: points };
    }
    if (best) labels.set(best.index, label);
  };
  pick("did", ({ did, code }) => did - code / 2, 3);
  if (labels.size === 0) pick("did", ({ did, result }) => Math.max(did, result - 2));
  pick("result", ({ result, numbers }) => Math.max(result, numbers), 2);
  pick("code", ({ code }) => code);
  pick("did", ({ did }) => did, 5);
  for (let left = most; left > 0; left -= 1) {
    const before = labels.size;
    pick("result", ({ result, numbers }) => Math.max(result, numbers), 3);
    pick("did", ({ did }) => did, 3);
    if (labels.size === before) break;
  }
  return all.map((sentence, index) => {
    const label = labels.get(index) ?? null;
    const hasNumbers = label === "result" && (scored[index]?.scores.numbers ?? 0) > 0;
    return { ...sentence, label: hasNumbers ? "numbers" : label };
  });
}

/** The sentence that says best what a paper did, the first where none does; `null` for a text without any. */
export function bestSentence(text: string, title = ""): Sentence | null {
  const all = skim(text, title);
  const labelled = all.filter(({ label }) => label !== null);
  return labelled.find(({ label }) => label === "did") ?? labelled[0] ?? all[0] ?? null;
}

/** The name that a title gives before its colon: "SPADE: Self-Play in …". */
function nameIn(title: string): string | null {
  const name = /^([^\s:]{2,40}):\s/.exec(title)?.[1];
  return name ?? null;
}
