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

/** How much a paper is for the reader, from 1 to 5, by its log-odds: fifths of its probability. */
export function stepOf(score: number): 1 | 2 | 3 | 4 | 5 {
  const fifth = Math.floor(5 / (1 + Math.exp(-score))) + 1;
  return Math.min(5, fifth) as 1 | 2 | 3 | 4 | 5;
}
