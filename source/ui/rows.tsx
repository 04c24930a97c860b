import { Box, Transform } from "ink";
import { memo } from "react";
import type { Region } from "../screen/regions.js";
import { type ColorSupport, encode, type Line } from "../screen/style.js";

export interface RegionProps {
  readonly region: Region;
  readonly looks: ColorSupport;
}

/**
 * The rows of a region at their place on the screen. They are already cut to the region's width, so Ink
 * need not measure or wrap them: it gets blank lines, which stay the same from key to key, and a transform
 * that puts a row in place of each when the frame is written. Nothing is laid out again at a key.
 */
export const Rows = memo(function Rows({ region, looks }: RegionProps) {
  const { x, y, width, lines } = region;
  return (
    <Box position="absolute" marginLeft={x} marginTop={y} width={width} height={lines.length} flexShrink={0}>
      <Transform transform={(_blank, row) => encode(lines[row] ?? [], looks)}>
        {blanks(lines.length)}
      </Transform>
    </Box>
  );
}, isSameRegion);

/** Whether a region would draw the same cells: rows are kept from key to key where nothing in them changed. */
export function isSameRegion(before: RegionProps, after: RegionProps): boolean {
  const [one, other] = [before.region, after.region];
  return (
    before.looks === after.looks &&
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

/** So many lines that hold nothing but their places. */
function blanks(count: number): string {
  return Array.from({ length: count }, () => " ").join("\n");
}
