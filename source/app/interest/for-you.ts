import { readActivity } from "../../library/activity.js";
import type { Library } from "../../library/library.js";
import type { Listing } from "../../papers/listing.js";
import type { FeatureName } from "../../ranking/terms.js";
import type { Effect, Message } from "../../reader/messages.js";
import { userDirectories } from "../environment.js";
import type { Searching } from "../search-client.js";
import { localDay } from "./days.js";
import { collectExamples } from "./examples.js";
import { PassedPapers } from "./passed-papers.js";

export interface ForYouContext {
  readonly library: Library;
  readonly stateDirectory: string;
  readonly searching: Searching;
  /** The listing on the screen. */
  readonly listing: () => Listing;
  readonly dispatch: (message: Message) => void;
}

/** Of papers that are marked read in one go so many are remembered. */
const mostPassed = 100;

/** Carries out what the ranking and the figures ask of the world. */
export class ForYouEffects {
  readonly #context: ForYouContext;
  #rankings = 0;
  readonly #passed = new PassedPapers(userDirectories().cache);

  constructor(context: ForYouContext) {
    this.#context = context;
  }

  /** Ranks the listing on the screen in the search's thread. */
  rank(struck: readonly FeatureName[]): void {
    const { library, stateDirectory, searching, listing } = this.#context;
    const shown = listing();
    this.#rankings += 1;
    const ranking = this.#rankings;
    const steps = collectExamples(library, this.#passed, stateDirectory, shown);
    const go = () => {
      if (shown !== listing() || ranking !== this.#rankings) return;
      const { done, value } = steps.next();
      if (done) searching.rank(shown, value, struck);
      else setImmediate(go);
    };
    // After the key that asked for it is drawn.
    setImmediate(go);
  }

  /** Remembers papers that were passed over. */
  pass({ papers, passed }: Extract<Effect, { type: "record" }>): void {
    if (passed === undefined) return;
    const listing = this.#context.listing();
    const found = papers
      .slice(0, mostPassed)
      .map(({ paper }) => listing.indexOf(paper))
      .filter((one) => one >= 0);
    this.#passed.add(
      found.map((one) => listing.paper(one)),
      passed,
    );
  }

  /** Reads how much was read by day. */
  activity(): void {
    const { stateDirectory, dispatch } = this.#context;
    setImmediate(() => {
      dispatch({ type: "activity", days: readActivity(stateDirectory, localDay).days });
    });
  }
}
