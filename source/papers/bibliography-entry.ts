/** The bibliography formats whose entries are kept for an export. */
const bibliographyFormats = ["bibtex", "ris", "csl-json"] as const;
export type BibliographyFormat = (typeof bibliographyFormats)[number];

/** A field's name as the file writes it, and its value in the format's own notation. */
export type EntryField = readonly [name: string, value: unknown];

/**
 * An entry of a bibliography, unchanged, so that an export to the same format keeps it, and an export to
 * another has its type, citation key and further fields.
 */
export interface BibliographyEntry {
  readonly format: BibliographyFormat;
  /** As in the file: `InCollection` (BibTeX), `CHAP` (RIS), `chapter` (CSL-JSON); "" if missing. */
  readonly type: string;
  /** The citation key, `ID` or `id`; "" if missing. */
  readonly key: string;
  /**
   * All its fields, in order. In BibTeX the value is TeX with its delimiters, with the file's `@string` macros
   * expanded; in RIS the value's lines, joined by line feeds; in CSL-JSON any JSON value.
   */
  readonly fields: readonly EntryField[];
  /**
   * Other parts of a BibTeX file that the entry needs, as text: preambles that define its commands, and the
   * entries of its `crossref` and `xdata`.
   */
  readonly needs: readonly string[];
}

/** The entries of a paper: the first, and those of other records of the same paper. */
export interface WithEntries {
  readonly entry?: BibliographyEntry;
  readonly otherEntries?: readonly BibliographyEntry[];
}

/** All entries of a paper, in the order in which its records were read. */
export function entriesOf({ entry, otherEntries = [] }: WithEntries): readonly BibliographyEntry[] {
  return entry === undefined ? [] : [entry, ...otherEntries];
}

/** The fields of a paper with these entries; without any, nothing. */
export function withEntries([entry, ...otherEntries]: readonly BibliographyEntry[]): WithEntries {
  return { ...(entry && { entry }), ...(otherEntries.length > 0 && { otherEntries }) };
}

/** Entries of one paper, without copies, and without those of Crossref beside whole ones. */
export function distinctEntries(entries: readonly BibliographyEntry[]): readonly BibliographyEntry[] {
  const whole = entries.filter((entry) => !isPartial(entry));
  if (whole.length < 2) return whole.length === 1 ? whole : entries.slice(0, 1);
  const found = new Map<string, BibliographyEntry>();
  for (const entry of whole) {
    const { format, type, key, fields } = entry;
    const text = JSON.stringify([format, type.toLowerCase(), key, fields]);
    if (!found.has(text)) found.set(text, entry);
  }
  return [...found.values()];
}

/** Whether an entry has only what `Paper` lacks, as those that are made of Crossref's answers. */
export function isPartial({ format, key, fields }: BibliographyEntry): boolean {
  const isOfPaper = ([name]: EntryField) => name === "title" || name === "author" || name === "issued";
  return format === "csl-json" && key === "" && !fields.some(isOfPaper);
}

/** The entry in a JSON value of `list --json` or a kept paper, or `null`. */
export function entryFrom(value: unknown): BibliographyEntry | null {
  if (!isObject(value)) return null;
  const { format, type, key, fields, needs } = value;
  const isKnown = bibliographyFormats.find((one) => one === format);
  if (isKnown === undefined || typeof type !== "string" || typeof key !== "string") return null;
  if (!Array.isArray(fields) || !fields.every((field) => isField(field, isKnown))) return null;
  if (!Array.isArray(needs) || !needs.every((one) => typeof one === "string")) return null;
  return { format: isKnown, type, key, fields, needs };
}

/** Further entries in a JSON value, as in `entryFrom`; `undefined` without any. */
export function otherEntriesFrom(value: unknown): readonly BibliographyEntry[] | undefined {
  const entries = Array.isArray(value) ? value.map(entryFrom).filter((entry) => entry !== null) : [];
  return entries.length > 0 ? entries : undefined;
}

function isField(field: unknown, format: BibliographyFormat): boolean {
  if (!Array.isArray(field) || field.length !== 2 || typeof field[0] !== "string") return false;
  return format === "csl-json" || typeof field[1] === "string";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
