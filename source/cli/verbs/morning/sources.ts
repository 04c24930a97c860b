import { userDirectories } from "../../../app/environment.js";
import { Opener } from "../../../app/loading/reading.js";
import {
  countSource,
  isSameSubscription,
  type SourceCounts,
  saveSubscriptions,
  subscriptionOf,
} from "../../../app/loading/subscriptions.js";
import { openMarks } from "../../../app/marks-of.js";
import { SeenPapers } from "../../../library/papers-seen.js";
import { defaultSources } from "../../../reader/panels/default-sources.js";
import { meaningsOf } from "../../../reader/panels/meanings.js";
import { thisMachine } from "../../../settings/machine.js";
import { type Config, readConfig } from "../../../settings/settings.js";
import { SourceError } from "../../../sources/source.js";
import { clean } from "../../../text/clean.js";
import { nearest } from "../../../text/did-you-mean.js";
import { thousands } from "../../../text/numbers.js";
import { jsonForPrinting } from "../../../text/shown.js";
import { type Invocation, MistypedError } from "../../arguments/arguments.js";
import { print } from "../../print.js";

type SourcesInvocation = Extract<Invocation, { verb: "sources" }>;

/** Adds, removes or lists the sources of the morning. Resolves to the exit code. */
export async function changeMorning(invocation: SourcesInvocation): Promise<number> {
  const config = readConfig(userDirectories().config, Date.now);
  for (const problem of config.problems) process.stderr.write(`papers-tui: ${clean(problem)}\n`);
  switch (invocation.act) {
    case "add":
      return add(invocation.names, config);
    case "remove":
      return remove(invocation.names);
    case "list":
      return list(config, invocation.json);
  }
}

/** Adds all of the sources, or none where one of them is no source. */
async function add(names: readonly string[], { settings }: Config): Promise<number> {
  const wanted = names.map((name) => understood(name, settings.arxivEndpoint));
  const said: string[] = [];
  const error = await saveSubscriptions((before) => {
    const after = [...before];
    for (const source of wanted) {
      const isThere = after.some((one) => isSameSubscription(one, source));
      if (!isThere) after.push(source);
      said.push(`${clean(source)}\t${isThere ? "is there already" : "added"}\n`);
    }
    return after.length === before.length ? null : after;
  });
  return finished(said, error);
}

function understood(name: string, arxivEndpoint: string): string {
  try {
    return subscriptionOf(name, arxivEndpoint);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const close = nearest(
      name,
      defaultSources.map((one) => one.name),
    );
    const [first] = meaningsOf(name.trim(), null);
    const meant = close ?? (first?.chosen?.type === "source" ? first.chosen.name : null);
    throw new MistypedError(`${error.message}${meant === null ? "" : `; did you mean ${meant}?`}`);
  }
}

/** Removes all of the sources, or none where one of them is not there. */
async function remove(names: readonly string[]): Promise<number> {
  const said: string[] = [];
  let missing: MistypedError | null = null;
  const error = await saveSubscriptions((before) => {
    let after = [...before];
    for (const name of names) {
      if (!after.some((one) => isSameSubscription(one, name))) {
        missing = notThere(name, before);
        return null;
      }
      after = after.filter((one) => !isSameSubscription(one, name));
      said.push(`${clean(name)}\tremoved\n`);
    }
    return after;
  });
  if (missing !== null) throw missing;
  return finished(said, error);
}

function notThere(name: string, sources: readonly string[]): MistypedError {
  if (sources.length === 0)
    return new MistypedError("the morning has no sources yet; add one with papers-tui sources add");
  const wanted = name.toLowerCase();
  // Of a path or an address people remember the last part.
  const close = sources.find((one) => one.toLowerCase().includes(wanted)) ?? nearest(name, sources);
  const meant = close ? `did you mean ${close}?` : `it has ${sources.join(", ")}`;
  return new MistypedError(`“${name}” is not part of the morning; ${meant}`);
}

function finished(said: readonly string[], error: string | null): number {
  if (error !== null) {
    process.stderr.write(`papers-tui: ${clean(error)}\n`);
    return 2;
  }
  process.stdout.write(said.join(""));
  return 0;
}

/** Prints each source with what of it is on this machine; no server is asked. */
async function list({ settings }: Config, asJson: boolean): Promise<number> {
  const { library, problems } = openMarks();
  for (const problem of problems) process.stderr.write(`papers-tui: ${problem}\n`);
  const seen = new SeenPapers(userDirectories().state, thisMachine(), Date.now);
  const opener = new Opener(settings, undefined);
  const counts: SourceCounts[] = [];
  for (const source of settings.sources) counts.push(await countSource(source, opener, library, seen));
  if (asJson) {
    const written = counts.map(({ isGone, isUnloaded, asked, ...one }) => ({
      ...one,
      asked: asked === null ? null : new Date(asked).toISOString(),
      ...(isGone && { gone: true }),
    }));
    await print([jsonForPrinting(`${JSON.stringify(written)}\n`)]);
    return 0;
  }
  if (counts.length === 0)
    process.stderr.write(
      `papers-tui: the morning has no sources yet, so ${clean(settings.source)} opens; add one with papers-tui sources add\n`,
    );
  await print(
    counts.map(({ source, unread, new: fresh, isGone, isUnloaded }) => {
      const known = `${thousands(unread)} unread\t${thousands(fresh)} new`;
      const said = isGone ? "there is no such file" : isUnloaded ? "nothing loaded yet" : known;
      return `${clean(source)}\t${said}\n`;
    }),
  );
  return 0;
}
