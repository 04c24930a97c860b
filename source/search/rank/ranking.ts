import { fieldBits, fieldWorths, placeStep } from "../text/fields.js";

/**
 * How good a match is. All numbers of the ranking stand here.
 *
 * First come the papers that meet every term in what is seen of them in a list (title, authors, keywords,
 * categories), as written or as a beginning: `isSure`. They can be told, and put in their order, before
 * an abstract is looked at, so what the abstracts bring stands behind them. In both parts a paper's
 * score is the sum over the terms of
 *   (how well the term was met: tier) × (where: field) × (how rare it is in the listing),
 * of each term's best place only. Where every term was met in the title the sum counts `titleBonus`
 * times, and more the nearer they are to each other (`nearness`). That factor is so large that such a paper
 * comes before nearly every other of its part. What may well be chance has no part in it. Where one author
 * is called by all of the terms, `nameBonus` counts instead: 2 × 9 is more than any title is worth
 * (3 × 2.5 × 2.2), as hardly any title is a person's name.
 */

/**
 * How a word was met, best first. `meaning`: by the acronym of it and its neighbours, or the words of an
 * acronym, as papers of the listing explain it; `form`: by another form of its verb, `noun`: by a noun made of it; `acronym`: as the first
 * letters of words of the title; `typo` and `typos`: with one edit and with two; `chance`: as two letters, in
 * the middle of a word by few letters, or as any word's first letter.
 */
export const tiers = {
  exact: 0,
  plural: 1,
  meaning: 2,
  prefix: 3,
  form: 4,
  noun: 5,
  acronym: 6,
  middle: 7,
  typo: 8,
  typos: 9,
  chance: 10,
} as const;
export type Tier = (typeof tiers)[keyof typeof tiers];

const tierPoints = [1, 0.95, 0.9, 0.8, 0.85, 0.6, 0.6, 0.5, 0.45, 0.3, 0.2];

/** Whether a match of that tier is what was typed, as far as it was typed. */
export function isSure(tier: Tier): boolean {
  return tier <= tiers.form;
}

/** Whether a match of that tier in the title counts as the word standing there. */
export function saysTitle(tier: Tier): boolean {
  return tier !== tiers.chance;
}

/** What a paper's score is multiplied by when every term stands in its title. */
export const titleBonus = 2.5;

/**
 * … and beside that by 1 and these: `near` where all terms stand next to each other in their order (a share of
 * it where some do), `begins` where the title begins with them, `beginsWord` with the only one, `whole` where
 * it is nothing but them.
 */
export const nearness = { near: 0.5, begins: 0.5, beginsWord: 0.12, whole: 0.2 } as const;

/** What a paper's score is multiplied by when the terms are the name of one of its authors. */
export const nameBonus = 9;

/** What a match of the identifier is worth: who gives one means that paper; a part of it may be chance. */
export const idPoints = 6;
export const idPartPoints = 0.5;

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

const bestField = Array.from({ length: placeStep }, (_, places) =>
  fieldBits.reduce((best, bit) => (places & bit ? Math.max(best, fieldWorths.get(bit) as number) : best), 0),
);

const worthByTier = tierPoints.map((worth) => Float64Array.from(bestField, (field) => worth * field));
