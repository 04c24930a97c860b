import type { Pane } from "../../reader/layout.js";
import type { Model } from "../../reader/model.js";
import { glyphsFor } from "../glyphs.js";
import { fit } from "../line.js";
import { type Line, span, styles } from "../style.js";

/** The keys a new user needs first. */
const keys: readonly (readonly [key: string, does: string])[] = [
  ["j k", "next and previous paper"],
  ["Enter", "open the paper; Esc goes back"],
  ["s", "star it"],
  ["/", "filter by words"],
  ["?", "all keys; q quits"],
];

/** The fewest rows that the card leaves for the paper. */
const leastLeft = 4;

/**
 * Adds a card with the first keys at the bottom of the pane until a key is pressed. Later runs leave the
 * lines unchanged.
 */
export function withWelcome(model: Model, lines: readonly Line[], { width, height }: Pane): readonly Line[] {
  if (!model.isFirstRun || model.mode !== "browse") return lines;
  const { across } = glyphsFor(model.settings.ascii);
  const card: Line[] = [
    fit([span(across.repeat(width), styles.rule)], width),
    ...keys.map(([key, does]) => fit([span(" "), span(key.padEnd(7), styles.key), span(does)], width)),
  ];
  if (height - card.length < leastLeft) return lines;
  return [...lines.slice(0, height - card.length), ...card];
}
