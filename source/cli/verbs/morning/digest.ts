import { randomBytes } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { today, userDirectories } from "../../../app/environment.js";
import { PassedPapers } from "../../../app/interest/passed-papers.js";
import { addDays } from "../../../app/loading/days.js";
import { morning, Opener } from "../../../app/loading/reading.js";
import { marksOf, openMarks } from "../../../app/marks-of.js";
import type { Digest } from "../../../exports/digest/digest.js";
import { writeDigest } from "../../../exports/digest/index.js";
import { SeenPapers } from "../../../library/papers-seen.js";
import { showDay } from "../../../reader/detail/page-content.js";
import { thisMachine } from "../../../settings/machine.js";
import { readConfig } from "../../../settings/settings.js";
import { clean } from "../../../text/clean.js";
import type { Invocation } from "../../arguments/arguments.js";
import { print } from "../../print.js";
import { sayWaiting } from "../open.js";
import { digestSections } from "./digest-sections.js";

/** Papers read of a listing that has no end: more than a day of arXiv's largest categories. */
const mostPapers = 500;

/**
 * Prints what is new in the sources, or in the morning. Resolves to the exit code: 1 without any output where
 * nothing is new, 2 where a source could not be read.
 */
export async function digest({
  sources,
  since,
  format,
  to,
  options,
}: Extract<Invocation, { verb: "digest" }>): Promise<number> {
  const { config: configDirectory, state, cache } = userDirectories();
  const config = readConfig(configDirectory, Date.now);
  const { library, problems } = openMarks();
  const seen = new SeenPapers(state, thisMachine(), Date.now);
  for (const problem of [...config.problems, ...problems, ...seen.problems])
    process.stderr.write(`papers-tui: ${clean(problem)}\n`);
  const opener = new Opener(config.settings, options.date);
  // Under cron standard input is a pipe, and not what is to be read.
  const named = sources.length > 0 ? sources : [morning];
  const listing = await opener.read(named, mostPapers, { progress: () => {}, waiting: sayWaiting });
  const failed = listing.problems.filter(
    ({ line, isWholeSource, isRemark }) => (line === null && !isRemark) || isWholeSource,
  );
  for (const { message } of failed) process.stderr.write(`papers-tui: ${clean(message)}\n`);
  const isUnreadable = listing.problems.some(({ isWholeSource }) => isWholeSource);
  const now = today();
  const sections = digestSections({
    listing,
    marks: marksOf(listing, library, seen),
    library,
    seen,
    passed: new PassedPapers(cache),
    stateDirectory: state,
    today: now,
    since: firstDay(since, now),
  });
  if (sections.length === 0) {
    // Under cron this is silent; a person who waited gets an answer.
    if (process.stdout.isTTY && !isUnreadable) process.stderr.write("papers-tui: nothing new\n");
    return isUnreadable ? 2 : 1;
  }
  const made: Digest = {
    title: `Papers of ${showDay(now)}`,
    at: Date.now(),
    sections,
    problems: failed.map(({ message }) => message),
  };
  const envelope = { from: ownAddress(), to, unique: randomBytes(12).toString("hex") };
  await print([writeDigest(made, format, envelope)]);
  return isUnreadable ? 2 : 0;
}

/**
 * The first day of what is new, `YYYY-MM-DD`; `null` for what was on the screen in no visit. As sources have no
 * papers at weekends, "yesterday" on a Sunday or Monday is Friday.
 */
export function firstDay(since: string, now: string): string | null {
  if (since === "visit") return null;
  const [, count, unit] = /^(\d+)([dw])$/.exec(since) ?? [];
  if (count !== undefined) return addDays(now, -Number(count) * (unit === "w" ? 7 : 1));
  if (since !== "yesterday") return since;
  const weekday = new Date(`${now}T00:00:00Z`).getUTCDay();
  return addDays(now, weekday === 0 ? -2 : weekday === 1 ? -3 : -1);
}

/** Whom a mail is from: this user at this machine. Names that an address cannot have are left out. */
function ownAddress(): string {
  const atom = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9.-]+/g, "")
      .replace(/^[.-]+|[.-]+$|\.(?=\.)/g, "");
  return `${atom(userName()) || "papers-tui"}@${atom(hostname()) || "localhost"}`;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // This user has no entry in the system's list.
    return "";
  }
}
