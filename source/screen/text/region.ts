import type { Prompt } from "../prompt.js";
import type { Line } from "../style.js";

/** The regions that a screen may have, each at most once. */
export type RegionName =
  | "header"
  | "rule-top"
  | "list"
  | "divider"
  | "rule-middle"
  | "detail"
  | "panel"
  | "rule-bottom"
  | "prompt"
  | "message"
  | "footer";

/** A rectangle of the screen and its content: one line for each row, as wide as the region. */
export interface Region {
  readonly name: RegionName;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly lines: readonly Line[];
  /** Set if the region is the prompt, which is drawn as a widget. */
  readonly prompt?: Prompt;
}
