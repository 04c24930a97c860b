import { spread } from "./identity-hash.js";

/** The smallest capacity of a table. */
const leastRoom = 1 << 10;

/**
 * A hash table from identities to their numbers. The identities themselves are stored elsewhere: a million
 * strings in a `Map` take 150 MB, this takes 12.
 */
export class IdTable {
  /** Open addressing: a slot contains 1 + the number of an identity, or 0. At most half full. */
  #slots = new Int32Array(2 * leastRoom);
  #hashes = new Int32Array(leastRoom);
  #size = 0;

  /**
   * The number of an identity, or -1.
   * @param hash `hashOf` of it
   * @param isIt whether it is the one with that number
   */
  find(hash: number, isIt: (number: number) => boolean): number {
    const mask = this.#slots.length - 1;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] as number) - 1;
      if (number < 0) return -1;
      if (this.#hashes[number] === hash && isIt(number)) return number;
    }
  }

  /** Gives a new identity the next number, from 0. */
  add(hash: number): void {
    if (this.#size === this.#hashes.length) this.#grow();
    this.#hashes[this.#size] = hash;
    this.#place(this.#size);
    this.#size += 1;
  }

  #place(number: number): void {
    const mask = this.#slots.length - 1;
    let slot = spread(this.#hashes[number] as number) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number + 1;
  }

  #grow(): void {
    const hashes = new Int32Array(2 * this.#hashes.length);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    this.#slots = new Int32Array(2 * hashes.length);
    for (let number = 0; number < this.#size; number += 1) this.#place(number);
  }
}
