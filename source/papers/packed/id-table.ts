import { spread } from "./identity-hash.js";

/** The fewest identities that a table is made for. */
const leastRoom = 1 << 10;

/**
 * Numbers of identities, found by a hash of them. The identities themselves lie elsewhere: a million
 * texts in a `Map` would take 150 MB, and this takes 12.
 */
export class IdTable {
  /** Open addressing: a slot holds 1 + the number of an identity, 0 where it is free. Never more than half full. */
  #slots = new Int32Array(2 * leastRoom);
  #hashes = new Int32Array(leastRoom);
  #size = 0;

  /**
   * The number of an identity, -1 where it is not there.
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

  /** Gives an identity that is not there the next number, from 0. */
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
