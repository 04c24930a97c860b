/** The position of a cell in the picture, in pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The thickness of a box-drawing line, in pixels. */
const light = 1;
const heavy = 2;

/** The arms of a line character: up, right, down, left, each with its thickness or none. */
type Arms = readonly [up: number, right: number, down: number, left: number];

const lines: Readonly<Record<string, Arms>> = {
  "─": [0, light, 0, light],
  "│": [light, 0, light, 0],
  "┌": [0, light, light, 0],
  "┐": [0, 0, light, light],
  "└": [light, light, 0, 0],
  "┘": [light, 0, 0, light],
  "├": [light, light, light, 0],
  "┤": [light, 0, light, light],
  "┬": [0, light, light, light],
  "┴": [light, light, 0, light],
  "┼": [light, light, light, light],
  "╴": [0, 0, 0, light],
  "╵": [light, 0, 0, 0],
  "╶": [0, light, 0, 0],
  "╷": [0, 0, light, 0],
  "━": [0, heavy, 0, heavy],
  "┃": [heavy, 0, heavy, 0],
};

/** Rounded corners: the direction of each arm from the middle, across and down. */
const corners: Readonly<Record<string, readonly [across: 1 | -1, down: 1 | -1]>> = {
  "╭": [1, 1],
  "╮": [-1, 1],
  "╰": [1, -1],
  "╯": [-1, -1],
};

/** Blocks that fill a part of the cell: from left, top, to right, bottom, in eighths. */
const blocks: Readonly<Record<string, readonly [number, number, number, number]>> = {
  "█": [0, 0, 8, 8],
  "▀": [0, 0, 8, 4],
  "▐": [4, 0, 8, 8],
  ...Object.fromEntries([..."▁▂▃▄▅▆▇"].map((char, at) => [char, [0, 7 - at, 8, 8]])),
  ...Object.fromEntries([..."▉▊▋▌▍▎▏"].map((char, at) => [char, [0, 0, 7 - at, 8]])),
};

/**
 * A line or block character as an SVG element that fills its cell to the edge, so that lines join in
 * every font and at every line height; `null` for any other character.
 */
export function drawBox(char: string, area: Area, colour: string): string | null {
  const { x, y, width, height } = area;
  const arms = lines[char];
  if (arms) return `<path d="${lineArms(arms, area)}" fill="${colour}"/>`;
  const block = blocks[char];
  if (block) {
    const [left, top, right, bottom] = block;
    const part = {
      x: x + (left * width) / 8,
      y: y + (top * height) / 8,
      width: ((right - left) * width) / 8,
      height: ((bottom - top) * height) / 8,
    };
    return `<path d="${rectangle(part)}" fill="${colour}"/>`;
  }
  const corner = corners[char];
  return corner ? roundedCorner(corner, area, colour) : null;
}

function lineArms([up, right, down, left]: Arms, { x, y, width, height }: Area): string {
  const centre = { x: x + Math.floor(width / 2), y: y + Math.floor(height / 2) };
  const parts: Area[] = [];
  if (up) parts.push({ x: centre.x, y, width: up, height: centre.y - y + light });
  if (down) parts.push({ x: centre.x, y: centre.y, width: down, height: y + height - centre.y });
  if (left) parts.push({ x, y: centre.y, width: centre.x - x + light, height: left });
  if (right) parts.push({ x: centre.x, y: centre.y, width: x + width - centre.x, height: right });
  return parts.map(rectangle).join("");
}

function rectangle({ x, y, width, height }: Area): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}

function roundedCorner([across, down]: readonly [number, number], area: Area, colour: string): string {
  // Offset by half a pixel, so that a stroke of one pixel covers the same pixels as straight lines.
  const x = area.x + Math.floor(area.width / 2) + 0.5;
  const y = area.y + Math.floor(area.height / 2) + 0.5;
  const endX = across > 0 ? area.x + area.width : area.x;
  const endY = down > 0 ? area.y + area.height : area.y;
  const radius = Math.floor(area.width / 2);
  const curve = `V${y + down * radius}Q${x} ${y} ${x + across * radius} ${y}`;
  return `<path d="M${x} ${endY}${curve}H${endX}" fill="none" stroke="${colour}"/>`;
}
