const backslash = 92;
const open = 123;
const close = 125;
const dollar = 36;

/** The matching braces of a text. `\{` and `\}` are characters, not braces. */
export class Braces {
  private ends: Int32Array | null = null;

  constructor(private readonly source: string) {}

  /** The closing brace of the brace at `at`; -1 if there is none. */
  endOf(at: number): number {
    this.ends ??= pairs(this.source);
    return (this.ends[at] ?? 0) - 1;
  }
}

/** For each opening brace, 1 + the position of its closing one; 0 elsewhere. */
function pairs(source: string): Int32Array {
  const ends = new Int32Array(source.length);
  const waiting: number[] = [];
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === backslash) at += 1;
    else if (code === open) waiting.push(at);
    else if (code === close) {
      const from = waiting.pop();
      if (from !== undefined) ends[from] = at + 1;
    }
  }
  return ends;
}

export function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
}

/** The end of the run of letters that begins at `at`. */
export function lettersEnd(source: string, at: number, end: number): number {
  let to = at;
  while (to < end && isLetter(source.charCodeAt(to))) to += 1;
  return to;
}

export function skipSpaces(source: string, at: number, end: number): number {
  let to = at;
  while (to < end && isSpace(source.charCodeAt(to))) to += 1;
  return to;
}

/** The next dollar sign from `at` that can close a formula: not in braces, not escaped. -1 if there is none. */
export function closingDollar(source: string, braces: Braces, at: number, end: number): number {
  for (let to = at; to < end; to += 1) {
    const code = source.charCodeAt(to);
    if (code === backslash) to += 1;
    else if (code === dollar) return to;
    else if (code === close) return -1;
    else if (code === open) {
      const last = braces.endOf(to);
      if (last > 0 && last < end) to = last;
    }
  }
  return -1;
}

/** The longest optional argument in square brackets. */
const longestOption = 300;

/** The closing bracket of the optional argument at `at`; -1 if there is none. */
export function optionEnd(source: string, braces: Braces, at: number, end: number): number {
  const limit = Math.min(end, at + longestOption);
  for (let to = at + 1; to < limit; to += 1) {
    const code = source.charCodeAt(to);
    if (code === 93) return to;
    if (code === backslash) to += 1;
    else if (code === close) return -1;
    else if (code === open) {
      const last = braces.endOf(to);
      if (last > 0) to = last;
    }
  }
  return -1;
}
