import { userDirectories } from "../../app/environment.js";
import { Opener } from "../../app/loading/reading.js";
import { isOutputRead } from "../../app/output/export-target.js";
import { readConfig } from "../../settings/settings.js";
import { SourceError } from "../../sources/source.js";
import { clean } from "../../text/clean.js";
import type { Invocation } from "../arguments/arguments.js";

/**
 * Shows listings on the screen if standard output is a terminal that supports it, and prints them otherwise.
 * Resolves to the exit code.
 */
export async function read(
  invocation: Extract<Invocation, { verb: "browse" | "list" | "export" }>,
): Promise<number> {
  const { verb, sources, options } = invocation;
  const config = readConfig(userDirectories().config, Date.now);
  const opener = new Opener(config.settings, options.date);
  if (verb === "browse" && process.stdout.isTTY && process.env.TERM !== "dumb") {
    const reading = await opener.open(sources);
    const { browse } = await import("../../app/browse.js");
    return browse({
      reading,
      opener,
      open: (named) => opener.open(named),
      openFiles: () => opener.openFiles,
      readPaper: (arxiv, watched) => opener.readPaper(arxiv, watched),
      config,
      options,
    });
  }
  if (options.filter !== "") {
    // Before anything is read or fetched.
    const { scriptQuery, watchesHere } = await import("../script-query.js");
    scriptQuery(options.filter, watchesHere(options.filter));
  }
  for (const problem of config.problems) process.stderr.write(`papers-tui: ${clean(problem)}\n`);
  const listing = await opener.read(sources, options.limit, { progress: () => {}, waiting: sayWaiting });
  if (isOutputRead(opener.openFiles)) {
    throw new SourceError("standard output goes to a file that is being read; write to another one");
  }
  if (invocation.verb === "export") {
    const { exportListing } = await import("./export.js");
    return exportListing(listing, invocation.options, opener.openFiles);
  }
  const { list } = await import("./list.js");
  return list(listing, options);
}

/** Says that a server wants us to wait, on standard error. */
export function sayWaiting(milliseconds: number, why: string): void {
  if (milliseconds < 1_000) return;
  process.stderr.write(`papers-tui: ${why} in ${Math.round(milliseconds / 1_000)} s\n`);
}
