import type { Paper } from "./paper.js";

/**
 * The numbers of a paper that change: votes, comments and stars of its code; `null` if the source has none.
 */
export interface Numbers {
  readonly upvotes: number | null;
  readonly comments: number | null;
  readonly codeStars: number | null;
}

/** By how much they changed since the paper was last seen. */
export interface Movement {
  readonly upvotes: number;
  readonly comments: number;
  readonly codeStars: number;
}

export function numbersOf({ upvotes, comments, codeStars }: Pick<Paper, keyof Numbers>): Numbers {
  return { upvotes, comments, codeStars };
}

/** How the numbers changed; `null` if none did. A number missing on either side counts as unchanged. */
export function movementOf(before: Numbers, now: Numbers): Movement | null {
  const of = (field: keyof Numbers) => {
    const [was, is] = [before[field], now[field]];
    return was === null || is === null ? 0 : is - was;
  };
  const movement = { upvotes: of("upvotes"), comments: of("comments"), codeStars: of("codeStars") };
  return Object.values(movement).some((one) => one !== 0) ? movement : null;
}

/** The score of the order "momentum": votes, comments and stars in equal parts. */
export function momentumOf({ upvotes, comments, codeStars }: Movement): number {
  return upvotes + comments + codeStars;
}

/** A change with its sign: "+34", "-2". */
export function signed(movement: number): string {
  return movement > 0 ? `+${movement}` : `${movement}`;
}
