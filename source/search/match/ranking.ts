import { fieldBits, fields } from "../text/fields.js";

/**
 * How good a match is. All numbers of the ranking stand here.
 *
 * First come the papers that meet every term in what is seen of them in a list (title, authors, keywords,
 * categories), as written or as a beginning: `isSure`. They can be told, and put in their order, before
 * an abstract is looked at, so what the abstracts bring stands behind them. In both parts a paper's
 * score is the sum over the terms of
 *   (how well the term was met: tier) × (where: field) × (how rare it is in the listing),
 * of each term's best place only. Where every term was met in the title the sum counts `titleBonus`
 * times. That factor is so large that such a paper stands before every other of its part: the worst
 * title match (3 × 0.4 × 2.5 = 3) is worth the best match of all terms elsewhere (exact, in another
 * field or partly in the title: below 3). What may well be chance has no part in it. Where one author
 * is called by all of the terms, `nameBonus` counts instead: 2 × 4 is more than any title is worth
 * (3 × 2.5), as hardly any title is a person's name.
 */

/**
 * How a word was met, best first. `acronym`: as the first letters of words of the title; `chance`: as
 * two of them, in the middle of a word by few letters, or as any word's first letter.
 */
export const tiers = { exact: 0, plural: 1, prefix: 2, acronym: 3, middle: 4, typo: 5, chance: 6 } as const;
export type Tier = (typeof tiers)[keyof typeof tiers];

const tierPoints = [1, 0.95, 0.8, 0.6, 0.5, 0.4, 0.2];

/** Whether a match of that tier is what was typed, as far as it was typed. */
export function isSure(tier: Tier): boolean {
  return tier <= tiers.prefix;
}

/** Whether a match of that tier in the title counts as the word standing there. */
export function saysTitle(tier: Tier): boolean {
  return tier !== tiers.chance;
}

const fieldPoints: Readonly<Record<number, number>> = {
  [fields.title]: 3,
  [fields.authors]: 2,
  [fields.keywords]: 2,
  [fields.categories]: 1.5,
  [fields.abstract]: 1,
};

/** What a paper's score is multiplied by when every term stands in its title. */
export const titleBonus = 2.5;

/** What a paper's score is multiplied by when the terms are the name of one of its authors. */
export const nameBonus = 4;

/** What a match of the identifier is worth: who gives one means that paper. */
export const idPoints = 6;

/** What a match in the best of `places` (field bits) is worth; 0 where there is none. */
export function points(tier: Tier, places: number): number {
  return (tierPoints[tier] as number) * (bestField[places] as number);
}

/** The same for each of the places there can be. */
export function pointsByPlaces(tier: Tier): Float64Array {
  return worthByTier[tier] as Float64Array;
}

/** What a term is worth that `found` of `size` papers have: a word of every paper tells little. */
export function rarity(found: number, size: number): number {
  return Math.log(1 + size / Math.max(1, found));
}

const bestField = Array.from({ length: 32 }, (_, places) =>
  fieldBits.reduce((best, bit) => (places & bit ? Math.max(best, fieldPoints[bit] as number) : best), 0),
);

const worthByTier = tierPoints.map((worth) => Float64Array.from(bestField, (field) => worth * field));
