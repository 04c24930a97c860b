import type { Library } from "../../library/library.js";
import type { SeenPapers } from "../../library/papers-seen.js";
import type { Message } from "../../reader/messages.js";
import type { Notice } from "../../reader/model.js";
import type { Settings } from "../../settings/settings.js";
import { SourceError } from "../../sources/source.js";
import type { Opener } from "../loading/reading.js";
import {
  countSource,
  isSameSubscription,
  saveSubscriptions,
  subscriptionOf,
} from "../loading/subscriptions.js";

export interface HomeContext {
  readonly opener: Opener;
  readonly library: Library;
  readonly seen: SeenPapers;
  readonly settings: Pick<Settings, "arxivEndpoint" | "source">;
  readonly dispatch: (message: Message) => void;
  /** Whether the morning is the listing on the screen. */
  readonly isMorning: () => boolean;
  readonly say: (text: string, tone: Notice["tone"]) => void;
}

/** What the panel of sources shows of them, and what the morning is made of. */
export class HomePanel {
  readonly #context: HomeContext;
  #run = 0;

  constructor(context: HomeContext) {
    this.#context = context;
  }

  /** Counts the papers of sources one after the other, until it is asked again; no key waits for it. */
  async countPapers(names: readonly string[]): Promise<void> {
    this.#run += 1;
    const run = this.#run;
    for (const name of names) {
      await new Promise((done) => setImmediate(done));
      if (run !== this.#run) return;
      await this.#count(name);
    }
  }

  async #count(name: string): Promise<void> {
    const { opener, library, seen, dispatch } = this.#context;
    const { total, unread, new: fresh, asked, isGone } = await countSource(name, opener, library, seen);
    const read = asked === null ? null : whenText(asked, new Date());
    const known = { name, total, unread, fresh, read };
    dispatch({ type: "home", known: isGone ? { ...known, isGone } : known });
  }

  /** Adds sources to the morning, one a line, or takes them out if all of them are in it. */
  async subscribe(names: string): Promise<void> {
    const { opener, settings, dispatch, isMorning, say } = this.#context;
    const seeIt = isMorning() ? " · r reads the list again" : "";
    let after: readonly string[] = [];
    let said = "";
    let sources: readonly string[] = [];
    try {
      sources = names.split("\n").map((name) => {
        const isThere = opener.subscriptions.some((one) => isSameSubscription(one, name));
        // What is not a source any more can still be taken out.
        return isThere ? name : subscriptionOf(name, settings.arxivEndpoint);
      });
      const listed = sources.join(" and ");
      const error = await saveSubscriptions((before) => {
        const isIn = (source: string) => before.some((one) => isSameSubscription(one, source));
        const isRemoved = sources.every(isIn);
        const others = before.filter((one) => !sources.some((source) => isSameSubscription(one, source)));
        // What opened without a morning goes on to be in it.
        const first =
          before.length === 0 && !sources.some((source) => isSameSubscription(settings.source, source));
        const missing = sources.filter((source) => !isIn(source));
        after = isRemoved ? others : [...(first ? [settings.source] : before), ...missing];
        said = isRemoved
          ? `taken out of your morning: ${listed}${seeIt}`
          : `added to your morning: ${listed}${first ? `, beside ${settings.source}` : ""}${seeIt || " · the same again takes it out"}`;
        return after;
      });
      if (error !== null) return say(error, "error");
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      return say(error.message, "warning");
    }
    opener.subscriptions = after;
    dispatch({ type: "home", subscriptions: after });
    say(said, "info");
    for (const source of after) if (sources.includes(source)) await this.#count(source);
  }
}

/** A moment as people say it: "08:24" today, "yesterday", "3 Nov", "3 Nov 2025". */
function whenText(at: number, now: Date): string {
  const then = new Date(at);
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  const two = (number: number) => String(number).padStart(2, "0");
  if (days === 0) return `${two(then.getHours())}:${two(then.getMinutes())}`;
  if (days === 1) return "yesterday";
  const month = then.toLocaleString("en", { month: "short" });
  const year = then.getFullYear() === now.getFullYear() ? "" : ` ${then.getFullYear()}`;
  return `${then.getDate()} ${month}${year}`;
}
