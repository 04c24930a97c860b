import { describeFsError } from "../files/fs-errors.js";
import { isRecord } from "../files/json.js";
import { readText } from "../files/regular.js";
import { filesCalled } from "./journal/read.js";

/** The contents of each kind of file, for messages. */
export const contents = { papers: "Papers that were kept", seen: "Papers you have seen" } as const;

/**
 * The JSON objects of version 1 in all files of one kind, one a line. Skips damaged lines and those of later
 * versions; never throws.
 * @param problems gets a sentence for each unreadable file
 */
export function* recordsIn(
  kind: "papers" | "seen",
  stateDirectory: string,
  problems: string[] = [],
): Generator<Record<string, unknown>> {
  for (const path of namesOf(kind, stateDirectory)) {
    let text = "";
    try {
      text = readText(path);
    } catch (error) {
      problems.push(`${contents[kind]} could not be read: ${describeFsError(error, path)}.`);
    }
    for (const line of text.split("\n")) {
      const value = recordOf(line);
      if (value !== null) yield value;
    }
  }
}

/** The paths of one kind of file; empty if the directory cannot be listed, which `openLibrary` reports. */
export function namesOf(kind: "papers" | "seen", stateDirectory: string): readonly string[] {
  try {
    return filesCalled(kind, stateDirectory);
  } catch {
    return [];
  }
}

/** The object in a line; `null` if it is not one of version 1. */
export function recordOf(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) && value.v === 1 ? value : null;
  } catch {
    return null;
  }
}
