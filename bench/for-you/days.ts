import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { huggingFace } from "../../source/formats/json/hugging-face.js";
import type { Paper } from "../../source/papers/paper.js";

/** A day of Daily Papers, in the order of the page. */
export interface Day {
  readonly day: string;
  readonly papers: readonly Paper[];
}

/**
 * The days in a gzipped file with one `{"day", "papers"}` object per line; `null` if there is no such file.
 */
export function readDays(path: string): readonly Day[] | null {
  if (!existsSync(path)) return null;
  const lines = gunzipSync(readFileSync(path)).toString().trim().split("\n");
  return lines.map((line) => {
    const { day, papers } = JSON.parse(line) as { day: string; papers: unknown };
    return {
      day,
      papers: huggingFace.parse(JSON.stringify(papers), { today: day }).papers as readonly Paper[],
    };
  });
}
