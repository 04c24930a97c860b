import type { SearchIndex } from "../index/search-index.js";

/** As many terms as a person has in the prompt and a few steps back, and what is remembered of each. */
const rememberedTerms = 20;
const rememberedOfTerm = 6;
/** All of that together, in bytes: of a frequent word every paper is remembered. */
const rememberedBytes = 1 << 25;

/** What was made for `key` the last time, or is made now; the least lately asked for is forgotten. */
export function remember<Made>(index: SearchIndex, key: string, make: () => Made): Made {
  const { remembered } = index;
  const known = remembered.has(key);
  const made = known ? (remembered.get(key) as Made) : make();
  if (known) remembered.delete(key); // to stand at the end again
  remembered.set(key, made);
  let bytes = 0;
  for (const one of remembered.values()) bytes += bytesOf(one);
  for (const [oldest, one] of remembered) {
    const isTooMuch = bytes > rememberedBytes && oldest !== key;
    if (remembered.size <= rememberedOfTerm * rememberedTerms && !isTooMuch) break;
    remembered.delete(oldest);
    bytes -= bytesOf(one);
  }
  return made;
}

/** About how much memory something remembered takes; what is short counts nothing. */
function bytesOf(made: unknown): number {
  if (ArrayBuffer.isView(made)) return made.byteLength;
  const { papers, words } = made as { readonly papers?: Uint32Array; readonly words?: Uint32Array };
  return papers === undefined ? 0 : bytesOfFound * papers.length + (words?.byteLength ?? 0);
}

/** Of a paper: its index, its points, and whether its title has the term. */
const bytesOfFound = 9;
