import { userDirectories } from "../../../app/environment.js";
import { problemText } from "../../../app/loading/listing-problems.js";
import { Opener } from "../../../app/loading/reading.js";
import { openMarks } from "../../../app/marks-of.js";
import { noteId } from "../../../papers/interests/interest.js";
import type { PaperChange } from "../../../papers/marks.js";
import type { Paper } from "../../../papers/paper.js";
import { readConfig } from "../../../settings/settings.js";
import { counted, thousands } from "../../../text/numbers.js";
import type { Invocation } from "../../arguments/arguments.js";
import { sayWaiting } from "../open.js";

/**
 * Lets the ranking learn from the papers of sources, such as one's own bibliography: each gets a note in the
 * journal, which merges and can be undone like a mark, and its data is kept like that of a starred paper. Resolves
 * to the exit code: 1 if there was no paper.
 */
export async function learn({ sources, options }: Extract<Invocation, { verb: "learn" }>): Promise<number> {
  const { settings } = readConfig(userDirectories().config, Date.now);
  const opener = new Opener(settings, options.date);
  const listing = await opener.read(sources, options.limit, { progress: () => {}, waiting: sayWaiting });
  for (const problem of listing.problems) process.stderr.write(`papers-tui: ${problemText(problem)}\n`);
  if (listing.size === 0) {
    process.stderr.write("papers-tui: no papers to learn from\n");
    return 1;
  }
  const { library, problems } = openMarks();
  for (const problem of problems) process.stderr.write(`papers-tui: ${problem}\n`);
  const wanted = library.wanted();
  const fresh: Paper[] = [];
  for (let at = 0; at < listing.size; at += 1) {
    if (!wanted.has(listing.id(at))) fresh.push(listing.paper(at));
  }
  const changes = fresh.map(
    ({ id, title }): PaperChange => ({ paper: noteId("learned", id), title, on: true }),
  );
  const { error } = library.record(`learned from ${counted(fresh.length, "paper")}`, changes, fresh);
  if (error !== null) {
    process.stderr.write(`papers-tui: ${error}\n`);
    return 2;
  }
  const known = listing.size - fresh.length;
  const beside = known === 0 ? "" : `, ${thousands(known)} known before`;
  process.stdout.write(`learned from ${counted(fresh.length, "paper")}${beside}\n`);
  return 0;
}
