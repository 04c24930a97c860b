import type { Paper } from "./paper.js";

/** The numbers of a paper that move: votes, comments and stars of its code; `null` where a source has none. */
export interface Numbers {
  readonly upvotes: number | null;
  readonly comments: number | null;
  readonly codeStars: number | null;
}

/** By how much they moved since the paper was last seen. */
export interface Movement {
  readonly upvotes: number;
  readonly comments: number;
  readonly codeStars: number;
}

export function numbersOf({ upvotes, comments, codeStars }: Pick<Paper, keyof Numbers>): Numbers {
  return { upvotes, comments, codeStars };
}

/** How numbers moved; `null` if none did. A number that one of them lacks did not move. */
export function movementOf(before: Numbers, now: Numbers): Movement | null {
  const of = (field: keyof Numbers) => {
    const [was, is] = [before[field], now[field]];
    return was === null || is === null ? 0 : is - was;
  };
  const movement = { upvotes: of("upvotes"), comments: of("comments"), codeStars: of("codeStars") };
  return Object.values(movement).some((one) => one !== 0) ? movement : null;
}

/** One number for the order "momentum": votes, and comments and stars as much as them. */
export function momentumOf({ upvotes, comments, codeStars }: Movement): number {
  return upvotes + comments + codeStars;
}

/** A movement with its sign: "+34", "-2". */
export function signed(movement: number): string {
  return movement > 0 ? `+${movement}` : `${movement}`;
}
