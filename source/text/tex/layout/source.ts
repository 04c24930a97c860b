import { Braces, isLetter, lettersEnd, skipSpaces } from "../scan.js";

/** An argument: its content, and where the source continues. */
export interface ParsedArgument {
  readonly text: string;
  readonly next: number;
}

/** The argument at `at`: a group, a command with its group, or a character; `null` at the end. */
export function takeArgument(source: string, braces: Braces, at: number): ParsedArgument | null {
  const from = skipSpaces(source, at, source.length);
  const sign = source.charAt(from);
  if (sign === "" || sign === "}" || sign === "&") return null;
  if (sign === "{") {
    const end = braces.endOf(from);
    return end < 0 ? null : { text: source.slice(from + 1, end), next: end + 1 };
  }
  if (sign !== "\\") {
    const size = (source.codePointAt(from) as number) > 0xffff ? 2 : 1;
    return { text: source.slice(from, from + size), next: from + size };
  }
  let next = isLetter(source.charCodeAt(from + 1)) ? lettersEnd(source, from + 1, source.length) : from + 2;
  while (source.charAt(next) === "{" && braces.endOf(next) > 0) next = braces.endOf(next) + 1;
  return { text: source.slice(from, next), next };
}

/** The optional argument at `at`, if there is one. */
export function takeOption(source: string, braces: Braces, at: number): ParsedArgument | null {
  const from = skipSpaces(source, at, source.length);
  if (source.charAt(from) !== "[") return null;
  for (let to = from + 1; to < source.length; to += 1) {
    const sign = source.charAt(to);
    if (sign === "]") return { text: source.slice(from + 1, to), next: to + 1 };
    if (sign === "{") to = Math.max(to, braces.endOf(to));
    else if (sign === "\\") to += 1;
  }
  return null;
}

/** The position of the `\right` for the `\left` before `at`, skipping nested pairs; -1 if there is none. */
export function closingRight(source: string, at: number): number {
  const either = /\\(left|right)(?![A-Za-z])/g;
  either.lastIndex = at;
  let depth = 1;
  for (let found = either.exec(source); found; found = either.exec(source)) {
    depth += found[1] === "left" ? 1 : -1;
    if (depth === 0) return found.index;
  }
  return -1;
}

/** The position of the `\end` for the `\begin` before `at`; -1 if there is none. */
export function closingEnd(source: string, at: number): number {
  const either = /\\(begin|end)\s*\{/g;
  either.lastIndex = at;
  let depth = 1;
  for (let found = either.exec(source); found; found = either.exec(source)) {
    depth += found[1] === "begin" ? 1 : -1;
    if (depth === 0) return found.index;
  }
  return -1;
}

/**
 * A part of a source, split into rows at `\\` or `\cr`, and rows into cells at `&`, outside groups and
 * environments.
 */
export function rowsAndCells(source: string): string[][] {
  const braces = new Braces(source);
  const rows: string[][] = [[]];
  let from = 0;
  let depth = 0;
  const cell = (to: number): void => {
    (rows.at(-1) as string[]).push(source.slice(from, to));
  };
  for (let at = 0; at < source.length; at += 1) {
    const sign = source.charAt(at);
    if (sign === "{") at = Math.max(at, braces.endOf(at));
    else if (sign === "&" && depth === 0) {
      cell(at);
      from = at + 1;
    } else if (sign === "\\") {
      const end = lettersEnd(source, at + 1, source.length);
      const name = source.slice(at + 1, end);
      if (name === "begin") depth += 1;
      else if (name === "end") depth -= 1;
      const isBreak = name === "cr" || name === "newline" || (name === "" && source.charAt(at + 1) === "\\");
      if (isBreak && depth === 0) {
        cell(at);
        from = name === "" ? at + 2 : end;
        if (source.charAt(from) === "*") from += 1;
        // `\\[2pt]` adds space.
        const distance = /^\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]/.exec(source.slice(from, from + 24));
        if (distance) from += distance[0].length;
        rows.push([]);
        at = from - 1;
      } else at = name === "" ? at + 1 : end - 1;
    }
  }
  cell(source.length);
  const rules =
    /\\(?:hline|toprule|midrule|bottomrule|cline\s*\{[^}]*\}|cmidrule(?:\([^)]*\))?\s*\{[^}]*\})/g;
  return rows
    .map((row) => row.map((text) => text.replace(rules, "").trim()))
    .filter((row, y) => y < rows.length - 1 || row.some((text) => text !== ""))
    .filter((row) => row.some((text) => text !== "") || row.length > 1);
}
