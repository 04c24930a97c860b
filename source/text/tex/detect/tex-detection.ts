/**
 * Tests whether `renderTex` leaves an ASCII text unchanged, character by character and word by word: it has
 * none of `texSigns`, neither `--` nor `''`, and no word with `mayBeCommand`. An index applies them to the
 * words it reads anyway, in a tenth of the time of another pass over the text.
 */

/** Characters of TeX, or that follow a command that has lost its backslash; including the tilde. */
export const texSigns: ReadonlySet<string> = new Set("\\ $ { } ^ _ ~ ` [".split(" "));

const anywhere = new RegExp(
  [
    "times",
    String.raw`\d(?:sim|pm|approx|circ|sigma|pi|mu|alpha|beta|lambda|epsilon)`,
    String.raw`(?:^|\d)(?:leq|geq|neq|rightarrow|leftarrow|leftrightarrow|longrightarrow|mapsto|infty|cdot|ldots)`,
    String.raw`(?:^|\d)(?:varepsilon|varphi|lesssim|gtrsim|subseteq|otimes|oplus|nabla|langle|lceil|lfloor|notin)`,
    String.raw`(?:^|\d)(?:sim|approx)\d`,
    String.raw`(?:^|\d)(?:gg|ll|le|ge|sim|pm|bullet)$`,
    "^(?:theta|omega)$",
  ].join("|"),
);
const beforeBracket = /(?:alpha|beta|mma|lta|epsilon|eta|kappa|mu|pi|rho|sigma|tau|phi|psi|omega|lambda)$/;

/**
 * Whether a lower-case word may make `mayHaveLostBackslashes` true for an ASCII text without such characters:
 * anywhere, or right before a `(` or `=`.
 */
export function mayBeCommand(word: string): "anywhere" | "before a bracket" | null {
  if (anywhere.test(word)) return "anywhere";
  return beforeBracket.test(word) ? "before a bracket" : null;
}
