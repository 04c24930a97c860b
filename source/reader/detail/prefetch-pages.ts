import { detailView } from "../list/moving.js";
import type { Model } from "../model.js";

/**
 * Makes the pages of the papers above and below the cursor, because the next key most likely needs
 * one: to render its TeX and to wrap it is the longest part of a step. They are kept where they are made.
 */
export function makeAhead(model: Model): void {
  for (const cursor of [model.cursor + 1, model.cursor - 1]) {
    if (cursor in model.shown) detailView({ ...model, cursor });
  }
}
