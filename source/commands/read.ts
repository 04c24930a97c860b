import { resolve } from "node:path";
import { readConfig, type Settings } from "../library/settings.js";
import { type Listing, makeListing } from "../papers/listing.js";
import {
  isPipedIn,
  openSources,
  readStdin,
  type Source,
  SourceError,
  sourceName,
  toSource,
} from "../sources/source.js";
import { clean } from "../text/clean.js";
import type { Invocation } from "./arguments.js";
import { type Days, daysOf } from "./days.js";
import type { Standing } from "./effects.js";
import { today, userDirectories } from "./environment.js";
import { anyRemote, endpoints, fetched, kept, makeFetcher, noAnswer } from "./remote.js";

type Reading = Extract<Invocation, { verb: "browse" | "list" }>;

/** Said where the sample stands in for what could not be opened at once. */
const standInNotice = "nothing was fetched yet: this is the bundled sample while today's papers are fetched";

/**
 * Reads listings: on the screen where standard output is a terminal that can have one, and printed
 * everywhere else. Resolves to the exit code.
 */
export async function read({ verb, sources: named, options }: Reading): Promise<number> {
  const config = readConfig(userDirectories().config, Date.now);
  const sources = toSources(named, config.settings);
  const stdin = sources.some((one) => one.kind === "stdin") ? await readStdin() : null;
  const reading = { today: today(), date: options.date };
  const isScreen = verb === "browse" && process.stdout.isTTY && process.env.TERM !== "dumb";
  const isRemote = anyRemote(sources);
  const fetcher = isRemote ? await makeFetcher(isScreen ? () => {} : sayWaiting) : null;
  const answer = fetcher ? fetched(fetcher) : noAnswer;
  const open = (from: readonly Source[]) => openSources(from, reading, { stdin, answer });
  if (!isScreen) {
    const { list } = await import("./list.js");
    for (const problem of config.problems) process.stderr.write(`papers-tui: ${clean(problem)}\n`);
    return list(await open(sources), options);
  }
  // Nothing waits for the network before it draws: what is kept comes first, the rest behind it.
  const start: AtOnce = fetcher
    ? await atOnce(() => openSources(sources, reading, { stdin, answer: kept(fetcher) }), sources, named)
    : { listing: await open(sources), standing: "current", notice: null };
  const isSettled = sources.every((one) => one.kind !== "remote" || fetcher?.isSettled(one.listing));
  const days = daysFrom(sources, start, config.settings, open);
  const { browse } = await import("./browse.js");
  return browse({
    name: sources.map(placeName).join("\n"),
    keepsPlace: stdin === null,
    listing: start.listing,
    load: () => open(days?.current() ?? sources),
    walk: days?.walk ?? null,
    standing: start.standing === "kept" && isSettled ? "current" : start.standing,
    config,
    options,
    notice: start.notice,
  });
}

/** The way through the days of a source that has them. */
function daysFrom(
  sources: readonly Source[],
  { listing, standing }: AtOnce,
  { arxivEndpoint }: Settings,
  open: (sources: readonly Source[]) => Promise<Listing>,
): Days | null {
  const [only, ...others] = sources;
  if (only?.kind !== "remote" || others.length > 0 || !only.listing.hasDays) return null;
  const shown = only.listing.settled ?? (standing === "stand-in" ? null : listing.day) ?? today();
  const places = endpoints(arxivEndpoint);
  return daysOf(sources, shown, today(), (day) => toSource(`daily:${day}`, places), open);
}

/** The sources that are named, else a pipe, else that of the settings. */
function toSources(named: readonly string[], { source, arxivEndpoint }: Settings): Source[] {
  if (named.length === 0 && isPipedIn()) return [{ kind: "stdin" }];
  const places = endpoints(arxivEndpoint);
  return (named.length > 0 ? named : [source]).map((one) => toSource(one, places));
}

interface AtOnce {
  readonly listing: Listing;
  readonly standing: Standing;
  readonly notice: string | null;
}

/** What can be shown before anything is fetched: what is kept, else the sample or nothing. */
async function atOnce(
  open: () => Promise<Listing>,
  sources: readonly Source[],
  named: readonly string[],
): Promise<AtOnce> {
  try {
    return { listing: await open(), standing: "kept", notice: null };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
  }
  if (named.length === 0) {
    const supplies = { stdin: null, answer: noAnswer };
    const listing = await openSources([{ kind: "sample" }], { today: today() }, supplies);
    return { listing, standing: "stand-in", notice: standInNotice };
  }
  const name = sources.map(sourceName).join(" + ");
  const listing = makeListing(name, { papers: [], day: null, problems: [] });
  return { listing, standing: "stand-in", notice: `fetching ${name} …` };
}

/** What the place in a listing is kept by. */
function placeName(source: Source): string {
  if (source.kind === "file") return resolve(source.path);
  return source.kind === "remote" ? source.listing.address : source.kind;
}

function sayWaiting(milliseconds: number, why: string): void {
  if (milliseconds < 1_000) return;
  process.stderr.write(`papers-tui: ${why}; trying again in ${Math.round(milliseconds / 1_000)} s\n`);
}
