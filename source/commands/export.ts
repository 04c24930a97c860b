import { exportPieces } from "../exports/index.js";
import type { Listing } from "../papers/listing.js";
import { thousands } from "../text/numbers.js";
import type { ExportOptions } from "./arguments.js";
import { fromHome } from "./environment.js";
import { print } from "./print.js";
import { selectPapers } from "./selection.js";
import { writeFile } from "./write-file.js";

/** Writes papers of a listing to a file or to standard output. Resolves to the exit code. */
export async function exportListing(listing: Listing, options: ExportOptions): Promise<number> {
  const { papers, code } = selectPapers(listing, options);
  const { format, output, force } = options;
  if (output === null || output === "-") {
    await print(exportPieces(papers, format));
    return code;
  }
  if (papers.length === 0) return code;
  const failure = writeFile(fromHome(output), exportPieces(papers, format), force);
  if (failure !== null) {
    const why = failure === "exists" ? `${output} is there already; --force overwrites it` : failure;
    process.stderr.write(`papers-tui: not exported: ${why}\n`);
    return 2;
  }
  const count = papers.length === 1 ? "1 paper" : `${thousands(papers.length)} papers`;
  process.stderr.write(`papers-tui: exported ${count} to ${output}\n`);
  return code;
}
