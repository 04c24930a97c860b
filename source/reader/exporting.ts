import { thousands } from "../text/numbers.js";
import { editWith } from "./filtering.js";
import type { Key } from "./key.js";
import { lineOf } from "./line-editor.js";
import type { Update } from "./messages.js";
import type { Model } from "./model.js";

/** The formats of files that papers are exported to, by how their names end; the first is offered first. */
export const exportEndings = [
  { ending: ".bib", format: "bibtex", name: "BibTeX" },
  { ending: ".ris", format: "ris", name: "RIS" },
  { ending: ".csl.json", format: "csl-json", name: "CSL-JSON" },
  { ending: ".md", format: "markdown", name: "Markdown" },
  { ending: ".json", format: "json", name: "JSON" },
  { ending: ".csv", format: "csv", name: "CSV" },
  { ending: ".opml", format: "opml", name: "OPML" },
] as const;

export type ExportEnding = (typeof exportEndings)[number];

/** The format of a file by its name; `null` where it ends like none. */
export function endingOf(path: string): ExportEnding | null {
  const name = path.trim().toLowerCase();
  return exportEndings.find(({ ending }) => name.endsWith(ending)) ?? null;
}

/** Asks for the file to export the list to, with a name to begin with. */
export function startExporting(model: Model): Update {
  if (model.shown.length === 0) {
    return [{ ...model, notice: { text: "no papers here to export", tone: "info" } }, []];
  }
  const { name, day } = model.listing;
  const words = name
    .replace(/\.[a-z]{2,4}$/i, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? ["papers"];
  const stem = [...words.slice(0, 6), ...(day === null ? [] : [day])].join("-");
  return [{ ...model, mode: "export", file: { line: lineOf(`${stem}.bib`), isThere: false } }, []];
}

/** A key while the name of the file is typed. */
export function onExportKey(model: Model, key: Key): Update {
  const { file } = model;
  switch (key.name) {
    case "escape":
    case "ctrl-g":
      return [{ ...model, mode: "browse", file: noFile }, []];
    case "tab":
      return [{ ...model, file: { line: lineOf(nextEnding(file.line.text)), isThere: false } }, []];
    case "enter":
      return write(model);
  }
  const line = editWith(file.line, key);
  return [line ? { ...model, file: { line, isThere: false } } : model, []];
}

export const noFile: Model["file"] = { line: lineOf(""), isThere: false };

function write(model: Model): Update {
  const { line, isThere } = model.file;
  const path = line.text.trim();
  const ending = endingOf(path);
  if (path === "" || ending === null) return [model, []];
  const effect = {
    type: "export",
    path,
    format: ending.format,
    rows: model.shown,
    overwrite: isThere,
  } as const;
  return [model, [effect]];
}

/** What came of writing: done, or a file is in the way, which a second Enter overwrites. */
export function onExported(
  model: Model,
  outcome: { readonly path: string; readonly count: number; readonly failure: "exists" | string | null },
): Model {
  const { path, count, failure } = outcome;
  const isAsked = model.mode === "export" && model.file.line.text.trim() === path;
  // Only the file that was asked about may be overwritten, and not one that is typed by now.
  if (failure === "exists") return isAsked ? { ...model, file: { ...model.file, isThere: true } } : model;
  // What was typed is still there to be corrected.
  if (failure !== null) return { ...model, notice: { text: `not exported: ${failure}`, tone: "error" } };
  const browsing: Model = isAsked ? { ...model, mode: "browse", file: noFile } : model;
  const what = count === 1 ? "1 paper" : `${thousands(count)} papers`;
  return { ...browsing, notice: { text: `exported ${what} to ${path}`, tone: "info" } };
}

/** The same name in the next format. */
function nextEnding(path: string): string {
  const now = endingOf(path);
  const next = exportEndings[now === null ? 0 : (exportEndings.indexOf(now) + 1) % exportEndings.length];
  const stem = now === null ? path.trim() : path.trim().slice(0, -now.ending.length);
  return `${stem || "papers"}${next?.ending ?? ""}`;
}
