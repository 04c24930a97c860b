import { userDirectories } from "../../app/environment.js";
import { Opener } from "../../app/loading/reading.js";
import { openMarks } from "../../app/marks-of.js";
import { exportPaper } from "../../exports/index.js";
import { arxivId } from "../../papers/identity.js";
import { hasDetails, type Paper } from "../../papers/paper.js";
import { indexNamed } from "../../papers/same/join-doubles.js";
import { Caches } from "../../reader/caches.js";
import { pageOf } from "../../reader/detail/page-content.js";
import { readConfig } from "../../settings/settings.js";
import { SourceError } from "../../sources/source.js";
import { unwatched } from "../../sources/watched.js";
import { clean } from "../../text/clean.js";
import type { Invocation } from "../arguments/arguments.js";
import { knownPapers, paperId } from "../lookup.js";

/** The line width of text into a pipe, and the maximum on a terminal, in cells. */
const lineWidth = 80;

/**
 * Prints one paper: from the given sources, else from this machine's data, else from arXiv. Returns the exit
 * code: 1 if it is not found.
 */
export async function show({
  id: named,
  sources,
  format,
  options,
}: Extract<Invocation, { verb: "show" }>): Promise<number> {
  const id = paperId(named);
  if (id === null) {
    throw new SourceError(`“${clean(named)}” is not an arXiv id, DOI or address of a paper`);
  }
  const { settings } = readConfig(userDirectories().config, Date.now);
  const opener = new Opener(settings, options.date);
  const paper = sources.length > 0 ? await inSources(id, sources, opener) : await anywhere(id, opener);
  if (paper === null) {
    process.stderr.write(`papers-tui: ${notFound(clean(id), sources)}\n`);
    return 1;
  }
  const { library, problems } = openMarks();
  for (const problem of problems) process.stderr.write(`papers-tui: ${problem}\n`);
  const bits = library.bits(paper.id);
  process.stdout.write(
    format === "text" ? pageText(paper, bits, options.ascii) : exportPaper({ paper, bits }, format),
  );
  return 0;
}

async function inSources(id: string, sources: readonly string[], opener: Opener): Promise<Paper | null> {
  const listing = await opener.read(sources, null, unwatched);
  for (const { message, isWholeSource } of listing.problems) {
    if (isWholeSource) process.stderr.write(`papers-tui: ${message}\n`);
  }
  const at = indexNamed(listing, id);
  return at < 0 ? null : listing.paper(at);
}

async function anywhere(id: string, opener: Opener): Promise<Paper | null> {
  const known = (await knownPapers(new Set([id]))).get(id) ?? null;
  const arxiv = arxivId(id);
  if (arxiv === null || (known !== null && hasDetails(known))) return known;
  try {
    const listing = await opener.readPaper(arxiv, unwatched);
    const at = listing.indexOf(arxiv);
    return at < 0 ? known : listing.paper(at);
  } catch (error) {
    if (known === null) throw error;
    return known;
  }
}

function notFound(id: string, sources: readonly string[]): string {
  return sources.length > 0
    ? `${id} is not in ${sources.map(clean).join(", ")}`
    : arxivId(id) !== null
      ? `arXiv has no paper ${id}, and no listing read here has it`
      : `no listing read here has ${id}; name one: papers-tui show ID SOURCE`;
}

function pageText(paper: Paper, bits: number, ascii: boolean): string {
  const width = Math.min(lineWidth, process.stdout.columns || lineWidth);
  return `${pageOf(new Caches(), paper, bits, { width, ascii, asSource: false, allAuthors: true })
    .map(({ text }) => text)
    .join("\n")
    .trimEnd()}\n`;
}
