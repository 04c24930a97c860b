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

const latin1 = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

test("lines that are no UTF-8 are read as windows-1252 and said with their line", () => {
  const { text, problems } = decode(latin1("a\nP\xf6rk\x93\x94\x96\r\nGr\xc3\xb6\xc3\x9fe"));
  assert.equal(text, "a\nPörk“”–\nGröße");
  assert.deepEqual(problems, [{ line: 2, message: "bytes that are not UTF-8 are read as windows-1252" }]);
});

test("damaged UTF-8 is shown as U+FFFD", () => {
  const shown = [{ line: 1, message: "bytes that are not UTF-8 are shown as \ufffd" }];
  for (const damaged of ["Gr\xc3\xb6\xc3e", "Erd\xc3", "\x81\x82\x90"]) {
    const { text, problems } = decode(latin1(damaged));
    assert.match(text, /\ufffd/);
    assert.deepEqual(problems, shown);
  }
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
  const feed = decode(latin1('<?xml version="1.0" encoding="ISO-8859-1"?><rss>Erd\xf3s</rss>'));
  assert.match(feed.text, /Erdós/);
  assert.deepEqual(feed.problems, []);
  assert.match(decode(latin1("% Encoding: windows-1252\n\n@misc{a, title = {25\xb0\x93}}")).text, /25°“/);
  // What is UTF-8 all the same stays it, and a name that is none is as good as nothing.
  assert.match(decode(bytes("% Encoding: windows-1252\n25°")).text, /25°$/);
  for (const label of ["no-such-encoding", "utf-8"]) {
    const { text, problems } = decode(latin1(`% Encoding: ${label}\n25\xb0`));
    assert.match(text, /25°$/);
    assert.equal(problems.length, 1);
  }
});

test("the encoding may be named on any line of the head, as JabRef and Emacs name it", () => {
  for (const line of [
    "% This file was created with X 2.9.\n% Encoding: Cp1251",
    "%% -*- mode: bibtex; coding: windows-1251-unix -*-",
    "@comment{x}\n%%% coding: cp1251",
    "% -*- coding: windows-1251 -*-",
  ]) {
    const { text, problems } = decode(latin1(`${line}\n@misc{a, title = {\xc2\xee\xe4\xe0}}`));
    assert.match(text, /Вода/, line);
    assert.deepEqual(problems, []);
  }
  assert.match(decode(latin1("% Encoding: ISO8859_15\n\xa4")).text, /€$/);
  assert.match(decode(latin1("% Encoding: MacRoman\n\x8a")).text, /ä$/);
});
