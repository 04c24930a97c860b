import type { Model } from "../model.js";
import { paperViews } from "./page-views.js";

const viewNotices = {
  abstract: "abstract · i skims it",
  skim: "skim: what was done and found · i shows all facts",
  facts: "facts · i shows the abstract",
} as const;

/** Shows the paper in the next form. */
export function turnPaperView(model: Model): Model {
  const next = (paperViews.indexOf(model.shows) + 1) % paperViews.length;
  const shows = paperViews[next] ?? "abstract";
  return { ...model, shows, chosenMatch: null, notice: { text: viewNotices[shows], tone: "info" } };
}
