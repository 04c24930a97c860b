import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "../../source/text/decode.js";

const bytes = (text: string) => new TextEncoder().encode(text);

test("a byte order mark is no part of the text", () => {
  assert.equal(decode(bytes("\ufeffDaily Papers")).text, "Daily Papers");
  assert.equal(decode(Uint8Array.of(0xff, 0xfe, 0x41, 0, 0x42, 0)).text, "AB");
  assert.equal(decode(Uint8Array.of(0xfe, 0xff, 0, 0x41, 0, 0x42)).text, "AB");
});

test("line ends of every system are one", () => {
  assert.equal(decode(bytes("a\r\nb\rc\nd")).text, "a\nb\nc\nd");
});

test("bytes that are no UTF-8 are shown as U+FFFD and said with their line", () => {
  const { text, problems } = decode(Uint8Array.of(0x61, 0x0a, 0x62, 0xe9, 0x63));
  assert.equal(text, "a\nb\ufffdc");
  assert.deepEqual(problems, [{ line: 2, message: "bytes that are not UTF-8 are shown as \ufffd" }]);
});

test("a genuine U+FFFD is no problem", () => {
  assert.deepEqual(decode(bytes("a\ufffdb")).problems, []);
});

test("NUL bytes are left out and said with the line of the first", () => {
  const { text, problems } = decode(bytes("a\nb\0\0c"));
  assert.equal(text, "a\nbc");
  assert.deepEqual(problems, [{ line: 2, message: "2 NUL bytes were left out" }]);
});

test("bytes that are no UTF-8 are read in the encoding that the file names", () => {
  const latin1 = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
  const feed = decode(latin1('<?xml version="1.0" encoding="ISO-8859-1"?><rss>Erd\xf3s</rss>'));
  assert.match(feed.text, /Erdós/);
  assert.deepEqual(feed.problems, []);
  assert.match(decode(latin1("% Encoding: windows-1252\n\n@misc{a, title = {25\xb0}}")).text, /25°/);
  // What is UTF-8 all the same stays it, and a name that is none is as good as nothing.
  assert.match(decode(bytes("% Encoding: windows-1252\n25°")).text, /25°$/);
  for (const label of ["no-such-encoding", "utf-8"]) {
    const { text, problems } = decode(latin1(`% Encoding: ${label}\n25\xb0`));
    assert.match(text, /25\ufffd$/);
    assert.equal(problems.length, 1);
  }
});
