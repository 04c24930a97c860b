import assert from "node:assert/strict";
import { test } from "node:test";
import { hex, theme } from "../../scripts/palette.js";
import { drawWindow } from "../../scripts/svg.js";
import { type Cell, Screen } from "./screen.js";

/** The picture of what `output` leaves on a screen of 12 × 3. */
async function drawn(output: string, options: { cursor?: boolean; title?: string } = {}): Promise<string> {
  const screen = new Screen(12, 3);
  await screen.show(output);
  const { title = "test" } = options;
  const rows = screen.styled();
  return drawWindow(options.cursor ? { rows, title, cursor: screen.cursor() } : { rows, title });
}

/** The spans of a picture, as [attributes, text]. */
function spans(svg: string): [attributes: string, text: string][] {
  return [...svg.matchAll(/<tspan ([^>]*)>([^<]*)<\/tspan>/g)].map(([, at = "", text = ""]) => [at, text]);
}

test("text is in its columns, whatever the font", async () => {
  const [[attributes, text] = ["", ""]] = spans(await drawn("  two words  "));
  assert.equal(text, "two words");
  assert.match(attributes, /x="18" textLength="81"/);
});

test("text after a wide gap starts in its own column", async () => {
  const found = spans(await drawn("a b   c d"));
  assert.deepEqual(
    found.map(([attributes, text]) => [
      / ?x="([^"]+)" textLength="([^"]+)"/.exec(attributes)?.slice(1),
      text,
    ]),
    [
      [["0", "27"], "a b"],
      [["54", "27"], "c d"],
    ],
  );
});

test("text is escaped, in the title too", async () => {
  const svg = await drawn("a<b>&\"'", { title: "</svg><script>" });
  assert.match(svg, />a&lt;b&gt;&amp;&quot;'</);
  assert.match(svg, /<title>&lt;\/svg&gt;&lt;script&gt;<\/title>/);
  assert.doesNotMatch(svg, /<script/);
});

test("what XML cannot hold becomes a replacement character", () => {
  const plain = { fg: null, bg: null, bold: false, dim: false, italic: false, underline: false };
  const cell: Cell = { ...plain, inverse: false, width: 1, char: "\u0007\ud800" };
  assert.match(drawWindow({ rows: [[cell]], title: "" }), />\ufffd\ufffd</);
});

test("colours of the palette, of the cube, of the greys and true colours are drawn", async () => {
  const svg = await drawn("\x1b[31mA\x1b[38;5;208mB\x1b[38;5;244mC\x1b[38;2;1;2;3mD\x1b[0mE");
  const fills = spans(svg).map(([attributes]) => /fill="([^"]+)"/.exec(attributes)?.[1]);
  assert.deepEqual(fills, [hex(1), "#ff8700", "#808080", "#010203", theme.foreground]);
});

test("bold, italic and underlined text is drawn so", async () => {
  const svg = await drawn("\x1b[1mA\x1b[0;3mB\x1b[0;4m C \x1b[0mD");
  const [bold, italic, underlined, plain] = spans(svg);
  assert.match(bold?.[0] ?? "", /font-weight="700"/);
  assert.match(italic?.[0] ?? "", /font-style="italic"/);
  assert.match(underlined?.[0] ?? "", /text-decoration="underline"/);
  assert.equal(underlined?.[1], " C ");
  assert.doesNotMatch(plain?.[0] ?? "", /font-|text-decoration/);
});

test("inverse text swaps its colours, dim text is nearer to its background", async () => {
  const inverse = await drawn("\x1b[7mA");
  assert.match(inverse, new RegExp(`<rect x="0" y="0" width="9" height="20" fill="${theme.foreground}"/>`));
  assert.match(spans(inverse)[0]?.[0] ?? "", new RegExp(`fill="${theme.background}"`));
  const dim = await drawn("\x1b[38;2;200;200;200;48;2;0;0;0;2mA");
  assert.match(spans(dim)[0]?.[0] ?? "", /fill="#787878"/);
});

test("a background is one rectangle over all its columns, wide characters included", async () => {
  const svg = await drawn("a\x1b[44m漢 b\x1b[0mc");
  assert.match(svg, new RegExp(`<rect x="9" y="0" width="36" height="20" fill="${hex(4)}"/>`));
});

test("a wide character is centred in its two columns and moves nothing after it", async () => {
  const svg = await drawn("a漢b👩‍🔬c");
  assert.deepEqual(
    spans(svg).map(([attributes, text]) => [/ ?x="([^"]+)"/.exec(attributes)?.[1], text]),
    [
      ["0", "a"],
      ["18", "漢"],
      ["27", "b"],
      ["45", "👩‍🔬"],
      ["54", "c"],
    ],
  );
});

test("lines are drawn, not written, and reach from cell to cell", async () => {
  const svg = await drawn("┌──┐\r\n│▌╭╯");
  assert.deepEqual(spans(svg), []);
  // The two dashes are one line over columns 1 and 2: from 9 to 27 pixels.
  assert.match(svg, /<path d="M9 10h10v1h-10zM18 10h9v1h-9z"/);
  assert.equal(svg.match(/stroke=/g)?.length, 2);
});

test("the cursor is a block where it is visible", async () => {
  const block = `<rect x="18" y="0" width="9" height="20" fill="${theme.foreground}"/>`;
  assert.ok((await drawn("ab", { cursor: true })).includes(block));
  assert.ok(!(await drawn("ab\x1b[?25l", { cursor: true })).includes(block));
});

test("the same screen gives the same picture", async () => {
  const output = "\x1b[1mTitle\x1b[0m ★ 漢\r\n───";
  assert.equal(await drawn(output), await drawn(output));
});
