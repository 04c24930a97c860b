import { isInterestId } from "../../source/papers/interests/interest.js";
import { type Listing, makeListing } from "../../source/papers/listing.js";
import { type PaperChange, withMark } from "../../source/papers/marks.js";
import { makePaper, type Paper, titleId } from "../../source/papers/paper.js";
import { Caches } from "../../source/reader/caches.js";
import type { Key } from "../../source/reader/keys/key.js";
import type { Effect, Message } from "../../source/reader/messages.js";
import type { Model, ReaderSettings } from "../../source/reader/model.js";
import { start } from "../../source/reader/start.js";
import { Store } from "../../source/reader/store.js";
import { KeyDecoder } from "../../source/terminal/keys.js";

/** A listing of papers called "Paper 1", "Paper 2", …, or of the given ones. */
export function listingOf(papers: number | readonly (Partial<Paper> & { title: string })[]): Listing {
  const found =
    typeof papers === "number"
      ? Array.from({ length: papers }, (_, at) => ({
          title: `Paper ${at + 1}`,
          id: `doi:10.5555/paper-${at + 1}`,
          abstract: `The abstract of number ${at + 1}. `.repeat(12),
          published: `2024-01-${String((at % 28) + 1).padStart(2, "0")}`,
        }))
      : papers;
  // Known by their titles alone, so that tests can name them shortly.
  const shortlyKnown = found.map((paper: (typeof found)[number] & { readonly id?: string }) => ({
    ...makePaper(paper),
    id: paper.id || titleId(paper.title),
  }));
  return makeListing("Test", { papers: shortlyKnown, day: "2025-10-29", problems: [] });
}

/** A reader at work: keys go in as a terminal sends them, effects are collected, marks are kept. */
export class Reader {
  readonly effects: Effect[] = [];
  readonly store: Store;

  constructor(
    papers: Parameters<typeof listingOf>[0] | Listing = 40,
    {
      columns = 120,
      rows = 36,
      markReadAfter = 0,
      ascii = false,
      locale = "en",
      caches = new Caches(),
      settings = {} as Partial<ReaderSettings>,
      isFirstRun = false,
      today = null as string | null,
    } = {},
  ) {
    const listing = typeof papers === "object" && "paper" in papers ? papers : listingOf(papers);
    const model = start({
      caches,
      listing,
      marks: new Uint8Array(listing.size),
      size: { columns, rows },
      settings: { markReadAfter, ascii, locale, ...settings },
      leftOff: { view: "all", sort: "relevance", filter: "", paper: null, day: null, history: [] },
      notice: null,
      isFirstRun,
      today,
      recent: [],
    });
    this.store = new Store(model, (effect) => {
      this.effects.push(effect);
      // What the journal would answer.
      if (effect.type === "record") {
        const { label, papers, quiet } = effect;
        this.send({ type: "recorded", label, papers, quiet, error: null });
        this.#keepInterests(effect.papers);
      }
    });
  }

  /** What the library would say after a change of watches, follows and mutes. */
  #keepInterests(papers: readonly PaperChange[]): void {
    const changed = papers.filter(({ paper }) => isInterestId(paper));
    if (changed.length === 0) return;
    const interests = new Map(this.model.interests.map((one) => [one.id, one]));
    for (const { paper: id, title, on, ...fields } of changed) {
      const before = interests.get(id) ?? { filter: "", with: "", without: "" };
      if (on === false) interests.delete(id);
      else interests.set(id, { ...before, ...fields, id, title });
    }
    const sorted = [...interests.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
    this.send({ type: "interests", interests: sorted, isElsewhere: false });
  }

  get model(): Model {
    return this.store.getModel();
  }

  send(message: Message): this {
    this.store.dispatch(message);
    return this;
  }

  /** Types what a terminal would send: `jj`, `\r`, `\x1b[A`. */
  type(text: string): this {
    const decoder = new KeyDecoder();
    const keys: Key[] = [...decoder.push(text), ...decoder.flush()];
    for (const key of keys) this.send({ type: "key", key });
    return this;
  }

  /** Title of the paper under the cursor. */
  get current(): string | null {
    const at = this.model.shown[this.model.cursor];
    return at === undefined ? null : this.model.listing.paper(at).title;
  }

  /** Titles of the rows. */
  get rows(): string[] {
    return Array.from(this.model.shown, (at) => this.model.listing.paper(at).title);
  }

  /** The effects since the last look. */
  take(): Effect[] {
    return this.effects.splice(0);
  }

  /** Marks papers without going through keys. */
  marked(field: "read" | "starred" | "later", ...titles: string[]): this {
    const { listing } = this.model;
    const marks = Uint8Array.from(this.model.marks);
    for (const title of titles) {
      const at = Array.from({ length: listing.size }, (_, i) => i).find(
        (i) => listing.paper(i).title === title,
      );
      if (at === undefined) throw new Error(`no paper ${title}`);
      marks[at] = withMark(marks[at] as number, field, true);
    }
    return this.send({ type: "loaded", listing, marks });
  }
}
