import * as zlib from "node:zlib";

/**
 * A file of sections behind a head of 32 bytes: what it is, the version, the length and checksum of the
 * core, which is read whole at once, the length and checksum of the rest, which is read when it is asked
 * for, and a checksum of the head. All numbers are as this machine has them in memory, so that a section
 * is a column of numbers without anything being done with it; another machine's file is none.
 */
export const imageVersion = 1;

/** "PAPERIMG", in this machine's order of bytes. */
const magic = [0x45504150, 0x474d4952] as const;
export const headBytes = 32;
/** Every section begins at such a multiple, so that its bytes can be numbers. */
const alignment = 8;

/** 32-bit checksums as zlib makes them; `null` on a Node that does not have them (before 20.15). */
export const checksum: ((bytes: Uint8Array, before?: number) => number) | null = zlib.crc32 ?? null;

export interface ImageHead {
  readonly coreLength: number;
  readonly coreSum: number;
  readonly restLength: number;
  readonly restSum: number;
}

/** The head, as it stands in a file. */
export function encodeHead({ coreLength, coreSum, restLength, restSum }: ImageHead): Uint8Array {
  const words = new Uint32Array(headBytes / 4);
  words.set([...magic, imageVersion, coreLength, coreSum, restLength, restSum]);
  const bytes = new Uint8Array(words.buffer);
  words[7] = checksum?.(bytes.subarray(0, headBytes - 4)) ?? 0;
  return bytes;
}

/** What a head says; `null` where it is none, or is damaged. */
export function decodeHead(bytes: Uint8Array): ImageHead | null {
  const words = new Uint32Array(Uint8Array.from(bytes.subarray(0, headBytes)).buffer);
  if (words.length < headBytes / 4 || checksum === null) return null;
  const [one, two, version, coreLength = 0, coreSum = 0, restLength = 0, restSum = 0, sum] = words;
  const isWhole = sum === checksum(bytes.subarray(0, headBytes - 4));
  if (!isWhole || one !== magic[0] || two !== magic[1] || version !== imageVersion) return null;
  return { coreLength, coreSum, restLength, restSum };
}

/** The pieces of sections of bytes, one after another, behind a list of their names and lengths. */
export function joined(sections: Readonly<Record<string, ArrayBufferView>>): readonly Uint8Array[] {
  const named = Object.entries(sections).map(([name, { byteLength }]) => [name, byteLength]);
  const list = new TextEncoder().encode(JSON.stringify(named));
  const pieces: Uint8Array[] = [
    new Uint8Array(Uint32Array.of(list.length, 0).buffer),
    list,
    gap(list.length),
  ];
  for (const { buffer, byteOffset, byteLength } of Object.values(sections)) {
    pieces.push(new Uint8Array(buffer, byteOffset, byteLength), gap(byteLength));
  }
  return pieces;
}

/** The sections that were joined, by name. The bytes must begin at a multiple of 8 in their memory. */
export function separated(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const [length = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 1);
  let from = alignment + length + gap(length).length;
  const named = JSON.parse(Buffer.from(bytes.subarray(alignment, alignment + length)).toString());
  const sections = new Map<string, Uint8Array>();
  for (const [name, byteLength] of named as [string, number][]) {
    sections.set(name, bytes.subarray(from, from + byteLength));
    from += byteLength + gap(byteLength).length;
  }
  return sections;
}

/** What fills up to the next section. */
function gap(length: number): Uint8Array {
  return new Uint8Array((alignment - (length % alignment)) % alignment);
}

/** A section as whole numbers of 32 bits, and as numbers. */
export function wordsOf(section: Uint8Array): Uint32Array {
  return new Uint32Array(section.buffer, section.byteOffset, section.byteLength / 4);
}
export function numbersOf(section: Uint8Array): Float64Array {
  return new Float64Array(section.buffer, section.byteOffset, section.byteLength / 8);
}

export function textOf(section: Uint8Array): string {
  return Buffer.from(section.buffer, section.byteOffset, section.byteLength).toString();
}
