import { lazily } from "../../papers/lazily.js";
import { fieldBits, fieldWorths, placeStep } from "../text/fields.js";

/**
 * The weights of the ranking. All its numbers are in this file.
 *
 * Papers come first if every term matches, as typed or as a prefix (`isSure`), in what the list shows of
 * them: title, authors, keywords, categories. They can be found and sorted before abstracts are indexed, so
 * matches in abstracts must come after them. Within both parts the score of a paper is the sum over the terms
 * of
 *   (match quality: tier) × (weight of the field) × (rarity of the term in the listing),
 * counting only the best match of each term. If every term matches in the title, the sum is multiplied by
 * `titleBonus`, and by more if the terms are close together (`nearness`). The factor is so large that such a
 * paper comes before nearly all others of its part. Matches that may be a coincidence do not count for it. If
 * all terms match the name of one author, the factor is `nameBonus` instead: 2 × 9 is more than a title can
 * reach (3 × 2.5 × 2.2), since hardly any title is a person's name.
 */

/**
 * How a word matched, best first:
 * - `meaning`: the query has an acronym and the paper its words, or the reverse, as papers of the listing
 *   define it;
 * - `begunAcronym`: a word that begins with an acronym of the listing: "fl" is federated learning before flow;
 * - `form` and `noun`: another form of the verb, and a noun derived from it;
 * - `acronym`: the initials of words in the title;
 * - `typo` and `typos`: one edit and two edits, in the whole word;
 * - `begunTypo`: one or two edits in a longer word that begins so;
 * - `chance`: an acronym of two letters, or a few letters in the middle of a word.
 */
export const tiers = {
  exact: 0,
  plural: 1,
  meaning: 2,
  prefix: 3,
  begunAcronym: 4,
  form: 5,
  noun: 6,
  acronym: 7,
  middle: 8,
  typo: 9,
  typos: 10,
  begunTypo: 11,
  chance: 12,
} as const;
export type Tier = (typeof tiers)[keyof typeof tiers];

const tierPoints = [1, 0.95, 0.9, 0.8, 0.5, 0.85, 0.6, 0.6, 0.5, 0.45, 0.3, 0.25, 0.2];

/** Whether a match of this tier contains the typed text as far as it was typed. */
export function isSure(tier: Tier): boolean {
  return tier <= tiers.form;
}

/** Whether a match of this tier in the title counts as a title match. */
export function saysTitle(tier: Tier): boolean {
  return tier !== tiers.chance;
}

/** Whether a match of this tier counts for the proximity of the terms. */
export function saysNear(tier: Tier): boolean {
  return tier !== tiers.begunAcronym;
}

/** The factor for a paper if every term matches in its title. */
export const titleBonus = 2.5;

/**
 * The proximity factor for titles is 1 plus these: `near` if all terms are adjacent and in order (a share of
 * it if some are), `begins` if the title begins with them, `beginsWord` if it begins with the only term,
 * `whole` if it consists of nothing else.
 */
export const nearness = { near: 0.5, begins: 0.5, beginsWord: 0.12, whole: 0.2 } as const;

/** The factor for a paper if the terms are the name of one of its authors. */
export const nameBonus = 9;

/** The points for a matching identifier. A whole one means that paper; a part may match by coincidence. */
export const idPoints = 6;
export const idPartPoints = 0.5;

/** The points of a match in the best of the fields `places` (bits); 0 without fields. */
export function points(tier: Tier, places: number): number {
  return pointsByPlaces(tier)[places] as number;
}

/** The points for each possible set of fields, indexed by its bits. */
export function pointsByPlaces(tier: Tier): Float64Array {
  return worthByTier()[tier] as Float64Array;
}

/**
 * The weight of a term that matches `found` of `size` papers: the rarer, the higher (inverse document
 * frequency).
 */
export function rarity(found: number, size: number): number {
  return Math.log(1 + size / Math.max(1, found));
}

const worthByTier = lazily(() => {
  const bestField = Array.from({ length: placeStep }, (_, places) =>
    fieldBits.reduce(
      (best, bit) => (places & bit ? Math.max(best, fieldWorths.get(bit) as number) : best),
      0,
    ),
  );
  return tierPoints.map((worth) => Float64Array.from(bestField, (field) => worth * field));
});
