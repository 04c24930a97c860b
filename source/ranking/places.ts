/** One place in so many goes to a paper that the model is least sure of. */
const placesPerTrial = 10;

/** Whether a place (from 0) goes to a paper that the model is least sure of. */
export function isTrialPlace(place: number): boolean {
  return place % placesPerTrial === placesPerTrial - 1;
}

/**
 * Papers in the order "for you": the highest log-odds first; each tenth place goes to the paper whose log-odds
 * are nearest to 0 of those that have no place yet, so that the model learns what it does not know. Equal ones
 * stay as they are. Takes and returns indices into `scores`.
 */
export function forYouOrder(rows: Uint32Array, scores: ArrayLike<number>): Uint32Array {
  const score = (at: number) => scores[at] ?? 0;
  const best = Array.from(rows.keys()).sort(
    (one, other) => score(rows[other] as number) - score(rows[one] as number) || one - other,
  );
  // The least sure are where the sign changes: they are taken from there outwards.
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

/** A paper is of the next step if its log-odds are so many deviations above the median of the listing. */
const stepsFrom = [0, 0.9, 1.8, 3] as const;

/**
 * How much each paper is for the reader among those of its listing, from 1 to 5. In deviations from the median, by
 * the median absolute deviation, which a few outstanding papers do not change.
 */
export function stepsOf(scores: Float32Array): Uint8Array {
  const middle = median(scores);
  // The factor makes it a standard deviation where scores are normally distributed (Rousseeuw and Croux, 1993).
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
