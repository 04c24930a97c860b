import { today, userDirectories } from "../../../app/environment.js";
import { problemText } from "../../../app/loading/listing-problems.js";
import { Opener } from "../../../app/loading/reading.js";
import { marksOf, openMarks } from "../../../app/marks-of.js";
import type { Library } from "../../../library/library.js";
import { SeenPapers } from "../../../library/papers-seen.js";
import { type Interest, interestId, interestKind, nameOf } from "../../../papers/interests/interest.js";
import type { Listing } from "../../../papers/listing.js";
import type { PaperChange } from "../../../papers/marks.js";
import { Caches } from "../../../reader/caches.js";
import { countsOfPapers } from "../../../reader/interests/counts.js";
import { judgeNow } from "../../../reader/interests/judging.js";
import { ending, longestName, nameFault } from "../../../reader/interests/saving.js";
import { watchesOf } from "../../../search/interests/judge.js";
import { thisMachine } from "../../../settings/machine.js";
import { readConfig } from "../../../settings/settings.js";
import { graphemes } from "../../../text/cells.js";
import { clean } from "../../../text/clean.js";
import { nearest } from "../../../text/did-you-mean.js";
import { jsonForPrinting } from "../../../text/shown.js";
import { type Invocation, UsageError } from "../../arguments/arguments.js";
import { print } from "../../print.js";
import { scriptQuery } from "../../script-query.js";
import { sayWaiting } from "../open.js";

type WatchInvocation = Extract<Invocation, { verb: "watch" }>;

/** Saves, removes or lists watches. Resolves to the exit code: 1 if there is no watch of that name. */
export async function watch(invocation: WatchInvocation): Promise<number> {
  switch (invocation.act) {
    case "add":
      return add(invocation.name, invocation.filter);
    case "remove":
      return remove(invocation.name);
    case "list":
      return list(invocation);
  }
}

/** The name of a watch from an argument, with single spaces and without control characters. */
function titleOf(name: string): string {
  const title = clean(name).trim().replace(/\s+/g, " ");
  const fault = nameFault(title);
  if (fault !== null) throw new UsageError(fault);
  if (graphemes(title).length > longestName)
    throw new UsageError(`the name of a watch has at most ${longestName} letters`);
  return title;
}

function openWatches(): { readonly library: Library; readonly known: readonly Interest[] } {
  const { library, problems } = openMarks();
  for (const problem of problems) process.stderr.write(`papers-tui: ${problem}\n`);
  return { library, known: library.interests().filter(({ id }) => interestKind(id) === "watch") };
}

function add(name: string, given: string): number {
  const title = titleOf(name);
  const id = interestId("watch", title);
  const { library, known } = openWatches();
  const filter = clean(given).trim();
  // A watch cannot name itself.
  scriptQuery(filter, watchesOf(known.filter((one) => one.id !== id)), "watch add");
  const before = known.find((one) => one.id === id);
  if (before?.filter === filter && before.title === title) return said(title, "saved already");
  const change = { paper: id, title, on: true, filter };
  const isNew = before === undefined;
  return (
    recorded(library, `watch “${title}” ${isNew ? "saved" : "replaced"}`, change) ??
    said(title, isNew ? "saved" : "changed")
  );
}

function remove(name: string): number {
  const title = clean(name).trim().replace(/\s+/g, " ");
  const { library, known } = openWatches();
  const found = known.find(({ id }) => id === interestId("watch", title));
  if (found === undefined) {
    const close = nearest(
      nameOf(title),
      known.map(({ id }) => id.slice("watch:".length)),
    );
    const meant = close === null ? "" : `; did you mean “${close}”?`;
    process.stderr.write(`papers-tui: there is no watch “${title}”${meant}\n`);
    return 1;
  }
  return recorded(library, `watch “${found.title}” removed`, ending(found)) ?? said(found.title, "removed");
}

/** Writes a change to the journal; the exit code if that fails, otherwise `null`. */
function recorded(library: Library, label: string, change: PaperChange): number | null {
  const { error } = library.record(label, [change]);
  if (error === null) return null;
  process.stderr.write(`papers-tui: ${error}\n`);
  return 2;
}

function said(title: string, what: string): number {
  process.stdout.write(`${clean(title)}\t${what}\n`);
  return 0;
}

/** A watch, and how many papers of a listing it finds, without those that are muted. */
interface ListedWatch {
  readonly name: string;
  readonly filter: string;
  readonly total: number;
  readonly unread: number;
}

async function list({ sources, options }: Extract<WatchInvocation, { act: "list" }>): Promise<number> {
  const { library, known } = openWatches();
  const config = readConfig(userDirectories().config, Date.now);
  for (const problem of config.problems) process.stderr.write(`papers-tui: ${clean(problem)}\n`);
  const opener = new Opener(config.settings, options.date);
  // Without watches there is nothing to read a listing for.
  const listing =
    known.length === 0
      ? null
      : await opener.read(sources, options.limit, { progress: () => {}, waiting: sayWaiting });
  const watches = listing === null ? [] : listedWatches(library, listing);
  if (options.json) await print([jsonForPrinting(`${JSON.stringify(watches)}\n`)]);
  else
    await print(
      watches.map(
        ({ name, filter, total, unread }) => `${[clean(name), total, unread, clean(filter)].join("\t")}\n`,
      ),
    );
  const unread = listing?.problems.filter(({ isWholeSource }) => isWholeSource) ?? [];
  for (const problem of unread) process.stderr.write(`papers-tui: ${problemText(problem)}\n`);
  return unread.length > 0 ? 2 : 0;
}

function listedWatches(library: Library, listing: Listing): readonly ListedWatch[] {
  const seen = new SeenPapers(userDirectories().state, thisMachine(), Date.now);
  const interests = library.interests();
  const found = judgeNow(
    { caches: new Caches(), interests, today: today() },
    listing,
    marksOf(listing, library, seen),
  );
  return found.judged.held
    .filter(({ interest }) => interestKind(interest.id) === "watch")
    .map(({ interest: { title, filter }, papers }) => ({
      name: title,
      filter,
      ...countsOfPapers(papers, found.marks),
    }));
}
