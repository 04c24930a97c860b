import { describeFsError } from "../files/fs-errors.js";
import { readRegular } from "../files/regular.js";
import { isRecord } from "./journal/format.js";
import { filesCalled } from "./journal/read.js";

/** What the files of a kind hold. */
export const contents = { papers: "Papers that were kept", seen: "Papers you have seen" } as const;

/**
 * The JSON objects of version 1 in all files of one kind, a line each. Lines that are damaged or of a later
 * version are passed over; never throws.
 * @param problems gets a sentence for each file that cannot be read
 */
export function* recordsIn(
  kind: "papers" | "seen",
  stateDirectory: string,
  problems: string[] = [],
): Generator<Record<string, unknown>> {
  for (const path of namesOf(kind, stateDirectory)) {
    let text = "";
    try {
      text = readRegular(path).toString();
    } catch (error) {
      problems.push(`${contents[kind]} could not be read: ${describeFsError(error, path)}.`);
    }
    for (const line of text.split("\n")) {
      const value = recordOf(line);
      if (value !== null) yield value;
    }
  }
}

/** The files of one kind, as paths; none where the directory cannot be listed, which is said of the marks. */
export function namesOf(kind: "papers" | "seen", stateDirectory: string): readonly string[] {
  try {
    return filesCalled(kind, stateDirectory);
  } catch {
    return [];
  }
}

/** The object that a line is; `null` where it is none of version 1. */
export function recordOf(line: string): Record<string, unknown> | null {
  if (line.trim() === "") return null;
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) && value.v === 1 ? value : null;
  } catch {
    return null;
  }
}
