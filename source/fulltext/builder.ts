import type { Block, Draft } from "./blocks.js";
import { shortened } from "./shorten.js";

/** The limit of blocks; a longer page is cut. */
const most = 100_000;

/** Collects the blocks of a paper and gives each an anchor of its own. */
export class BlockBuilder {
  readonly blocks: Block[] = [];
  readonly #taken = new Set<string>();
  /** Anchors since the last block. */
  #pending: string[] = [];
  #hasLongBlock = false;
  #last = "";
  #after = 0;

  /** Adds an anchor of the page, for the next block. */
  anchor(id: string | undefined): void {
    if (id) this.#pending.push(id);
  }

  get isFull(): boolean {
    return this.blocks.length >= most;
  }

  /** Whether something of the page is left out. */
  get isCut(): boolean {
    return this.isFull || this.#hasLongBlock;
  }

  add(whole: Draft, ids: readonly string[] = []): void {
    if (this.isFull) return;
    const { draft, isCut } = shortened(whole);
    this.#hasLongBlock ||= isCut;
    const own = [...this.#pending, ...ids].filter((id) => !this.#taken.has(id));
    this.#pending = [];
    for (const id of own) this.#taken.add(id);
    const [id, ...anchors] = own.length > 0 ? [...new Set(own)] : [this.#nextId()];
    this.blocks.push({
      level: 0,
      label: null,
      spans: [],
      ...draft,
      id: id as string,
      ...(anchors.length > 0 ? { anchors } : {}),
    });
  }

  /** Names a block without an anchor after the last one that had one, so that the name is stable. */
  #nextId(): string {
    const anchored = this.blocks.at(-1)?.id ?? "";
    if (!anchored.includes("~") || anchored.slice(0, anchored.lastIndexOf("~")) !== this.#last) {
      this.#last = anchored.includes("~") ? anchored.slice(0, anchored.lastIndexOf("~")) : anchored;
      this.#after = 0;
    }
    let id: string;
    do {
      this.#after += 1;
      id = `${this.#last}~${this.#after}`;
    } while (this.#taken.has(id));
    this.#taken.add(id);
    return id;
  }
}
