import type { Library } from "../library/library.js";
import { type ImagePlace, leastBehind } from "../library/marks-image.js";
import type { SeenPapers } from "../library/seen-papers.js";
import type { PaperChange } from "../papers/marks.js";

/**
 * What was taken on trust is looked through so many milliseconds behind the first screen; and by when
 * everything that belongs to a start is over, so that an image may be made.
 */
const soon = 300;
const settled = 2_000;
/** For how long steps are taken, and how long a pause then is left to the keys, in milliseconds. */
const slice = 3;
const pause = 3;
/**
 * Longer journals than this are never gone through while somebody waits for the shell: 35,000 changes, in
 * a fifth of a second. Where there is an image it is only made anew for as much that is new (300
 * changes): what is less is done behind the next screen.
 */
const mostOnLeaving = 8 << 20;
const leastOnLeaving = 64 << 10;

/** Sees to the image of the marks (`library/marks-image.ts`): behind the screen, and when the reader leaves. */
export class KeepingImage {
  readonly #library: Library;
  readonly #seen: SeenPapers;
  readonly #place: ImagePlace | null;
  readonly #changed: (papers: readonly PaperChange[]) => void;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  /** When the steps began that no pause has come behind. */
  #since = 0;
  #making: Generator<void, boolean> | null = null;
  /** How many bytes were not in the image at the start and are now. */
  #made = 0;

  /**
   * @param place where the image is kept; `null` for none
   * @param changed is told of marks that turn out to be other than the image says
   */
  constructor(
    library: Library,
    seen: SeenPapers,
    place: ImagePlace | null,
    changed: (papers: readonly PaperChange[]) => void,
  ) {
    this.#library = library;
    this.#seen = seen;
    this.#place = place;
    this.#changed = changed;
  }

  /** Begins behind the screen. */
  begin(): void {
    if (this.#place !== null) this.#after(soon, () => void this.#lookThrough());
  }

  /**
   * Ends it; where the reader has left by a key, and the journals are short, the image is made now. That
   * it cannot be made costs time at the next start and nothing else.
   * @param isCompacted whether the journals are other files now, of which no image is
   */
  async leave(code: number, isCompacted: boolean): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    if (isCompacted) {
      this.#making?.return(false);
      this.#making = null;
      this.#made = 0;
    }
    try {
      if (code === 0 && this.#isForLeaving()) {
        for (const making = this.#making ?? (await this.#make()); making && !making.next().done; );
      }
    } catch {
    } finally {
      this.#making?.return(false);
      this.#making = null;
    }
  }

  async #lookThrough(): Promise<void> {
    const looking = this.#library.makeSure();
    for (let step = looking.next(); !this.#isOver; step = looking.next()) {
      if (step.done) {
        if (step.value.length > 0) this.#changed(step.value);
        this.#after(settled - soon, () => void this.#work());
        return;
      }
      await this.#pause();
    }
  }

  async #work(): Promise<void> {
    try {
      const { behindImage } = this.#sizes();
      const making = await this.#make();
      if (making === null || this.#isOver) return;
      this.#making = making;
      while (!making.next().done) await this.#pause();
      this.#made = behindImage;
    } catch {
      // As when leaving.
    }
    if (!this.#isOver) this.#making = null;
  }

  #isForLeaving(): boolean {
    const { all, behindImage } = this.#sizes();
    const isFirst = behindImage === all && this.#made === 0;
    return all <= mostOnLeaving && (isFirst || behindImage - this.#made >= leastOnLeaving);
  }

  /** How many bytes marks and seen papers are in now, and how many of these are in no image. */
  #sizes(): { readonly all: number; readonly behindImage: number } {
    const [marks, seen] = [this.#library.sizes(), this.#seen.sizes()];
    return { all: marks.all + seen.all, behindImage: marks.behindImage + seen.behindImage };
  }

  /** Begins to make an image, where there is enough to do for it. */
  async #make(): Promise<Generator<void, boolean> | null> {
    if (this.#place === null || this.#sizes().behindImage - this.#made < leastBehind) return null;
    const { renewImage } = await import("../library/image-writer.js");
    return renewImage(this.#place, Date.now());
  }

  /** Gives way to keys, where there was enough done. */
  async #pause(): Promise<void> {
    if (performance.now() - this.#since < slice) return;
    await new Promise<void>((resolve) => this.#after(pause, resolve));
    this.#since = performance.now();
  }

  /** Does something later; nobody who leaves waits for it. */
  #after(milliseconds: number, act: () => void): void {
    this.#timer = setTimeout(act, milliseconds);
    this.#timer.unref();
  }
}
