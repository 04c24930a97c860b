import type { Library } from "../../library/library.js";
import { textIdOf } from "../../papers/identity.js";
import type { KeepingLimits } from "../../sources/parse/text-thread.js";
import type { TextOptions } from "../../sources/texts/requests.js";
import { TextCache } from "../../sources/texts/text-cache.js";
import { clean } from "../../text/clean.js";
import { BackgroundFetches, type BackgroundPace } from "./background-fetches.js";

/** Even a page of 10 MB takes only a few seconds and 500 MB. */
export const usualLimits: KeepingLimits = { longest: 30_000, memory: 1_024, packed: 8 * 1024 * 1024 };

/**
 * Fetches the texts of papers that were starred or kept for later, so that they can be read without a network.
 * @param say called where a text could not be kept
 * @param limits a page beyond them counts as one without a text
 */
export function backgroundTexts(
  library: Pick<Library, "bits" | "marked">,
  options: TextOptions,
  say: (text: string, tone: "warning") => void,
  pace?: BackgroundPace,
  limits = usualLimits,
): BackgroundFetches {
  const isMissing = (paper: string) => {
    const id = textIdOf({ id: paper });
    return id !== null && !new TextCache(options.cacheDirectory).isAnswered(id, options.now());
  };
  const fetch = async (paper: string, signal: AbortSignal) => {
    const { fetchText } = await import("../../sources/texts/fetch-text.js");
    try {
      const id = textIdOf({ id: paper }) as string;
      const found = await fetchText(id, options, { signal, background: limits });
      if (found.ok && found.notKept !== null) say(clean(found.notKept), "warning");
      return found.ok || found.isAnswer;
    } catch (error) {
      if (signal.aborted) throw error;
      return false;
    }
  };
  const missing = async (papers: readonly string[]) => papers.filter(isMissing);
  return new BackgroundFetches(library, { missing, fetch }, pace);
}
