/** One position out of this many goes to a paper that the model is least certain about. */
const placesPerTrial = 10;

/** Whether a position (from 0) goes to a paper that the model is least certain about. */
export function isTrialPlace(place: number): boolean {
  return place % placesPerTrial === placesPerTrial - 1;
}

/**
 * Papers in the order "for you": highest log-odds first, but every tenth position goes to the remaining
 * paper with log-odds nearest to 0, so that the model learns about papers that it is uncertain of. Ties
 * keep their order. Takes and returns indices into `scores`.
 */
export function forYouOrder(rows: Uint32Array, scores: ArrayLike<number>): Uint32Array {
  const score = (at: number) => scores[at] ?? 0;
  const best = Array.from(rows.keys()).sort(
    (one, other) => score(rows[other] as number) - score(rows[one] as number) || one - other,
  );
  // The least certain papers are where the sign changes, so they are taken from there outwards.
  const sureness = (place: number) => Math.abs(score(rows[place] as number));
  const unsure = [...best].sort((one, other) => sureness(one) - sureness(other) || one - other);
  const isPlaced = new Uint8Array(rows.length);
  const next = (from: number[], cursor: number) => {
    let at = cursor;
    while (isPlaced[from[at] as number] === 1) at += 1;
    return at;
  };
  const placed = new Uint32Array(rows.length);
  let [ofBest, ofUnsure] = [0, 0];
  for (let place = 0; place < rows.length; place += 1) {
    let chosen: number;
    if (isTrialPlace(place)) {
      ofUnsure = next(unsure, ofUnsure);
      chosen = unsure[ofUnsure] as number;
    } else {
      ofBest = next(best, ofBest);
      chosen = best[ofBest] as number;
    }
    isPlaced[chosen] = 1;
    placed[place] = rows[chosen] as number;
  }
  return placed;
}

/** A paper reaches the next step if its log-odds are this many deviations above the median of the listing. */
const stepsFrom = [0, 0.9, 1.8, 3] as const;

/**
 * How well each paper suits the reader compared with the listing, from 1 to 5. Measured in deviations from
 * the median, using the median absolute deviation, which is robust against outliers.
 */
export function stepsOf(scores: Float32Array): Uint8Array {
  const middle = median(scores);
  // The factor makes it a standard deviation for normally distributed scores (Rousseeuw and Croux, 1993).
  const deviation = 1.4826 * median(scores.map((score) => Math.abs(score - middle)));
  return Uint8Array.from(scores, (score) => {
    const deviations = deviation === 0 ? score - middle : (score - middle) / deviation;
    return 1 + stepsFrom.filter((from) => deviations > from).length;
  });
}

function median(values: Float32Array): number {
  const sorted = values.slice().sort();
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
