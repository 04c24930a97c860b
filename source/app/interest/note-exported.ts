import type { Library } from "../../library/library.js";
import { noteId } from "../../papers/interests/interest.js";
import type { PaperChange } from "../../papers/marks.js";
import type { Paper } from "../../papers/paper.js";

/** Exports of more papers say nothing about what a reader likes: they are whole listings. */
export const mostNoted = 100;

/** Writes to the journal that papers were exported; not what `u` undoes first. */
export function noteExported(library: Library, papers: readonly Paper[]): void {
  if (papers.length > mostNoted) return;
  const wanted = library.wanted();
  const fresh = papers.filter(({ id }) => !wanted.has(id));
  const changes = fresh.map(
    ({ id, title }): PaperChange => ({ paper: noteId("exported", id), title, on: true }),
  );
  library.record("exported", changes, fresh, true);
}
