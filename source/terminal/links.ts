import { createSupportsHyperlinks } from "supports-hyperlinks";

/**
 * Whether the terminal supports links (OSC 8). Others ignore them at best; the oldest print their addresses.
 * `FORCE_HYPERLINK=1` and `=0` override this.
 */
export function knowsLinks(): boolean {
  return createSupportsHyperlinks(process.stdout);
}
