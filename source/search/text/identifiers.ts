/** An arXiv number as it stands anywhere in an address, a DOI or a file's name. */
const arxivNumber = /(?<!\d)(?<!\d\.)(\d{4})[.\-_/ ]?(\d{4,5})(?!\d)/;
const oldNumber = /(?<![a-z-])([a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?)\/(\d{7})(?!\d)/;
/** The months that arXiv has counted in its numbers: from April 2007 on. */
const month = /^(?:0[7-9]|[1-9]\d)(?:0[1-9]|1[0-2])$/;
/** What stands beside a number where it is copied from a page or the margin of a PDF, and says nothing of its own. */
const besides = /^\W*(?:arxiv|arxiv\.org|abs|pdf|html|doi|id|preprint|\[[a-z-]+(?:\.[A-Za-z-]+)?\])\W*$/i;

/** What a text says of an identifier: all of it, or a part. */
export interface IdentifierPart {
  readonly kind: "whole" | "begins" | "ends";
  readonly text: string;
}

/**
 * The arXiv identifier that a normalized text names: a number with its version or in an address, a DOI of
 * arXiv's, or without its dot; `null` where it names none.
 */
export function wholeIdentifier(text: string): IdentifierPart | null {
  const number = arxivNumber.exec(text);
  if (number !== null) {
    const [whole, first = "", rest = ""] = number;
    // Without a dot, digits are a number of arXiv only where they begin with a month and stand alone.
    if (month.test(first) && (whole.includes(".") || isAlone(text, whole))) {
      return { kind: "whole", text: `${first}.${rest}` };
    }
  }
  const old = oldNumber.exec(text);
  return old === null ? null : { kind: "whole", text: `${old[1]}/${old[2]}` };
}

/** A part of a number that a normalized text may be: its beginning with the dot, its month, its last digits. */
export function partOfIdentifier(text: string): IdentifierPart | null {
  const bare = text.replace(/^arxiv:?/, "");
  const begun = month.test(bare.slice(0, 4));
  if (begun && /^\d{4}\.\d{0,4}$/.test(bare)) return { kind: "begins", text: bare };
  if (begun && /^\d{4}$/.test(bare)) return { kind: "begins", text: `${bare}.` };
  if (/^\d{5}$/.test(bare)) return { kind: "ends", text: `.${bare}` };
  if (begun && /^\d{6,7}$/.test(bare)) {
    return { kind: "begins", text: `${bare.slice(0, 4)}.${bare.slice(4)}` };
  }
  return null;
}

/** Whether a word beside an identifier only says what it is. */
export function isBesideIdentifier(word: string): boolean {
  return besides.test(word);
}

function isAlone(text: string, number: string): boolean {
  const rest = text
    .replace(number, "")
    .replace(/v\d+/, "")
    .replace(/arxiv|abs|pdf|id/g, "");
  return !/[a-z0-9]/.test(rest);
}
