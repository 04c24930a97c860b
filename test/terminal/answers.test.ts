import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { InputBytes } from "../../source/terminal/input/bytes.js";
import { KeyDecoder } from "../../source/terminal/keys.js";

/** Names of the keys in what a terminal sent, in these reads, as bytes. */
function names(...reads: readonly (Buffer | string)[]): string[] {
  const bytes = new InputBytes();
  const decoder = new KeyDecoder();
  const keys = reads.flatMap((read) => decoder.push(bytes.write(toBytes(read))));
  return [...keys, ...decoder.flush()].map(({ name }) => name);
}

/** Characters up to U+00FF as bytes of their own. */
const toBytes = (text: Buffer | string) => (typeof text === "string" ? Buffer.from(text, "latin1") : text);

/** Checks the keys of bytes, whole, at every split, one byte a read, and with a key before and after. */
function check(sent: string, expected: readonly string[], what = JSON.stringify(sent)): void {
  const bytes = toBytes(sent);
  assert.deepEqual(names(bytes), expected, what);
  assert.deepEqual(names(Buffer.concat([toBytes("k"), bytes, toBytes("j")])), ["k", ...expected, "j"], what);
  for (let cut = 1; cut < bytes.length; cut += 1)
    assert.deepEqual(names(bytes.subarray(0, cut), bytes.subarray(cut)), expected, `${what}, cut at ${cut}`);
  const single = Array.from(bytes, (byte) => Buffer.from([byte]));
  assert.deepEqual(names(...single), expected, `${what}, byte by byte`);
}

/** Strings that terminals answer with, without what begins and ends them. */
const contents = {
  "]": [
    "11;rgb:1e1e/1e1e/2e2e",
    "10;rgb:8f8f/f5f5/8686",
    "4;1;rgb:cdcd/0000/0000",
    "52;c;anFqcXNxc3Nxcw==",
    "l/home/q/sosoq",
    "Lq",
    "8;;https://q.example/j",
    "99;i=1:p=?;p=title,body",
    "1337;ReportCellSize=17.50;8.00;2.0",
    "7;file://host/sss",
    "",
  ],
  P: [
    ">|ghostty 1.1.3",
    ">|foot(1.16.2)",
    ">|XTerm(390)",
    ">|WezTerm 20240203-110809-5046fc22",
    "!|7E565445",
    "1$r0m",
    "1$r2 q",
    "0$r",
    "1+r544e=787465726d",
    "0+r",
    "1$u1;1;1;@;@;@;0;1;@;BBBB",
    "2$tq/j",
    "",
  ],
  _: ["Gi=31;OK", "Gi=1,I=3;ENOENT:sq", ""],
  "^": ["hello"],
  X: ["hello", "sss"],
} as const;

test("a string of the terminal is no key, in either form of either end, at any split", () => {
  for (const [introducer, texts] of Object.entries(contents)) {
    const eightBit = String.fromCharCode(introducer.charCodeAt(0) + 0x40);
    const encoded = Buffer.from(eightBit, "utf8").toString("latin1");
    const ends = ["\x1b\\", "\x9c", "\xc2\x9c", ...(introducer === "]" ? ["\x07"] : [])];
    for (const text of texts)
      for (const begin of [`\x1b${introducer}`, eightBit, encoded])
        for (const end of ends) check(begin + text + end, []);
  }
});

