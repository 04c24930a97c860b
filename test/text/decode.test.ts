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
