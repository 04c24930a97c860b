/** An arXiv number anywhere in a URL, a DOI or a file name. */
const arxivNumber = /(?<!\d)(?<!\d\.)(\d{4})[.\-_/ ]?(\d{4,5})(?!\d)/;
const oldNumber = /(?<![a-z-])([a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?)\/(\d{7})(?!\d)/;
/** A DOI anywhere in a URL; arXiv's own holds the number. A full stop after it is of the sentence it was copied from. */
const doi = /(?<![\d.])10\.(?!48550\/arxiv)\d{4,9}\/\S*[^\s.,;]/;
/** The first four digits of an arXiv number, a year and month from April 2007 on. */
const month = /^(?:0[7-9]|[1-9]\d)(?:0[1-9]|1[0-2])$/;
/** Words that are copied together with a number from a web page or a PDF margin, and add nothing. */
const besides = /^\W*(?:arxiv|arxiv\.org|abs|pdf|html|doi|id|preprint|\[[a-z-]+(?:\.[A-Za-z-]+)?\])\W*$/i;

/** An arXiv identifier, or the beginning or end of one; or a DOI. */
export interface IdentifierPart {
  readonly kind: "whole" | "begins" | "ends";
  readonly text: string;
}

/**
 * The identifier in a normalized text: that of arXiv with a version, in a URL or an arXiv DOI, or typed without its
 * dot, or another DOI, or as much of one as is typed; `null` if there is none.
 */
export function wholeIdentifier(text: string): IdentifierPart | null {
  const named = doi.exec(text);
  if (named !== null) return { kind: "whole", text: named[0] };
  const number = arxivNumber.exec(text);
  if (number !== null) {
    const [whole, first = "", rest = ""] = number;
    // Without a dot, digits are an arXiv number only if they begin with a year and month and nothing else is
    // typed.
    if (month.test(first) && (whole.includes(".") || isAlone(text, whole))) {
      return { kind: "whole", text: `${first}.${rest}` };
    }
  }
  const old = oldNumber.exec(text);
  return old === null ? null : { kind: "whole", text: `${old[1]}/${old[2]}` };
}

/**
 * The part of an arXiv number that a normalized text may be: its beginning with the dot, its month or its
 * last five digits; `null` if it is none of these.
 */
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

/** Whether a word next to an identifier only labels it ("arXiv", "pdf", "[cs.CL]"). */
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