const sequences: readonly (readonly [string, readonly string[]])[] = [
  // Reports: device attributes, status, modes, sizes, places, focus, mouse, kitty's flags, colour scheme.
  ["\x1b[?1;2c", []],
  ["\x1b[?62;1;6;22;52c", []],
  ["\x9b?1;2c", []],
  ["\xc2\x9b?1;2c", []],
  ["\x1b[>0;276;0c", []],
  ["\x1b[>65;6800;1c", []],
  ["\x1b[=0;1c", []],
  ["\x1b[0n", []],
  ["\x1b[?997;1n", []],
  ["\x1b[24;80R", []],
  ["\x1b[?24;80;1R", []],
  ["\x1b[?2026;2$y", []],
  ["\x1b[4;2$y", []],
  ["\x1b[8;24;80t", []],
  ["\x1b[4;600;800t", []],
  ["\x1b[48;24;80;600;800t", []],
  ["\x1b[?1u", []],
  ["\x1b[?0u", []],
  ["\x1b[>4;2m", []],
  ["\x1b[2;1;1;112;112;1;0x", []],
  ["\x1b[1;2;3;4;0&w", []],
  ["\x1b[I\x1b[O", []],
  ["\x9bI\x9bO", []],
  ["\x1b[<0;10;20M\x1b[<0;10;20m\x1b[<64;1;1M", []],
  ["\x1b[32;10;20M", []],
  ["\x1b[M !!", []],
  ["\x1b[Mqqq", []],
  ["\x1b[tjj", []],
  ["\x1b[Tjjjjjj", []],
  ["\x1b[201~", []],
  ["\x1b\\", []],
  ["\x9c", []],
  ["\x84\x85\x8d\x95", []],
  [`\x1b[${"1;".repeat(300)}1c`, []],
  // Keys of kitty's protocol.
  ["\x1b[103:71;2u", ["G"]],
  ["\x1b[103;2u", ["G"]],
  ["\x1b[103;2;71u", ["G"]],
  ["\x1b[115u", ["s"]],
  ["\x1b[115;1:1u", ["s"]],
  ["\x1b[115;1:2u", ["s"]],
  ["\x1b[115;1:3u", []],
  ["\x1b[115;2:3u", []],
  ["\x1b[27u", ["escape"]],
  ["\x1b[27;1:3u", []],
  ["\x1b[13u\x1b[13;2u", ["enter", "enter"]],
  ["\x1b[9u\x1b[9;2u", ["tab", "shift-tab"]],
  ["\x1b[127u\x1b[127;2u", ["backspace", "backspace"]],
  ["\x1b[32u\x1b[32;2u", ["space", "space"]],
  ["\x1b[99;5u\x1b[67;6u", ["ctrl-c", "ctrl-c"]],
  ["\x1b[1089::99;5u", ["ctrl-c"]],
  ["\x1b[1089;;1089u", ["с"]],
  ["\x1b[98;3u\x1b[106;3u", ["alt-b"]],
  ["\x1b[115;9u\x1b[115;17u\x1b[A\x1b[1;9A", ["up"]],
  ["\x1b[115;65u\x1b[115;66u", ["S", "s"]],
  ["\x1b[115;129u\x1b[47;130u", ["s", "?"]],
  ["\x1b[47:63;2u\x1b[47;2u\x1b[49;2u", ["?", "?", "!"]],
  ["\x1b[0;;229u", ["å"]],
  ["\x1b[0;;97:98u", ["a", "b"]],
  ["\x1b[228:196;2u\x1b[223;2u", ["Ä", "ß"]],
  ["\x1b[105;5u\x1b[109;5u\x1b[91;5u\x1b[104;5u", ["tab", "enter", "escape", "backspace"]],
  ["\x1b[57414u\x1b[57399u\x1b[57408u\x1b[57410u\x1b[57416u", ["enter", "0", "9", "/", ","]],
  ["\x1b[57419u\x1b[57420;1:2u\x1b[57420;1:3u", ["up", "down"]],
  [
    "\x1b[57421u\x1b[57422u\x1b[57423u\x1b[57424u\x1b[57426u",
    ["pageup", "pagedown", "home", "end", "delete"],
  ],
  ["\x1b[57441;2u\x1b[57442;5u\x1b[57441;2:3u\x1b[57358u\x1b[57428u\x1b[57376u", []],
  ["\x1b[1;1:1A\x1b[1;1:2A\x1b[1;1:3A", ["up", "up"]],
  ["\x1b[5;1:3~\x1b[5;1:2~", ["pageup"]],
  ["\x1b[u\x1b[0u\x1b[1114112u\x1b[99999999999u\x1b[55296u\x1b[3u", []],
  // xterm's modifyOtherKeys.
  ["\x1b[27;2;71~", ["G"]],
  ["\x1b[27;2;103~", ["G"]],
  ["\x1b[27;2;63~\x1b[27;2;47~", ["?", "/"]],
  ["\x1b[27;5;99~\x1b[27;6;67~", ["ctrl-c", "ctrl-c"]],
  ["\x1b[27;2;13~\x1b[27;5;9~\x1b[27;2;9~", ["enter", "ctrl-tab", "shift-tab"]],
  ["\x1b[27;3;98~", ["alt-b"]],
  ["\x1b[27;2;32~", ["space"]],
  // Function keys of xterm, the Linux console and rxvt, and rxvt's and old xterm's modifiers.
  ["\x1b[[A\x1b[[E", ["f1", "f5"]],
  ["\x9b[A", ["f1"]],
  ["\x1bOP\x1bOS\x1b[11~\x1b[15~\x1b[17~\x1b[24~\x1b[P", ["f1", "f4", "f1", "f5", "f6", "f12", "f1"]],
  ["\x1b[1;2P\x1b[25~\x1b[34~", ["f1"]],
  ["\x1b[5$\x1b[6^\x1b[3@", ["pageup", "ctrl-pagedown", "ctrl-delete"]],
  ["\x1b[a\x1b[b\x1bOc\x1bOd", ["up", "down", "ctrl-right", "ctrl-left"]],
  ["\x1b\x1b[D\x1b\x1b[C\x1b\x1bOD", ["alt-left", "alt-right", "alt-left"]],
  ["\x1b[5C\x1bO5D\x1bO1;5C\x1bO3D", ["ctrl-right", "ctrl-left", "ctrl-right", "alt-left"]],
  ["\x8fA\x9bB\x9b6~", ["up", "down", "pagedown"]],
  ["\x1bOM\x1bOp\x1bOy\x1bOo\x1bOk\x1bOX", ["enter", "0", "9", "/", "+", "="]],
  ["\x1b[E\x1b[1;5E\x1b[2~", ["insert"]],
  ["\x1b[3~\x1b[3;5~", ["delete", "ctrl-delete"]],
];

