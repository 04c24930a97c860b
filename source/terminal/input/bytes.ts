/** Length of a UTF-8 sequence by its first byte; 0 for an invalid first byte (RFC 3629, section 4). */
function lengthOf(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** Whether a byte can be the second one after `first`: neither overlong, a surrogate nor beyond U+10FFFF. */
function canFollow(first: number, second: number): boolean {
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  return second >= least && second <= most;
}

const isContinuation = (byte: number) => byte >= 0x80 && byte <= 0xbf;

/**
 * Decodes terminal input, in whatever chunks it arrives. It is UTF-8, but a terminal may send the control
 * characters U+0080 to U+009F as single bytes (ECMA-48, 8-bit C1), which UTF-8 decoders reject. Such a byte is
 * part of a character if it continues one, otherwise a control character. Any other invalid byte becomes
 * U+FFFD.
 */
export class InputBytes {
  /** The first bytes of an incomplete character. */
  #begun: number[] = [];

  /** The text of the next bytes. */
  write(bytes: Uint8Array): string {
    const isWhole = this.#begun.length === 0;
    if (isWhole && bytes.every((byte) => byte < 0x80)) return Buffer.from(bytes).toString("latin1");
    let text = "";
    for (const byte of bytes) text += this.#take(byte);
    return text;
  }

  #take(byte: number): string {
    const begun = this.#begun;
    const [first] = begun;
    if (first !== undefined) {
      const fits = begun.length === 1 ? canFollow(first, byte) : isContinuation(byte);
      if (!fits) {
        this.#begun = [];
        return `\ufffd${this.#take(byte)}`;
      }
      begun.push(byte);
      if (begun.length < lengthOf(first)) return "";
      this.#begun = [];
      return Buffer.from(begun).toString("utf8");
    }
    const length = lengthOf(byte);
    if (length > 1) {
      this.#begun = [byte];
      return "";
    }
    if (length === 1) return String.fromCharCode(byte);
    return byte <= 0x9f ? String.fromCharCode(byte) : "\ufffd";
  }
}
