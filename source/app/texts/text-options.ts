import type { Settings } from "../../settings/settings.js";
import type { TextOptions } from "../../sources/texts/requests.js";
import { userDirectories } from "../environment.js";
import { endpoints } from "../loading/remote-sources.js";
import { version } from "../version.js";

/** Where texts of papers are asked for and kept, for this user. */
export function textOptions(settings: Settings): TextOptions {
  const { arxivEndpoint, arxivSite, biorxivEndpoint, europePmcEndpoint, keepText } = settings;
  return {
    arxivSite,
    biorxiv: biorxivEndpoint,
    europePmc: europePmcEndpoint,
    huggingFace: endpoints(arxivEndpoint).huggingFace,
    userAgent: `papers-tui/${version}`,
    cacheDirectory: userDirectories().cache,
    keeps: keepText !== "never",
    now: Date.now,
  };
}
