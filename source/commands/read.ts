import { resolve } from "node:path";
import { readConfig } from "../library/settings.js";
import { isPipedIn, openSources, readStdin, type Source, toSource } from "../sources/source.js";
import type { Invocation } from "./arguments.js";
import { today, userDirectories } from "./environment.js";

type Reading = Extract<Invocation, { verb: "browse" | "list" }>;

/** Said where nothing was named and nothing of the reader's is there to open. */
const sampleNotice = "this is the bundled sample · papers-tui FILE reads your own · ? lists the keys";

/**
 * Reads listings: on the screen where standard output is a terminal that can have one, and printed
 * everywhere else. Resolves to the exit code.
 */
export async function read({ verb, sources: named, options }: Reading): Promise<number> {
  const { sources, notice } = named.length > 0 ? { sources: named.map(toSource), notice: null } : unnamed();
  const stdin = sources.some((one) => one.kind === "stdin") ? await readStdin() : null;
  const load = () => openSources(sources, { today: today(), date: options.date }, stdin);
  if (verb === "list" || !process.stdout.isTTY || process.env.TERM === "dumb") {
    const { list } = await import("./list.js");
    return list(await load(), options);
  }
  const { browse } = await import("./browse.js");
  const name = sources.map((one) => (one.kind === "file" ? resolve(one.path) : one.kind)).join("\n");
  return browse({ name, keepsPlace: stdin === null, load, options, notice });
}

/** What is read where no source was named: a pipe, else the source of the settings, else the sample. */
function unnamed(): { sources: Source[]; notice: string | null } {
  if (isPipedIn()) return { sources: [{ kind: "stdin" }], notice: null };
  const { source } = readConfig(userDirectories().config, Date.now).settings;
  // Out of the box this is "daily", which nothing can fetch yet: the sample stands in and says so.
  if (source === "daily" || source === "sample")
    return { sources: [{ kind: "sample" }], notice: sampleNotice };
  return { sources: [toSource(source)], notice: null };
}