for (const [sent, expected] of sequences)
  test(`${JSON.stringify(sent.slice(0, 60))} is ${expected.join(", ") || "no key"}, at any split`, () =>
    check(sent, expected));

test("bytes of a character are never C1 controls, and what is not UTF-8 is one character", () => {
  for (const text of ["é深✛👛ě৛", "\u0640\u15db\u{1f49b}", "ǜ\u209c\u2090"]) {
    const expected = [...text].filter((one) => !/\p{M}/u.test(one));
    const joined = names(Buffer.from(text));
    assert.equal(joined.join(""), text);
    assert.ok(joined.length >= expected.length - 1);
    const bytes = Buffer.from(text);
    assert.equal(names(...Array.from(bytes, (byte) => Buffer.from([byte]))).join(""), text);
  }
  assert.deepEqual(names("\xff\xc1\xe2\x9b?j"), ["\ufffd", "\ufffd", "\ufffd", "?", "j"]);
  assert.deepEqual(names("\xe2\x1b[A"), ["\ufffd", "up"]);
});

test("a string in any language is no key: the end is never found inside a character", () => {
  for (const text of ["l深層ě✜ǜ💜", "2;Ü\u{1f71c}j"]) {
    const sent = Buffer.from(`\x1b]${text}\x1b\\`).toString("latin1");
    check(sent, []);
  }
});

test("no key comes out of a string, whatever is in it", () => {
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  for (let round = 0; round < 20_000; round += 1) {
    const introducer = "]PX^_"[next(5)] as string;
    const isOsc = introducer === "]";
    const content = Array.from({ length: next(40) }, () => {
      const code = next(3) === 0 ? next(256) : 32 + next(95);
      // What ends it; and in the last place an Esc would be half of an end.
      return code === 0x9c || code === 0x1b || (isOsc && code === 7) ? "q" : String.fromCharCode(code);
    }).join("");
    const withEscapes = next(2) === 0 ? content.replaceAll("j", "\x1bj").replaceAll("k", "\x1b[") : content;
    // A raw byte that opens a character would take the end's first byte with it only if that were one of it.
    const sent = toBytes(`\x1b${introducer}${withEscapes.replace(/[\x1b]$/, "")}\x1b\\j`);
    const cut = next(sent.length);
    assert.deepEqual(
      names(sent.subarray(0, cut), sent.subarray(cut)),
      ["j"],
      JSON.stringify(sent.toString("latin1")),
    );
  }
});

test("a string without an end is given up, and keys act again", () => {
  const decoder = new KeyDecoder();
  assert.deepEqual(decoder.push("\x1b]11;rgb:1e1e"), []);
  assert.equal(decoder.waitsFor, "string");
  assert.deepEqual(decoder.push("j\x1b"), []);
  assert.deepEqual(decoder.flush(), []);
  assert.deepEqual(
    decoder.push("j").map(({ name }) => name),
    ["j"],
  );
  // Its end, which came too late after all, is no key either.
  assert.deepEqual(decoder.push("\x1b\\"), []);
});

test("Alt with a key that begins a string is Esc and the key, and swallows none that follow", () => {
  for (const key of ["]", "P", "X", "^", "_"]) {
    const decoder = new KeyDecoder();
    const pressed = (text: string) => decoder.push(text).map(({ name }) => name);
    assert.deepEqual(pressed(`\x1b${key}`), []);
    assert.equal(decoder.waitsFor, "begun", "a moment");
    assert.deepEqual(
      decoder.flush().map(({ name }) => name),
      ["escape", key],
    );
    assert.deepEqual(pressed("j"), ["j"]);
    // With the next key in the same moment, where it begins no report.
    assert.deepEqual(pressed(`\x1b${key}`), []);
    if (key !== "X" && key !== "^") assert.deepEqual(pressed("j"), ["escape", key, "j"]);
    else decoder.flush();
    assert.deepEqual(pressed(`\x1b${key}`), []);
    assert.deepEqual(pressed("\x1b[A"), []);
    decoder.flush();
    assert.deepEqual(pressed("j"), ["j"]);
  }
});

