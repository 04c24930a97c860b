const escapes = /\\([_%#&~$^{}])(?:\{\})?/g;
const tilde = /\\(?:textasciitilde|sim)(?:\{\}|\s)?|\$\\sim\$/g;
/** Complete addresses, and those that lack only their scheme. */
const complete = /^(?:https?|ftp):\/\/[^\s]+$|^mailto:[^\s]+$/i;
const bare = /^(?:www\.|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\/)[^\s]*$/;

/** An address without TeX's escapes. */
export function unescaped(source: string): string {
  if (!/[\\$]/.test(source)) return source.trim();
  return source.replace(tilde, "~").replace(escapes, "$1").trim();
}

/** The address of a link; `null` if it is not a web page (`javascript:`, a file). */
export function linkTo(text: string): string | null {
  if (/[\x00-\x20\x7f-\x9f]/.test(text)) return null;
  if (complete.test(text)) return text;
  if (bare.test(text)) return `https://${text}`;
  return /^10\.\d{4,9}\/\S+$/.test(text) ? `https://doi.org/${text}` : null;
}
