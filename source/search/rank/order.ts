/**
 * The base of the radix sort. Scores are rounded to three digits of it; those that round alike count as
 * equal.
 */
const digit = 2 ** 9;
const scoreSteps = digit ** 3 - 1;

/**
 * Sorts the papers for which `holds` is true (all if it is `null`), best score first. Equal scores keep their
 * order.
 */
export function inOrder(
  papers: Uint32Array,
  scores: Float64Array,
  holds: ((paper: number) => boolean) | null,
): Uint32Array {
  let most = 0;
  for (let place = 0; place < scores.length; place += 1) {
    if ((scores[place] as number) > most) most = scores[place] as number;
  }
  if (most === 0) most = 1; // only conditions, no terms: all scores are 0
  let from = new Uint32Array(papers.length);
  let behind = new Uint32Array(papers.length);
  let length = 0;
  for (let place = 0; place < papers.length; place += 1) {
    const paper = papers[place] as number;
    if (holds !== null && !holds(paper)) continue;
    from[length] = paper;
    behind[length] = Math.round((1 - (scores[place] as number) / most) * scoreSteps);
    length += 1;
  }
  // Radix sort, least significant digit first; each pass is stable. Ten times as fast as a comparison sort.
  let to = new Uint32Array(length);
  let behindTo = new Uint32Array(length);
  for (let unit = 1; unit < scoreSteps; unit *= digit) {
    const next = new Uint32Array(digit + 1);
    const shift = Math.log2(unit);
    for (let place = 0; place < length; place += 1) {
      const after = (((behind[place] as number) >>> shift) & (digit - 1)) + 1;
      next[after] = (next[after] as number) + 1;
    }
    // All have the same digit: skip the pass.
    if (next.includes(length)) continue;
    for (let value = 0; value < digit; value += 1) {
      next[value + 1] = (next[value + 1] as number) + (next[value] as number);
    }
    for (let place = 0; place < length; place += 1) {
      const value = ((behind[place] as number) >>> shift) & (digit - 1);
      const slot = next[value] as number;
      next[value] = slot + 1;
      to[slot] = from[place] as number;
      behindTo[slot] = behind[place] as number;
    }
    [from, to] = [to, from];
    [behind, behindTo] = [behindTo, behind];
  }
  return from.slice(0, length);
}
