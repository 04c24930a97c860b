import { fieldBits, fields } from "./fields.js";

/**
 * How good a match is. All numbers of the ranking stand here.
 *
 * A paper's score is the sum over the terms of
 *   (how well the term was met: tier) × (where: field) × (how rare it is in the listing),
 * of each term's best place only. Where every term was met in the title the sum counts `titleBonus`
 * times. That factor is so large that such a paper stands before every other: the worst title match
 * (3 × 0.4 × 2.5 = 3) is worth the best match of all terms elsewhere (exact, in another field or
 * partly in the title: below 3).
 */

/** How a word was met, best first. */
export const tiers = { exact: 0, plural: 1, prefix: 2, middle: 3, typo: 4 } as const;
export type Tier = (typeof tiers)[keyof typeof tiers];

const tierPoints = [1, 0.95, 0.8, 0.5, 0.4];

const fieldPoints: Readonly<Record<number, number>> = {
  [fields.title]: 3,
  [fields.authors]: 2,
  [fields.keywords]: 2,
  [fields.categories]: 1.5,
  [fields.abstract]: 1,
};

/** What a paper's score is multiplied by when every term stands in its title. */
export const titleBonus = 2.5;

/** What a match of the identifier is worth: who gives one means that paper. */
export const idPoints = 6;

/** What a match in the best of `places` (field bits) is worth; 0 where there is none. */
export function points(tier: Tier, places: number): number {
  return (tierPoints[tier] as number) * (bestField[places] as number);
}

/** What a term is worth that `found` of `size` papers have: a word of every paper tells little. */
export function rarity(found: number, size: number): number {
  return Math.log(1 + size / Math.max(1, found));
}

const bestField = Array.from({ length: 32 }, (_, places) =>
  fieldBits.reduce((best, bit) => (places & bit ? Math.max(best, fieldPoints[bit] as number) : best), 0),
);
