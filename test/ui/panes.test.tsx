import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Box } from "ink";
import { cleanup, render } from "ink-testing-library";
import type { ComponentType, ReactNode } from "react";
import { type Region, type RegionName, regionsOf } from "../../source/screen/regions.js";
import {
  DetailPane,
  Divider,
  Footer,
  Header,
  ListPane,
  Panel,
  PromptRow,
  Rule,
} from "../../source/ui/panes.js";
import { isSameRegion, type RegionProps } from "../../source/ui/rows.js";
import { Screen } from "../../source/ui/screen.js";
import { Reader } from "../reader/reader.js";

afterEach(() => cleanup());

const colorSupport = { color: false, links: false };
const size = { columns: 100, rows: 20 };

/** The region of that name after some keys. */
function region(name: RegionName, keys = ""): Region {
  const found = regionsOf(new Reader(20, size).type(keys).model).find((one) => one.name === name);
  assert.ok(found, `no ${name} after ${keys}`);
  return found;
}

/** What a component draws of a region at the top left, without the blanks at the ends of lines. */
function drawn(Part: ComponentType<RegionProps>, one: Region): string {
  return frameOf(<Part region={{ ...one, x: 0, y: 0 }} colorSupport={colorSupport} />);
}

/** The text that Ink makes of something on a screen of our size, without its styles. */
function frameOf(content: ReactNode): string {
  const { lastFrame } = render(
    <Box width={size.columns} height={size.rows}>
      {content}
    </Box>,
  );
  return (lastFrame() ?? "").replace(/\x1b\[[\d;]*m/g, "");
}

function textOf({ lines }: Region): string {
  return lines
    .map((line) =>
      line
        .map(({ text }) => text)
        .join("")
        .trimEnd(),
    )
    .join("\n");
}

const parts: readonly (readonly [ComponentType<RegionProps>, RegionName, string])[] = [
  [Header, "header", ""],
  [Rule, "rule-top", ""],
  [ListPane, "list", "jj"],
  [Divider, "divider", ""],
  [DetailPane, "detail", "jj"],
  [Rule, "rule-bottom", ""],
  [PromptRow, "prompt", ""],
  [PromptRow, "prompt", "/title"],
  [Footer, "footer", "s"],
  [Panel, "panel", "?"],
  [Header, "header", "?"],
];

for (const [Part, name, keys] of parts) {
  const when = keys === "" ? "" : ` after ${keys}`;
  test(`${Part.displayName ?? Part.name ?? name} draws the rows of the region ${name}${when}`, () => {
    const one = region(name, keys);
    const trimmed = (text: string) => text.replace(/ +$/gm, "").trimEnd();
    assert.equal(trimmed(drawn(Part, one)), trimmed(textOf(one)));
  });
}

test("a region is at its place on the screen", () => {
  const rows = frameOf(
    <ListPane region={{ ...region("list"), x: 3, y: 2 }} colorSupport={colorSupport} />,
  ).split("\n");
  assert.deepEqual(rows.slice(0, 2), ["", ""]);
  assert.match(rows[2] as string, /^ {3}▌/);
});

test("a step changes the list and the paper, and no other region", () => {
  const reader = new Reader(20, size);
  const before = new Map(regionsOf(reader.model).map((one) => [one.name, one]));
  const changed = regionsOf(reader.type("j").model)
    .filter(
      (one) =>
        !isSameRegion(
          { region: before.get(one.name) as Region, colorSupport },
          { region: one, colorSupport },
        ),
    )
    .map(({ name }) => name);
  for (const name of ["list", "detail"] as const) assert.ok(changed.includes(name), name);
  for (const name of ["rule-top", "divider", "rule-bottom", "prompt"] as const) {
    assert.ok(!changed.includes(name), name);
  }
});

test("the screen is its regions side by side", () => {
  const reader = new Reader(3, size);
  const rows = frameOf(<Screen store={reader.store} colorSupport={colorSupport} />).split("\n");
  assert.equal(rows.length, size.rows);
  for (const { name, x, y, lines } of regionsOf(reader.model)) {
    const first = (lines[0] ?? []).map(({ text }) => text).join("");
    assert.equal(
      rows[y]?.slice(x, x + first.length).trimEnd(),
      first.trimEnd(),
      `${name}: the first row at ${x}, ${y}`,
    );
  }
});
