import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { logger, plugins } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-ris";
import fc from "fast-check";
import type { ExportFormat } from "../../source/exports/index.js";
import { exportPapers } from "../../source/exports/index.js";
import { readableText, texParts } from "../../source/exports/text/tex.js";
import { readListing } from "../../source/formats/index.js";
import type { ParsedListing } from "../../source/papers/listing.js";
import type { Paper } from "../../source/papers/paper.js";
import { fromMarkup } from "../../source/text/markup.js";

export const options = { today: "2026-11-23" };

/** The file that papers without marks are written as. */
export function written(papers: readonly Paper[], format: ExportFormat): string {
  return exportPapers(
    papers.map((paper) => ({ paper, bits: 0 })),
    format,
  );
}

/** What our own readers make of a file. */
export async function readBack(text: string): Promise<ParsedListing> {
  const result = await readListing(Buffer.from(text), options);
  assert.ok(result.ok, result.ok ? "" : result.reason);
  return result.listing;
}

/** Every listing of the project's fixtures, and of the samples where they are, by its file's name. */
export function listings(): Promise<ReadonlyMap<string, readonly Paper[]>> {
  all ??= readAll();
  return all;
}

/** Read once for all tests. */
let all: Promise<ReadonlyMap<string, readonly Paper[]>> | undefined;

async function readAll(): Promise<ReadonlyMap<string, readonly Paper[]>> {
  const found = new Map<string, readonly Paper[]>();
  for (const folder of [new URL("../../fixtures/", import.meta.url), samples]) {
    if (!existsSync(folder)) continue;
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    for (const name of names.filter((one) => !/expected\.json$|README|\.gz$/.test(one))) {
      const path = fileURLToPath(new URL(name, folder));
      if (!statSync(path).isFile()) continue;
      const result = await readListing(readFileSync(path), options);
      if (result.ok && result.listing.papers.length > 0) found.set(name, result.listing.papers);
    }
  }
  return found;
}
const samples = new URL("../../../shared/samples/", import.meta.url);

/** An item as citation-js has it. */
export type Item = Readonly<Record<string, unknown>> & {
  readonly title?: string;
  readonly author?: readonly Readonly<Record<string, string>>[];
  readonly issued?: { readonly "date-parts": readonly (readonly number[])[] };
};

/** What citation-js makes of a file, as CSL-JSON; fails where it warns of anything. */
export function libraryItems(text: string, format: LibraryFormat): readonly Item[] {
  const read = { generateGraph: false, forceType: libraryTypes[format] };
  return withoutWarnings(() => plugins.input.chain(text, read)) as readonly Item[];
}

/** The format is given, because a hostile title in one format may look like a file in another. */
const libraryTypes = { bibtex: "@biblatex/text", ris: "@ris/file", "csl-json": "@else/json" } as const;
type LibraryFormat = keyof typeof libraryTypes;

/** The entries or records of a file as citation-js parts it, before it reads their values. */
export function libraryEntries(
  text: string,
  format: LibraryFormat,
): readonly Readonly<Record<string, unknown>>[] {
  return withoutWarnings(() => plugins.input.data(text, libraryTypes[format])) as readonly Readonly<
    Record<string, unknown>
  >[];
}

function withoutWarnings<T>(read: () => T): T {
  const warnings: unknown[] = [];
  logger.level = "warn";
  logger._console = { log: (...message) => warnings.push(message) };
  const found = read();
  assert.deepEqual(warnings, []);
  return found;
}

/** What citation-js leaves of items of CSL-JSON that it holds to the schema's names and types. */
export function schemaItems(items: readonly unknown[]): readonly unknown[] {
  return plugins.input.util.clean(items, false);
}

export function libraryNames({ author = [] }: Item): readonly string[] {
  const order = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal"];
  return author.map((name) => order.flatMap((part) => name[part] ?? []).join(" "));
}

const formulas = new Map<string, string | null>();

/** A formula as citation-js shows it; `null` where it cannot read it, as with `$\rm cm^3$`. */
function libraryFormula(formula: string): string | null {
  let shown = formulas.get(formula);
  if (shown === undefined) {
    try {
      shown = (libraryItems(`@misc{a, title = {.${formula}.}}`, "bibtex")[0]?.title ?? "").slice(1, -1);
    } catch {
      shown = null;
    }
    formulas.set(formula, shown);
  }
  return shown;
}

/** What citation-js must show of a text from BibTeX: TeX as it shows it, all else as it is. */
export function shownByLibrary(text: string): string | null {
  const parts = texParts(text).map((part) => (part.tex === null ? part.text : libraryFormula(part.tex)));
  return parts.includes(null) ? null : parts.join("");
}

/** The text as TeX, with a simple formula for each that citation-js cannot read. */
export function readableByLibrary(text: string): { readonly text: string; readonly isReplaced: boolean } {
  const parts = texParts(text);
  const isUnread = ({ tex }: (typeof parts)[number]) => tex !== null && libraryFormula(tex) === null;
  return {
    text: parts.map((part) => (isUnread(part) ? "$x$" : (part.tex ?? part.text))).join(""),
    isReplaced: parts.some(isUnread),
  };
}

/** Texts as our readers have them, one line and no markup, of all that means something to a format. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ..."{}$\\%&#_~^'`\"-<>|[]*(),;:@=+!?/.x1 ",
      ..."éß李λ😀",
      "-- ",
      "\\n ",
      "\\&",
      '\\"o',
      "\\textbf{x}",
      "$x_i$",
      "$\\mathcal{O}(n)$",
      "$5 to $10",
      " and ",
      "others",
      "http://x.y ",
      "ER  - ",
      "@misc{x, ",
      "van ",
      "Nx",
      "\n",
      "\t",
      "\u2028",
      "\u00a0",
    ),
    { minLength: 1, maxLength: 14 },
  )
  .map((pieces) => fromMarkup(fromMarkup(pieces.join(""))))
  .filter((text) => readableText(text) !== "" && fromMarkup(text) === text);
