import assert from "node:assert/strict";
import { test } from "node:test";
import { KeyDecoder } from "../../source/terminal/keys.js";

/** Names of the keys in what a terminal sent, in one read. */
function names(input: string): string[] {
  const decoder = new KeyDecoder();
  return [...decoder.push(input), ...decoder.flush()].map(({ name }) => name);
}

const table: readonly (readonly [string, string[]])[] = [
  ["jjj", ["j", "j", "j"]],
  ["/cat\r", ["/", "c", "a", "t", "enter"]],
  ["\x7f\x7f\x7f", ["backspace", "backspace", "backspace"]],
  ["\b", ["backspace"]],
  ["\r\t ", ["enter", "tab", "space"]],
  ["\x03\x04\x1a", ["ctrl-c", "ctrl-d", "ctrl-z"]],
  ["\x1b[A\x1b[B\x1b[C\x1b[D", ["up", "down", "right", "left"]],
  ["\x1bOA\x1bOH\x1bOF", ["up", "home", "end"]],
  ["\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~", ["home", "end", "home", "end", "home", "end"]],
  ["\x1b[3~\x1b[5~\x1b[6~", ["delete", "pageup", "pagedown"]],
  ["\x1b[1;5C\x1b[1;3D\x1b[1;2A", ["ctrl-right", "alt-left", "up"]],
  ["\x1b[Z", ["shift-tab"]],
  ["\x1b", ["escape"]],
  ["\x1b\x1b", ["escape", "escape"]],
  ["\x1b\x1b[A", ["escape", "up"]],
  ["\x1bb\x1bf\x1bd\x1b\x7f", ["alt-b", "alt-f", "alt-d", "alt-backspace"]],
  ["\x1bj", ["escape", "j"]],
  ["\x1b[106u\x1b[27u\x1b[99;5u", ["j", "escape", "ctrl-c"]],
  ["\x1b[<0;10;20M\x1b[<0;10;20m\x1b[Mabcj", ["j"]],
  ["\x1b[I\x1b[Oj", ["j"]],
  ["\x1b[?62;22cj", ["j"]],
  ["é深👩‍🔬🇩🇪e\u0301", ["é", "深", "👩‍🔬", "🇩🇪", "e\u0301"]],
  ["a\r\nb", ["a", "enter", "ctrl-j", "b"]],
  ["\x1b[200~a\rb\x1b[201~c", ["paste", "c"]],
  ["\x1b[200~\x1b[201~", ["paste"]],
  ["", []],
];

for (const [input, expected] of table) {
  test(`${JSON.stringify(input)} is ${expected.join(", ") || "nothing"}`, () =>
    assert.deepEqual(names(input), expected));
}

test("keys are the same however the bytes were cut into reads", () => {
  const whole = "j\x1b[A/é👍\x1b[200~one\x1b[31mtwo\x1b[201~\x1b[1;5Cq\x1bOB\x1b[5~";
  const expected = names(whole);
  for (let cut = 1; cut < whole.length; cut += 1) {
    // Never inside a character: the byte decoder before this one sees to that.
    if (/[\udc00-\udfff]/.test(whole[cut] as string)) continue;
    const decoder = new KeyDecoder();
    const keys = [
      ...decoder.push(whole.slice(0, cut)),
      ...decoder.push(whole.slice(cut)),
      ...decoder.flush(),
    ];
    assert.deepEqual(
      keys.map(({ name }) => name),
      expected,
      `cut at ${cut}`,
    );
  }
});

test("a paste is one key with its text, even where its end mark comes in pieces", () => {
  const text = "line one\nline two";
  const whole = `\x1b[200~${text}\x1b[201~`;
  const decoder = new KeyDecoder();
  const keys = [...whole].flatMap((one) => decoder.push(one));
  assert.deepEqual(keys, [{ name: "paste", text }]);
  assert.equal(decoder.waitsFor, "nothing");
});

test("a lone Esc waits for what could follow it", () => {
  const decoder = new KeyDecoder();
  assert.deepEqual(decoder.push("\x1b"), []);
  assert.equal(decoder.waitsFor, "escape");
  assert.deepEqual(decoder.flush(), [{ name: "escape", text: null }]);
  assert.equal(decoder.waitsFor, "nothing");
});

test("what a key types goes with it", () => {
  const decoder = new KeyDecoder();
  assert.deepEqual(decoder.push("a "), [
    { name: "a", text: "a" },
    { name: "space", text: " " },
  ]);
});

test("no bytes make the decoder throw or hang", () => {
  const parts = [
    "\x1b",
    "[",
    "O",
    "200~",
    "201~",
    "~",
    ";",
    "5",
    "<",
    "M",
    "m",
    "u",
    "a",
    "é",
    "\x00",
    "\r",
    "?",
  ];
  let seed = 3;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  for (let round = 0; round < 20_000; round += 1) {
    const soup = Array.from({ length: next(20) }, () => parts[next(parts.length)]).join("");
    names(soup);
  }
});
