import { type Block, spansText } from "../../../fulltext/blocks.js";
import { lineOfFormula } from "../../../text/tex/layout/line.js";
import type { Key } from "../../keys/key.js";
import type { Update } from "../../messages.js";
import type { Model } from "../../model.js";
import { said, textGeometry } from "../open-text.js";
import type { OpenText } from "../text-state.js";

/** What `y` can copy: the index of a block each; `null` where there is none. */
export interface ToCopy {
  readonly paragraph: number | null;
  readonly equation: number | null;
}

/** The first paragraph and equation on the screen, or from the chosen link on. */
export function blocksToCopy({ text, rows, top, link, links }: OpenText, size: Model["size"]): ToCopy {
  const { height } = textGeometry(size);
  const row = link === null ? top : (links[link]?.row ?? top);
  const shown = [...new Set(rows.slice(row, top + height).map(({ block }) => block))];
  const first = (isMeant: (block: Block) => boolean) =>
    shown.find((at) => isMeant(text?.blocks[at] as Block)) ?? null;
  return {
    paragraph: first(({ kind, spans }) => kind !== "heading" && spans.length > 0),
    equation: first(({ equation }) => equation !== undefined),
  };
}

/** The key after `y`: the paragraph, or the TeX of the equation. */
export function copyPart(model: Model, open: OpenText, key: Key): Update {
  const next: Model = { ...model, text: { ...open, isCopying: false } };
  const { paragraph, equation } = blocksToCopy(open, model.size);
  const blockAt = (at: number) => open.text?.blocks[at] as Block;
  if (key.name === "y") {
    if (paragraph === null) return said(next, "no paragraph here");
    const text = spansText(blockAt(paragraph).spans, lineOfFormula);
    return [next, [{ type: "copy", text, what: "the paragraph" }]];
  }
  if (key.name === "t") {
    if (equation === null) return said(next, "no equation on the screen");
    const lines = blockAt(equation).equation ?? [];
    const tex = lines.map(({ cells }) => cells.join(" & ")).join(" \\\\\n");
    return [next, [{ type: "copy", text: tex, what: "the TeX of the equation" }]];
  }
  return key.name === "escape" ? [next, []] : said(next, "nothing copied");
}
