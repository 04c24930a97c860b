import assert from "node:assert/strict";
import { test } from "node:test";
import { type ThemeChoice, themeNames } from "../../../source/reader/theme.js";
import { rowsOf } from "../../../source/screen/regions.js";
import { encode, span, styles } from "../../../source/screen/style.js";
import {
  type Color,
  colorParameters,
  contrast,
  type Depth,
  readColor,
} from "../../../source/screen/theme/colors.js";
import { inks, surfaces } from "../../../source/screen/theme/palettes.js";
import { paletteOf, themeOf } from "../../../source/screen/theme/theme.js";
import { themed } from "../../../source/screen/theme/themed.js";
import { Reader } from "../../reader/reader.js";
import { Screen } from "../../support/screen.js";

const depths: readonly Depth[] = [16, 256, "all"];
const brightnesses = [null, "light", "dark"] as const;

/** The colour that a terminal of this depth displays, as a colour. */
function shown(color: Color, depth: Depth): Exclude<Color, "default"> {
  assert.notEqual(color, "default");
  if (typeof color === "number" || depth === "all") return color as Exclude<Color, "default">;
  const number = Number(colorParameters(color, depth, false).split(";").at(-1));
  if (depth === 16) return number < 90 ? number - 30 : number - 82;
  if (number >= 232) return hex(8 + 10 * (number - 232), 8 + 10 * (number - 232), 8 + 10 * (number - 232));
  const steps = [0, 95, 135, 175, 215, 255];
  const at = number - 16;
  return hex(steps[Math.floor(at / 36)] ?? 0, steps[Math.floor(at / 6) % 6] ?? 0, steps[at % 6] ?? 0);
}

