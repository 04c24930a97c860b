/** The initial value of a hash. */
export const hashSeed = 0x811c9dc5 | 0;

/**
 * 32-bit FNV-1a, one byte or UTF-16 unit at a time. Journals hash the bytes of identities and listings their
 * characters. For ASCII, as in nearly all identities, both are equal, so the marks of a million papers are
 * found without making strings.
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

/** The first slot for a hash: its lower bits vary too little if only the last digits differ. */
export function spread(hash: number): number {
  return (hash ^ (hash >>> 15)) >>> 0;
}
