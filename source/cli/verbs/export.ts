import { fromHome, ownFolders } from "../../app/environment.js";
import { whyProtected } from "../../app/output/export-target.js";
import { writeFile } from "../../app/output/write-file.js";
import { exportPieces } from "../../exports/index.js";
import type { Listing } from "../../papers/listing.js";
import { clean } from "../../text/clean.js";
import { counted } from "../../text/numbers.js";
import type { ExportOptions } from "../arguments/arguments.js";
import { print } from "../print.js";
import { selectPapers } from "../selection.js";

/**
 * Writes papers of a listing to a file or to standard output. Resolves to the exit code.
 * @param sources absolute paths of the listing's files, which are never overwritten
 */
export async function exportListing(
  listing: Listing,
  options: ExportOptions,
  sources: readonly string[],
): Promise<number> {
  const { papers, code } = selectPapers(listing, options);
  const { format, output, force } = options;
  if (output === null || output === "-" || output === "/dev/stdout") {
    await print(exportPieces(papers, format));
    return code;
  }
  if (papers.length === 0) return code;
  const path = fromHome(output);
  const failure =
    whyProtected(path, { sources, ownFolders: ownFolders() }) ??
    writeFile(path, exportPieces(papers, format), { overwrite: force, intoPipes: true });
  if (failure !== null) {
    const why = failure === "exists" ? `${output} already exists; --force overwrites it` : failure;
    process.stderr.write(`papers-tui: not exported: ${clean(why)}\n`);
    return 2;
  }
  process.stderr.write(`papers-tui: exported ${counted(papers.length, "paper")} to ${clean(output)}\n`);
  return code;
}
