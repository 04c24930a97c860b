import { Box, Transform } from "ink";
import { memo } from "react";
import type { Region } from "../screen/regions.js";
import { type ColorSupport, encode, type Line } from "../screen/style.js";

export interface RegionProps {
  readonly region: Region;
  readonly colorSupport: ColorSupport;
}

/**
 * The rows of a region at their position. They are already cut to the region's width, so Ink need not measure
 * or wrap them: it gets blank lines that never change, and a transform replaces each by its row when the frame
 * is written. A key causes no new layout.
 */
export const Rows = memo(function Rows({ region, colorSupport }: RegionProps) {
  const { x, y, width, lines } = region;
  return (
    <Box position="absolute" marginLeft={x} marginTop={y} width={width} height={lines.length} flexShrink={0}>
      <Transform transform={(_blank, row) => encode(lines[row] ?? [], colorSupport)}>
        {blanks(lines.length)}
      </Transform>
    </Box>
  );
}, isSameRegion);

/** Whether a region would draw the same cells; unchanged rows keep their identity between keys. */
export function isSameRegion(before: RegionProps, after: RegionProps): boolean {
  const [one, other] = [before.region, after.region];
  return (
    before.colorSupport === after.colorSupport &&
    one.x === other.x &&
    one.y === other.y &&
    one.width === other.width &&
    one.prompt === other.prompt &&
    isSameList(one.lines, other.lines)
  );
}

function isSameList(one: readonly Line[], other: readonly Line[]): boolean {
  return one.length === other.length && one.every((line, index) => isSameLine(line, other[index] as Line));
}

function isSameLine(one: Line, other: Line): boolean {
  if (one === other) return true;
  return (
    one.length === other.length &&
    one.every(({ text, style }, index) => text === other[index]?.text && style === other[index]?.style)
  );
}

/** This many blank lines. */
function blanks(count: number): string {
  return Array.from({ length: count }, () => " ").join("\n");
}
