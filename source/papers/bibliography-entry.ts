/** The formats of bibliographies that an entry can be given back in as it was. */
export const bibliographyFormats = ["bibtex", "ris", "csl-json"] as const;
export type BibliographyFormat = (typeof bibliographyFormats)[number];

/** A field's name as the file writes it, and its value in the format's own notation. */
export type EntryField = readonly [name: string, value: unknown];

/**
 * An entry of a bibliography as its file has it, so that an export to the same format changes nothing
 * in it, and an export to another one knows its type, its citation key and its further fields.
 */
export interface BibliographyEntry {
  readonly format: BibliographyFormat;
  /** As written: `InCollection` (BibTeX), `CHAP` (RIS), `chapter` (CSL-JSON); "" where it says none. */
  readonly type: string;
  /** The citation key, `ID` or `id`; "" where it has none. */
  readonly key: string;
  /**
   * All its fields in their order. Of BibTeX the value is TeX with its delimiters, `@string` macros of
   * the file expanded; of RIS the value's lines, joined by line feeds; of CSL-JSON any JSON value.
   */
  readonly fields: readonly EntryField[];
  /**
   * Other parts of a BibTeX file without which the entry is not whole, as text: preambles that define
   * commands it uses, and the entries that its `crossref` and `xdata` name.
   */
  readonly needs: readonly string[];
}

/**
 * The entry that a JSON value holds, as `list --json` and kept papers write it; `null` where it is none.
 */
export function entryFrom(value: unknown): BibliographyEntry | null {
  if (!isObject(value)) return null;
  const { format, type, key, fields, needs } = value;
  const isKnown = bibliographyFormats.find((one) => one === format);
  if (isKnown === undefined || typeof type !== "string" || typeof key !== "string") return null;
  if (!Array.isArray(fields) || !fields.every((field) => isField(field, isKnown))) return null;
  if (!Array.isArray(needs) || !needs.every((one) => typeof one === "string")) return null;
  return { format: isKnown, type, key, fields, needs };
}

function isField(field: unknown, format: BibliographyFormat): boolean {
  if (!Array.isArray(field) || field.length !== 2 || typeof field[0] !== "string") return false;
  return format === "csl-json" || typeof field[1] === "string";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
