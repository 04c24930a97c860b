/**
 * Actions on a paper that show whether the user wants others like it. `readInFull`: the paper has a reading
 * position. `learned`: it is in a bibliography that `papers-tui learn` read. `skipped`: in a triage.
 * `glanced`: marked read without being opened.
 */
const evidenceKinds = [
  "starred",
  "later",
  "exported",
  "readInFull",
  "learned",
  "skipped",
  "glanced",
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** Evidence against a paper. */
export type PassedKind = Extract<EvidenceKind, "skipped" | "glanced">;
/** Evidence for a paper. */
export type WantedKind = Exclude<EvidenceKind, PassedKind>;
