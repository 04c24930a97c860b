/** Length of a UTF-8 sequence by its first byte; 0 for a byte that begins none (RFC 3629, section 4). */
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
 * Decodes what a terminal sends, however it was cut into reads. It is UTF-8, but a terminal may send
 * the control characters U+0080 to U+009F as single bytes (ECMA-48, 8-bit C1), which no UTF-8 decoder
 * accepts. A byte of that range that continues a character is part of it; one that stands alone is the
 * control character. Any other byte that is not UTF-8 becomes U+FFFD.
 */
export class InputBytes {
  /** The beginning of a character whose other bytes have not come yet. */
  #begun: number[] = [];

  /** The text of these bytes, which continue those before them. */
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
