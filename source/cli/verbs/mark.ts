import { text } from "node:stream/consumers";
import { openMarks } from "../../app/marks-of.js";
import { makeListing } from "../../papers/listing.js";
import { hasMark, type MarkField, type PaperChange } from "../../papers/marks.js";
import { isPipedIn } from "../../sources/source.js";
import { clean } from "../../text/clean.js";
import { thousands } from "../../text/numbers.js";
import { type Invocation, type MarkAct, UsageError } from "../arguments/arguments.js";
import { knownPapers, paperId } from "../lookup.js";

interface Deed {
  readonly field: MarkField;
  readonly on: boolean;
  /** The labels of the actions in the journal, which undo shows. */
  readonly label: string;
}

const deeds: Readonly<Record<MarkAct, Deed>> = {
  read: { field: "read", on: true, label: "marked read" },
  unread: { field: "read", on: false, label: "marked unread" },
  star: { field: "starred", on: true, label: "starred" },
  unstar: { field: "starred", on: false, label: "unstarred" },
  later: { field: "later", on: true, label: "to read later" },
  unlater: { field: "later", on: false, label: "no longer to read later" },
};

/**
 * Marks papers by their ids, from the arguments or standard input, one a line. Prints a line for each once the
 * marks are on disk. Returns the exit code: 2 if an id is invalid, or the marks could not be written.
 */
export async function mark({ act, ids: given }: Extract<Invocation, { verb: "mark" }>): Promise<number> {
  const { field, on, label } = deeds[act];
  const named = given.length > 0 ? given : await pipedIds();
  if (named.length === 0)
    throw new UsageError(`mark ${act} needs ids, as arguments or one a line on standard input`);
  const ids = new Set<string>();
  let code = 0;
  for (const one of named) {
    const id = paperId(one);
    if (id !== null) ids.add(id);
    else {
      process.stderr.write(`papers-tui: “${clean(one)}” is not an arXiv id, DOI or address of a paper\n`);
      code = 2;
    }
  }
  const { library, problems } = openMarks();
  for (const problem of problems) process.stderr.write(`papers-tui: ${problem}\n`);
  const known = await knownPapers(ids);
  // The data of a paper may match marks under another identity.
  library.attachListing(makeListing("", { papers: [...known.values()], day: null, problems: [] }));
  const changed = [...ids].filter((id) => hasMark(library.bits(id), field) !== on);
  const papers = changed.map(
    (id): PaperChange => ({ paper: id, title: known.get(id)?.title ?? "", [field]: on }),
  );
  const keep = on && field !== "read" ? [...known.values()].filter(({ id }) => changed.includes(id)) : [];
  const what = papers.length === 1 ? label : `${thousands(papers.length)} ${label}`;
  const { error } = library.record(what, papers, keep);
  if (error !== null) {
    process.stderr.write(`papers-tui: ${error}\n`);
    return 2;
  }
  for (const id of ids) {
    const title = known.get(id)?.title;
    const note = changed.includes(id) ? label : `${label} already`;
    process.stdout.write(`${[id, note, ...(title ? [title] : [])].join("\t")}\n`);
  }
  return code;
}

/** The ids on standard input, one a line; skips blank lines and comments (`#`). */
async function pipedIds(): Promise<string[]> {
  if (!isPipedIn()) return [];
  const lines = (await text(process.stdin)).split(/\r?\n/);
  return lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
}
