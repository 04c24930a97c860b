import { createSupportsHyperlinks } from "supports-hyperlinks";

/**
 * Whether the terminal shows links (OSC 8) as links. Others would at best ignore them, the oldest
 * write their addresses about; `FORCE_HYPERLINK=1` and `=0` decide where this does not know.
 */
export function knowsLinks(): boolean {
  return createSupportsHyperlinks(process.stdout);
}