test("Ctrl-C is heard in a string that has no end", () => {
  for (const begun of ["\x1b]", "\x1bP1$r", "\x1bX", "\x1b_Gq"]) {
    const decoder = new KeyDecoder();
    decoder.push(begun);
    assert.deepEqual(
      [...decoder.push("\x03"), ...decoder.push("j")].map(({ name }) => name),
      ["ctrl-c", "j"],
    );
  }
});

test("a string that is too long is swallowed up to the next pause, and none of it is kept", () => {
  const decoder = new KeyDecoder();
  decoder.push("\x1bP");
  for (let piece = 0; piece < 200; piece += 1) assert.deepEqual(decoder.push("q".repeat(10_000)), []);
  assert.equal(decoder.waitsFor, "pause");
  assert.deepEqual(decoder.flush(), []);
  assert.deepEqual(
    decoder.push("j").map(({ name }) => name),
    ["j"],
  );
});

test("an answer whose Esc came alone, and was taken for the key, is no key", () => {
  for (const rest of [
    "]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    "[?1;2c",
    "P>|foot(1.16.2)\x1b\\",
    "_Gi=1;OK\x1b\\",
    "[<0;1;1M",
  ]) {
    const decoder = new KeyDecoder();
    assert.deepEqual(decoder.push("\x1b"), []);
    assert.deepEqual(
      decoder.flush().map(({ name }) => name),
      ["escape"],
    );
    assert.deepEqual(decoder.push(rest), [], rest);
    // A person types one at a time, and not so fast.
    decoder.push("\x1b");
    decoder.flush();
    assert.deepEqual(decoder.push("]"), []);
    assert.equal(decoder.waitsFor, "late");
    assert.deepEqual(
      decoder.flush().map(({ name }) => name),
      ["]"],
    );
    assert.equal(decoder.waitsFor, "nothing");
    assert.deepEqual(decoder.push("[?1;2c")[0]?.name, "[");
  }
});

test("what a key of these protocols types goes with it", () => {
  const decoder = new KeyDecoder();
  assert.deepEqual(decoder.push("\x1b[32u\x1b[103;2u\x1b[57404u\x1bOq"), [
    { name: "space", text: " " },
    { name: "G", text: "G" },
    { name: "5", text: "5" },
    { name: "1", text: "1" },
  ]);
});

const cases = fileURLToPath(new URL("../../../shared/cases/terminal-answers.tsv", import.meta.url));
test("the cases of terminals that were met", { skip: !existsSync(cases) }, () => {
  const rows = readFileSync(cases, "utf8").trimEnd().split("\n").slice(1);
  for (const row of rows) {
    const [name = "", bytes = "", keys = ""] = row.split("\t");
    const sent = bytes.replace(/\\x([0-9a-f]{2})/g, (_all, code) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
    const expected = keys.startsWith("none") ? [] : [keys];
    check(sent.replaceAll("\\\\", "\\"), name === "linux-console-F1" ? ["f1"] : expected, name);
  }
  assert.ok(rows.length > 10);
});

test("an answer whose Esc came alone, and whose rest comes in two reads, is no key", () => {
  for (const rest of [
    "]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    "]11;rgb:1e1e/1e1e/2e2e\x07",
    "[?62;22c",
    "[?997;1n",
    "P>|foot(1.16.2)\x1b\\",
    "P1$r0m\x1b\\",
  ]) {
    for (let cut = 1; cut < rest.length; cut += 1) {
      const decoder = new KeyDecoder();
      decoder.push("\x1b");
      decoder.flush();
      const keys = [
        ...decoder.push(rest.slice(0, cut)),
        ...decoder.push(rest.slice(cut)),
        ...decoder.push("j"),
      ];
      assert.deepEqual(
        keys.map(({ name }) => name),
        ["j"],
        JSON.stringify([rest.slice(0, cut), rest.slice(cut)]),
      );
    }
  }
});

test("keys that are typed soon after Esc are keys, also those that could begin an answer", () => {
  for (const [typed, expected] of [
    ["[j", ["[", "j"]],
    ["]]", ["]", "]"]],
    ["OO", ["O", "O"]],
    ["Xq", ["X", "q"]],
    ["j[", ["j", "["]],
    ["]\x1b", ["]", "escape"]],
  ] as const) {
    const decoder = new KeyDecoder();
    decoder.push("\x1b");
    decoder.flush();
    const keys = [...typed].flatMap((one) => decoder.push(one));
    assert.deepEqual(
      [...keys, ...decoder.flush()].map(({ name }) => name),
      expected,
    );
  }
});
