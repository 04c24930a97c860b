import { graphemes } from "../../text/cells.js";
import { counted } from "../../text/numbers.js";
import { editWith } from "../filter/filtering.js";
import type { Key } from "../keys/key.js";
import { answerOf, type EditedLine, emptyLine, proposed } from "../keys/line-editor.js";
import type { Update } from "../messages.js";
import type { Model, Notice } from "../model.js";
import { endingOf, exportEndings } from "./export-endings.js";
import { asPath } from "./files.js";

/** Asks for a file to export the list to, and proposes a name that no file has yet. */
export function startExporting(model: Model): Update {
  if (model.shown.length === 0) {
    return [{ ...model, notice: { text: "no papers here to export", tone: "info" } }, []];
  }
  const stem = proposedStem(model);
  const ending = exportEndings[0].ending;
  return [
    { ...model, mode: "export", file: typed(proposed(`${stem}${ending}`), ending) },
    [{ type: "propose-file", stem, ending }],
  ];
}

/** The longest proposed name: file systems take at most 255 bytes. */
const longestStem = 60;

/**
 * The proposed name of the export: the listing, its day, and the view.
 * For a listing that is a file the name differs from that file's: `lib-starred`, `lib-export`.
 */
function proposedStem({ listing: { name, day }, view }: Model): string {
  const bare = name
    .split(" + ")
    .map((one) => one.replace(fileEnding, ""))
    .join(" ");
  const words = bare.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ["papers"];
  const isFile = fileEnding.test(name);
  const kind = view !== "all" ? [view] : isFile ? ["export"] : [];
  const stem = [...words.slice(0, 6), ...(day === null ? [] : [day])].join("-");
  return [graphemes(stem).slice(0, longestStem).join(""), ...kind].join("-");
}

/** File name endings, but not arXiv's categories ("cs.LG"), which look alike. */
const fileEnding =
  /(?:\.(?:bib|ris|csl|json|jsonl|ndjson|txt|md|csv|tsv|xml|html?|rdf|opml|atom|rss|ya?ml|nbib|enw|ciw|bbl|mbox|eml|gz)){1,4}$/i;

/** Takes over a proposed name that no file has yet. */
export function onProposed(model: Model, name: string): Model {
  return model.mode === "export" ? { ...model, file: typed(proposed(name), model.file.ending) } : model;
}

/** A key while the name of the file is typed. */
export function onExportKey(model: Model, key: Key): Update {
  const { file } = model;
  const answer = file.isThere ? answerOf(key) : null;
  if (answer === "yes") return write(model);
  if (answer === "no") {
    const notice: Notice = { text: "not overwritten · type another name", tone: "info" };
    return [{ ...model, file: typed(proposed(file.line.text), file.ending), notice }, []];
  }
  switch (key.name) {
    case "escape":
    case "ctrl-g":
      return [{ ...model, mode: "browse", file: noFile }, []];
    case "tab": {
      const [stem, ending] = nextEnding(asPath(file.line.text.trim()));
      const line = proposed(`${stem}${ending}`);
      return [{ ...model, file: typed(line, ending) }, [{ type: "propose-file", stem, ending }]];
    }
    case "enter":
      return write(model);
  }
  const line = editWith(file.line, key);
  return [line ? { ...model, file: typed(line, file.ending) } : model, []];
}

function typed(line: EditedLine, ending: string): Model["file"] {
  return { line, ending, isThere: false, isWriting: false };
}

export const noFile = typed(emptyLine, exportEndings[0].ending);

/** The path that Enter writes to: a bare name gets the ending that was proposed. */
export function pathToWrite({ line, ending }: Model["file"]): string {
  const path = asPath(line.text.trim());
  return /^[^./\\~]+$/.test(path) ? `${path}${ending}` : path;
}

/**
 * A key while a file is being written: Esc and Ctrl-C stop that, and no other key does anything. `null` where
 * none is written.
 */
export function onKeyWhileWriting(model: Model, key: Key): Update | null {
  if (model.mode !== "export" || !model.file.isWriting) return null;
  const stops = key.name === "escape" || key.name === "ctrl-c" || key.name === "ctrl-g";
  return [model, stops ? [{ type: "stop-export" }] : []];
}

function write(model: Model): Update {
  const { isThere } = model.file;
  const path = pathToWrite(model.file);
  const ending = endingOf(path);
  if (path === "" || ending === null) {
    const text =
      path === ""
        ? "not exported: type the name of a file"
        : `not exported: its ending selects the format · end it in ${exportEndings.map((one) => one.ending).join(" ")}`;
    return [{ ...model, notice: { text, tone: "error" } }, []];
  }
  const effect = {
    type: "export",
    path,
    format: ending.format,
    rows: model.shown,
    overwrite: isThere,
  } as const;
  const notice: Notice = { text: `writing ${path} …`, tone: "info" };
  return [{ ...model, file: { ...model.file, isWriting: true }, notice }, [effect]];
}

/** The result of writing: done, refused, or a file is in the way, which a second Enter overwrites. */
export function onExported(
  before: Model,
  outcome: {
    readonly path: string;
    readonly place?: string;
    readonly count: number;
    readonly failure: "exists" | string | null;
  },
): Model {
  const { path, place = path, count, failure } = outcome;
  const model: Model = { ...before, file: { ...before.file, isWriting: false }, notice: null };
  const isAsked = model.mode === "export" && pathToWrite(model.file) === path;
  // Only the file that was asked about may be overwritten, not one typed since.
  if (failure === "exists") return isAsked ? { ...model, file: { ...model.file, isThere: true } } : model;
  // The typed text stays, to be corrected.
  if (failure !== null) return { ...model, notice: { text: `not exported: ${failure}`, tone: "error" } };
  const browsing: Model = isAsked ? { ...model, mode: "browse", file: noFile } : model;
  const what = counted(count, "paper");
  return { ...browsing, notice: { text: `exported ${what} to ${place}`, tone: "info" } };
}

/** The path with the ending of the next format. */
function nextEnding(path: string): readonly [stem: string, ending: string] {
  const now = endingOf(path);
  const next = exportEndings[now === null ? 0 : (exportEndings.indexOf(now) + 1) % exportEndings.length];
  const stem = now === null ? path : path.slice(0, -now.ending.length);
  return [stem || "papers", (next ?? exportEndings[0]).ending];
}
