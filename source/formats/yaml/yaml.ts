import { parseDocument } from "yaml";
import { thousands } from "../../text/numbers.js";

/** The longest YAML that is read, in characters. Bibliographies are read one entry at a time. */
const yamlLimit = 1_000_000;
/** How often aliases may be used, so that a small file cannot expand into a huge one. */
const aliasLimit = 100;

/** The value of a YAML text, or what is wrong with it and where. */
export type YamlRead =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly line: number; readonly message: string };

/**
 * The value of one YAML document. Every scalar is returned as the string written, so there are no dates,
 * numbers or tags. Never throws. https://yaml.org/spec/1.2.2/
 * @param firstLine the line of the file on which the text begins, from 1
 */
export function readYaml(text: string, firstLine = 1): YamlRead {
  const wrong = (line: number, message: string): YamlRead => ({
    ok: false,
    line: firstLine + line - 1,
    message,
  });
  if (text.length > yamlLimit) return wrong(1, `is too long (limit: ${thousands(yamlLimit)} characters)`);
  if (nestsTooDeep(text)) return wrong(1, "is nested too deeply");
  try {
    const document = parseDocument(text, {
      schema: "failsafe",
      strict: false,
      uniqueKeys: false,
      logLevel: "silent",
      // Pretty errors count lines from the start of the text, so thousands of errors would take minutes.
      prettyErrors: false,
    });
    const [error] = document.errors;
    if (error) {
      return wrong(text.slice(0, error.pos[0]).split("\n").length, "is not valid YAML");
    }
    return { ok: true, value: document.toJS({ maxAliasCount: aliasLimit }) as unknown };
  } catch {
    return wrong(1, "is not valid YAML");
  }
}

/** Many open brackets or repeated YAML indicators would overflow the parser's stack or take too long. */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (const [sign] of text.matchAll(/[[\]{}]|(?:[-?:*&!] ){30}/g)) {
    if (sign.length > 1) return true;
    depth += sign === "[" || sign === "{" ? 1 : -1;
    if (depth > 100) return true;
    if (depth < 0) depth = 0;
  }
  return false;
}

/** A part of a YAML text, and the line of the file on which it begins, from 1. */
export interface YamlPart {
  readonly text: string;
  readonly line: number;
}

/**
 * The items of a list in block style as separate YAML texts, so that a broken item costs only itself. The
 * list ends at the first line that is indented less. `null` if the first line is not an item.
 * @param lines the lines from the first item on
 * @param line the number of the first line in the file
 */
export function listItems(lines: readonly string[], line: number): readonly YamlPart[] | null {
  const dash = /^(\s*)-(?:\s|$)/.exec(lines[0] ?? "");
  if (dash === null) return null;
  const indent = (dash[1] as string).length;
  return partsOf(lines, line, (text) => {
    const depth = /^ */.exec(text)?.[0].length ?? 0;
    if (depth > indent) return "inside";
    return depth === indent && /^\s*-(?:\s|$)/.test(text) && !isMarker(text) ? "begins" : "ends";
  });
}

/** The entries of a block mapping at the left margin as separate YAML texts, each with its key. */
export function mappingItems(lines: readonly string[], line: number): readonly YamlPart[] {
  return partsOf(lines, line, (text) => {
    if (/^\s|^- /.test(text)) return "inside";
    return isMarker(text) ? "ends" : "begins";
  });
}

/** Whether a line separates documents. */
function isMarker(line: string): boolean {
  return /^(?:---|\.\.\.)(?:\s|$)/.test(line);
}

function partsOf(
  lines: readonly string[],
  first: number,
  kindOf: (line: string) => "begins" | "inside" | "ends",
): readonly YamlPart[] {
  const parts: { lines: string[]; line: number }[] = [];
  for (const [at, text] of lines.entries()) {
    // Blank lines and comments belong to the part around them.
    const kind = text.trim() === "" || /^#/.test(text) ? "inside" : kindOf(text);
    if (kind === "ends") break;
    if (kind === "begins") parts.push({ lines: [text], line: first + at });
    else parts.at(-1)?.lines.push(text);
  }
  return parts.map((part) => ({ text: part.lines.join("\n"), line: part.line }));
}
