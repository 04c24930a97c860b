/**
 * What a person did with a paper, as far as it says whether they want others like it. `readInFull`: they have a
 * place in its text. `learned`: it is in a bibliography that `papers-tui learn` read. `skipped`: in a triage.
 * `glanced`: marked read without having been opened.
 */
export const evidenceKinds = [
  "starred",
  "later",
  "exported",
  "readInFull",
  "learned",
  "skipped",
  "glanced",
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** What says that a paper was passed over. */
export type PassedKind = Extract<EvidenceKind, "skipped" | "glanced">;
/** What says that a paper was wanted. */
export type WantedKind = Exclude<EvidenceKind, PassedKind>;
