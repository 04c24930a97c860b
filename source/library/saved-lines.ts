/** Room for about 250 changes of one paper, in bytes. */
const pieceLength = 1 << 16;

/**
 * Lines that are kept for as long as the program runs, in bytes: as objects 30,000 changes would be 25 MB,
 * which hardly ever are needed again.
 */
export class SavedLines {
  readonly #pieces: Buffer[] = [];
  /** How much of the last piece is filled. */
  #filled = 0;

  /** @param line with its line break */
  add(line: string): void {
    const length = Buffer.byteLength(line);
    let piece = this.#pieces.at(-1);
    if (piece === undefined || this.#filled + length > piece.length) {
      // What is not filled of the last one stays behind, and is cut off.
      if (piece !== undefined) this.#pieces[this.#pieces.length - 1] = piece.subarray(0, this.#filled);
      piece = Buffer.allocUnsafeSlow(Math.max(pieceLength, length));
      this.#pieces.push(piece);
      this.#filled = 0;
    }
    this.#filled += piece.write(line, this.#filled);
  }

  /** All of them as one text, in order. */
  text(): string {
    const last = this.#pieces.length - 1;
    return this.#pieces
      .map((piece, at) => piece.toString("utf8", 0, at === last ? this.#filled : piece.length))
      .join("");
  }

  clear(): void {
    this.#pieces.length = 0;
    this.#filled = 0;
  }
}
