/** The start of `hashByte`'s hashes. */
export const hashSeed = 0x811c9dc5 | 0;

/**
 * 32-bit FNV-1a, a byte or a UTF-16 unit at a time. Journals hash the bytes of identities and listings
 * their characters: of those in ASCII, as nearly all are, both come to the same, so that the marks of a
 * million papers are found without a text for any of them.
 */
export function hashByte(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

/** The hash of an identity's UTF-16 units. */
export function hashOf(id: string): number {
  let hash = hashSeed;
  for (let at = 0; at < id.length; at += 1) hash = hashByte(hash, id.charCodeAt(at));
  return hash;
}

/** Where to look first for a hash: its lower bits change too little where only last digits differ. */
export function spread(hash: number): number {
  return (hash ^ (hash >>> 15)) >>> 0;
}
