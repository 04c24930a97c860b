const escapes = /\\([_%#&~$^{}])(?:\{\})?/g;
const tilde = /\\(?:textasciitilde|sim)(?:\{\}|\s)?|\$\\sim\$/g;
/** Addresses that are opened as they are, and those that lack only their scheme. */
const complete = /^(?:https?|ftp):\/\/[^\s]+$|^mailto:[^\s]+$/i;
const bare = /^(?:www\.|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\/)[^\s]*$/;

/** An address as it is, without what TeX needs before some of its signs. */
export function unescaped(source: string): string {
  if (!/[\\$]/.test(source)) return source.trim();
  return source.replace(tilde, "~").replace(escapes, "$1").trim();
}

/** The address a link leads to; `null` for what is none, or is no page (`javascript:`, a file). */
export function linkTo(text: string): string | null {
  if (/[\x00-\x20\x7f-\x9f]/.test(text)) return null;
  if (complete.test(text)) return text;
  if (bare.test(text)) return `https://${text}`;
  return /^10\.\d{4,9}\/\S+$/.test(text) ? `https://doi.org/${text}` : null;
}