function hex(...channels: number[]): `#${string}` {
  return `#${channels.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

for (const name of ["light", "dark", "high-contrast"] as const) {
  test(`every text colour of ${name} has 4.5:1 on its background, at every depth`, () => {
    for (const depth of depths) {
      for (const brightness of brightnesses) {
        const palette = paletteOf(name, { depth, brightness });
        const { background } = palette;
        assert.ok(background !== undefined);
        const least = name === "high-contrast" && depth !== 16 ? 7 : 4.5;
        for (const ink of inks) {
          const color = palette.inks[ink];
          assert.ok(color !== undefined, `${name} has no ${ink}`);
          const ratio = contrast(shown(color, depth), shown(background, depth));
          assert.ok(ratio >= least, `${name} ${depth} ${brightness} ${ink}: ${ratio.toFixed(2)}`);
        }
        for (const surface of surfaces) {
          const paint = palette.surfaces[surface];
          assert.ok(paint, `${name} has no ${surface}`);
          const ratio = contrast(shown(paint.text, depth), shown(paint.background, depth));
          assert.ok(ratio >= least, `${name} ${depth} ${brightness} ${surface}: ${ratio.toFixed(2)}`);
        }
      }
    }
  });
}

test("contrast follows WCAG 2.2", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#ffffff", "#ffffff"), 1);
  assert.ok(Math.abs(contrast("#777777", "#ffffff") - 4.48) < 0.01);
});

/** A model that shows everything that has a colour. */
function busy(theme: ThemeChoice) {
  const reader = new Reader([
    {
      title: "Kettles and steam",
      abstract: "Kettles sing. We propose a kettle.",
      authors: ["A Holm"],
      upvotes: 12,
    },
    { title: "Kettles again", abstract: "They sing.", code: "https://example.org/kettle" },
    { title: "Kettles at last", abstract: "They stop." },
  ]).type("sjL/kettle\r");
  return { ...reader.model, settings: { ...reader.model.settings, theme } };
}

test("a theme with a background covers every cell, in every mode", async () => {
  for (const theme of ["light", "dark", "high-contrast"] as const) {
    const list = busy(theme);
    const modes = [
      list,
      { ...list, focus: "detail" as const },
      { ...list, shows: "skim" as const },
      ...["?", ":", "a", "S", "y", "/x", "z", "T", "\r"].map((keys) => {
        const model = new Reader(40).type(keys).model;
        return { ...model, settings: { ...model.settings, theme } };
      }),
    ];
    for (const model of modes) {
      const looks = themed({ color: true, links: false, depth: "all" }, theme);
      const screen = new Screen(model.size.columns, model.size.rows);
      await screen.show(
        rowsOf(model)
          .map((line) => encode(line, looks))
          .join("\r\n"),
      );
      for (const [y, row] of screen.styled().entries()) {
        const bare = row.filter(({ bg, inverse }) => bg === null && !inverse).length;
        assert.equal(bare, 0, `${theme} ${model.mode} row ${y}: ${row.map(({ char }) => char).join("")}`);
      }
    }
  }
});

test("the row under the cursor has one background over the whole pane, another without the focus", async () => {
  for (const theme of ["light", "dark", "high-contrast"] as const) {
    const backgrounds = [];
    for (const focus of ["list", "detail"] as const) {
      const model = { ...busy(theme), focus };
      const looks = themed({ color: true, links: false, depth: "all" }, theme);
      const screen = new Screen(model.size.columns, model.size.rows);
      await screen.show(
        rowsOf(model)
          .map((line) => encode(line, looks))
          .join("\r\n"),
      );
      const row = screen.styled().find((cells) => cells[0]?.char === "▌") ?? [];
      const pane = row.slice(
        0,
        row.findIndex(({ char }) => char === "│"),
      );
      const matched = themeOf(theme, { depth: "all", brightness: null })?.surfaces.match?.background;
      const inRow = new Set(pane.map(({ bg }) => String(bg)));
      assert.ok(inRow.size <= 2, `${theme} ${focus}: ${[...inRow].join(" ")} (a match: ${matched})`);
      backgrounds.push(String(pane[0]?.bg));
    }
    assert.equal(new Set(backgrounds).size, 2, theme);
  }
});

test("the terminal theme uses the terminal's text colour, and hues only for signs", async () => {
  for (const brightness of brightnesses) {
    const model = busy("terminal");
    const looks = themed({ color: true, links: false, depth: "all" }, "terminal", brightness);
    const screen = new Screen(model.size.columns, model.size.rows);
    await screen.show(
      rowsOf(model)
        .map((line) => encode(line, looks))
        .join("\r\n"),
    );
    for (const { char, fg, bg } of screen.styled().flat()) {
      assert.equal(bg, null);
      if (fg !== null) assert.match(char, /^[^\p{L}\p{N}]$/u);
    }
  }
});

test("a match is inverse or on a background in every theme, and never yellow text", () => {
  for (const name of themeNames) {
    const looks = themed({ color: true, links: false, depth: 16 }, name);
    const written = encode([span("match", styles.match)], looks);
    assert.match(written, /^\x1b\[(?:\d+;)*(?:7|4[0-7]|10[0-7])(?:;\d+)*m/, name);
    assert.doesNotMatch(written, /[[;](?:33|93)[;m]/, name);
  }
});

test("without colour no theme emits one, and mono equals that", () => {
  const none = { color: false, links: false } as const;
  for (const theme of [...themeNames, { base: "dark", star: "red" }] as const) {
    const model = busy(theme);
    const text = rowsOf(model)
      .map((line) => encode(line, themed(none, theme)))
      .join("\n");
    assert.doesNotMatch(text, /\x1b\[(?:\d+;)*(?:[34]\d|9\d|10\d)[;m]/, JSON.stringify(theme));
    if (theme === "mono") {
      const mono = rowsOf(model).map((line) => encode(line, themed({ ...none, color: true }, theme)));
      assert.equal(mono.join("\n"), text);
    }
  }
});

test("colours degrade to the terminal's depth", () => {
  assert.equal(colorParameters("#ff8700", "all", false), "38;2;255;135;0");
  assert.equal(colorParameters("#ff8700", 256, false), "38;5;208");
  assert.equal(colorParameters("#ff8700", 256, true), "48;5;208");
  assert.equal(colorParameters("#fefefe", 16, true), "107");
  assert.equal(colorParameters("#1c1c1c", 256, true), "48;5;234");
  assert.equal(colorParameters(1, "all", false), "31");
  assert.equal(colorParameters(9, 256, false), "91");
  assert.equal(colorParameters(12, 16, true), "104");
  assert.equal(colorParameters("default", 16, false), "39");
  for (const name of themeNames) {
    for (const brightness of brightnesses) {
      const theme = themeOf(name, { depth: 16, brightness });
      assert.doesNotMatch(JSON.stringify(theme?.inks ?? ""), /[34]8;/, `${name} with 16 colours`);
      const many = themeOf(name, { depth: 256, brightness });
      assert.doesNotMatch(JSON.stringify(many?.inks ?? ""), /[34]8;2/, `${name} with 256 colours`);
    }
  }
});

test("colours are parsed by name and by value", () => {
  const rows: readonly (readonly [string, Color | null])[] = [
    ["red", 1],
    ["Bright-Red", 9],
    ["bright blue", 12],
    ["brightblue", 12],
    ["gray", 8],
    ["grey", 8],
    ["bright-black", 8],
    ["default", "default"],
    ["#FA0", "#ffaa00"],
    [" #ffcc00 ", "#ffcc00"],
    ["#ffcc0", null],
    ["ffcc00", null],
    ["orange", null],
    ["rgb(1,2,3)", null],
    ["constructor", null],
    ["", null],
  ];
  for (const [text, color] of rows) assert.equal(readColor(text), color, text);
});

test("custom colours replace those of the base, and text on a background stays readable", () => {
  const theme = themeOf(
    { base: "dark", star: "#123456", cursor: "#ffffff" },
    { depth: "all", brightness: null },
  );
  assert.equal(theme?.inks.star, "38;2;18;52;86");
  assert.equal(theme?.inks.later, "38;2;215;175;255");
  assert.deepEqual(theme?.surfaces.cursor, { background: "48;2;255;255;255", text: "38;2;0;0;0" });
  const own = themeOf({ accent: "bright-green", match: "blue" }, { depth: 16, brightness: null });
  assert.equal(own?.inks.accent, "92");
  assert.deepEqual(own?.surfaces.match, { background: "44", text: "97" });
  assert.equal(themeOf({ base: "mono", star: "red" }, { depth: 16, brightness: null }), null);
});

test("auto is light or dark as the terminal reports, and the terminal theme until then", () => {
  const background = (brightness: "light" | "dark" | null) =>
    paletteOf("auto", { depth: "all", brightness }).background;
  assert.deepEqual(
    [background(null), background("light"), background("dark")],
    [undefined, "#ffffff", "#1c1c1c"],
  );
});
