/**
 * What tells of an ASCII text, sign by sign and word by word, that `renderTex` leaves it as it is: it has
 * none of `texSigns`, neither `--` nor `''`, and none of its words `mayBeCommand`. An index asks so of the
 * words it reads anyway, which takes a tenth of what reading every text once more for it takes.
 */

/** Signs that TeX has, or that stand behind a command that has lost its backslash; a tilde is among them. */
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
 * Whether a word, in lower case, may make `mayHaveLostBackslashes` say yes of an ASCII text without signs:
 * anywhere, or right before a `(` or `=`.
 */
export function mayBeCommand(word: string): "anywhere" | "before a bracket" | null {
  if (anywhere.test(word)) return "anywhere";
  return beforeBracket.test(word) ? "before a bracket" : null;
}
