import assert from "node:assert/strict";
import { test } from "node:test";
import { themeNames } from "../../source/reader/theme.js";
import { readColor } from "../../source/screen/theme/colors.js";
import { inks, surfaces } from "../../source/screen/theme/palettes.js";
import { readTheme } from "../../source/settings/theme-setting.js";

function read(value: unknown) {
  const problems: string[] = [];
  const theme = readTheme(value, "config.json", problems);
  return { theme: typeof theme === "string" ? theme : { ...theme }, problems };
}

test("the setting knows the themes and the colours of the screen, and no others", () => {
  for (const name of themeNames) assert.deepEqual(read(name), { theme: name, problems: [] });
  const names = [...inks, "background", ...surfaces, ...surfaces.map((surface) => `${surface}Text`)];
  for (const name of names)
    assert.deepEqual(read({ [name]: "red" }), { theme: { [name]: "red" }, problems: [] });
  const [problem = ""] = read({ none: "red" }).problems;
  for (const name of names) assert.ok(problem.includes(name), name);
});

test("what the setting takes as a colour, the screen reads as one", () => {
  const texts =
    "red Bright-Red brightblue gray grey default #fa0 #FFCC00 orange #ff #ffcc0 ffcc00 red; bright".split(
      " ",
    );
  for (const text of [...texts, "bright blue", "", " red ", "#1234567", "constructor", "bright-gray"]) {
    const isTaken = read({ star: text }).problems.length === 0;
    assert.equal(isTaken, readColor(text) !== null, JSON.stringify(text));
  }
});

test("a mistake in the theme is said with what is right, and the rest is used", () => {
  assert.deepEqual(read(undefined), { theme: "terminal", problems: [] });
  for (const value of ["Dark ", "solarized", 7, null, true, [], ["dark"]]) {
    const { theme, problems } = read(value);
    assert.equal(theme, "terminal");
    assert.match(
      problems[0] ?? "",
      /"theme" in config\.json must be "terminal", "auto", "light".*\. Used instead: "terminal"\./,
    );
  }
  const { theme, problems } = read({
    base: "drak",
    star: "#zzz",
    later: "red",
    acent: "blue",
    Match: "red",
    code: 3,
  });
  assert.deepEqual(theme, { later: "red" });
  assert.equal(problems.length, 5);
  assert.match(problems[0] ?? "", /"base" .* must be "terminal"/);
  assert.match(problems[1] ?? "", /The colour "star" .* must be a name such as "red"/);
  assert.match(problems[2] ?? "", /no colour "acent"/);
  assert.match(problems[3] ?? "", /no colour "Match" \(did you mean "match"\?\)/);
  for (const name of ["__proto__", "constructor", "toString"])
    assert.equal(read(JSON.parse(`{"${name}": "red"}`)).problems.length, 1, name);
});
