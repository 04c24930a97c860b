import { statSync } from "node:fs";
import { basename, join } from "node:path";
import { beginsAsKnown, isUntouched } from "./image-check.js";
import { readJournal } from "./journal-reader.js";
import type { MarksImage } from "./marks-image.js";
import { PaperTable } from "./paper-table.js";
import { atOnce } from "./steps.js";

/** Papers that were seen, as far as an image knows them, and the text of the visits behind that. */
export interface SeenOnto {
  readonly known: PaperTable;
  readonly texts: readonly string[];
}

/**
 * Which papers were seen, by an image and what was appended to its files since. `null` where a file of the
 * image begins as another or is gone: papers that are in none are new once more.
 *
 * @param paths the files there are
 */
export function seenOnto(image: MarksImage, paths: readonly string[]): SeenOnto | null {
  const { seen, readAt, of } = image.account;
  try {
    for (const known of seen) {
      const path = join(of.state, known.name);
      const isSame = isUntouched(known.stats, statSync(path), readAt);
      if (!isSame && !atOnce(beginsAsKnown(path, known))) return null;
    }
    const texts = paths.map((path) => {
      const from = seen.find(({ name }) => name === basename(path))?.length ?? 0;
      return textBehind(path, from);
    });
    return { known: new PaperTable(0, image.seen), texts };
  } catch {
    return null;
  }
}

function textBehind(path: string, from: number): string {
  try {
    if (statSync(path).size === from) return "";
    const { bytes, length } = readJournal(path, from);
    return bytes.toString("utf8", 0, length);
  } catch {
    return "";
  }
}
