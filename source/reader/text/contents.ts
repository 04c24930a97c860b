import { spansText } from "../../fulltext/blocks.js";
import { lineOfFormula } from "../../text/tex/layout/line.js";
import type { PanelEntry } from "../panels/entry.js";
import { topBlock } from "./open-text.js";
import type { OpenText } from "./text-state.js";

/** The sections of an open text, as lines of a panel. */
export function contentsEntries(open: OpenText | null): readonly PanelEntry[] {
  const blocks = open?.text?.blocks ?? [];
  const sections = blocks.flatMap((block, index): PanelEntry[] => {
    if (block.kind !== "heading") return [];
    const text = spansText(block.spans, lineOfFormula);
    const indent = "  ".repeat(Math.max(0, Math.min(4, block.level - 2)));
    return [
      {
        group: "",
        label: block.label ?? "",
        text: `${indent}${text}`,
        chosen: { type: "section", block: index },
      },
    ];
  });
  return sections.length > 0 ? sections : [noSections];
}

const noSections: PanelEntry = { group: "", label: "", text: "this text has no sections", chosen: null };

/** Which of these lines is the section at the top of the screen; the first before there is one. */
export function sectionAt(open: OpenText): number {
  const at = topBlock(open);
  const before = open.text?.blocks.slice(0, at + 1).filter(({ kind }) => kind === "heading") ?? [];
  return Math.max(0, before.length - 1);
}
