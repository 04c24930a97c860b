import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "../../source/text/encoding/decode.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

test("a byte order mark is no part of the text", () => {
  assert.equal(decode(bytes("\ufeffDaily Papers")).text, "Daily Papers");
  assert.equal(decode(Uint8Array.of(0xff, 0xfe, 0x41, 0, 0x42, 0)).text, "AB");
  assert.equal(decode(Uint8Array.of(0xfe, 0xff, 0, 0x41, 0, 0x42)).text, "AB");
});

test("UTF-8, whole or damaged, is decoded as the standard's decoder does it", () => {
  const parts = [
    "\xef\xbb\xbf",
    "\xf0\x9f\x98\x80",
    "\xe2\x82",
    "\xed\xa0\x80",
    "\xc0\xaf",
    "\xf4\x90",
    "\x9f",
    "ö",
    "A",
  ];
  for (let one = 0; one < parts.length ** 3; one += 1) {
    const chosen = [one, one / parts.length, one / parts.length ** 2].map(
      (at) => parts[Math.floor(at) % parts.length] as string,
    );
    const read = latin1(`caf\xc3\xa9 ${chosen.join("")}`);
    // A foreign byte has a line read as windows-1252; a sequence that is cut stays damaged UTF-8.
    const { text, problems } = decode(read);
    if (!problems.some(({ message }) => message.includes("read as")))
      assert.equal(text, new TextDecoder().decode(read), chosen.join(" "));
  }
});

test("line ends of every system are one", () => {
  assert.equal(decode(bytes("a\r\nb\rc\nd")).text, "a\nb\nc\nd");
});

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

/** The bytes of a text in an encoding of one or two bytes a character, as far as `TextDecoder` reads it. */
function encoded(text: string, label: string): Uint8Array {
  const bytesOf = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(label);
  for (let lead = 0; lead < 256; lead += 1) {
    const one = decoder.decode(Uint8Array.of(lead));
    if (one !== "\ufffd" && !bytesOf.has(one)) bytesOf.set(one, [lead]);
    if (lead < 0x81) continue;
    const pairs = Array.from({ length: 192 }, (_, at) => [lead, 0x40 + at, 10]);
    const signs = decoder.decode(Uint8Array.from(pairs.flat())).split("\n");
    for (const [at, two] of signs.entries()) {
      if (two.length === 1 && two !== "\ufffd" && !bytesOf.has(two)) bytesOf.set(two, [lead, 0x40 + at]);
    }
  }
  return Uint8Array.from(
    [...text].flatMap((sign) => {
      const bytes = bytesOf.get(sign);
      assert.ok(bytes, `${sign} in ${label}`);
      return bytes;
    }),
  );
}

const entry = (title: string, author: string) => `@article{a,\n  title={${title}},\n  author={${author}}}\n`;

test("text of other scripts is read in its encoding, though nothing declares it", () => {
  for (const [label, name, title, author] of [
    ["gbk", "GBK", "基于深度学习的图像识别方法研究", "王伟 and 李娜"],
    ["gbk", "GBK", "图像识别", "Wang, Wei"],
    ["big5", "Big5", "基於深度學習的圖像識別方法研究", "王偉 and 李娜"],
    ["shift_jis", "Shift-JIS", "深層学習による画像認識の研究", "田中 太郎 and 鈴木 花子"],
    ["euc-jp", "EUC-JP", "深層学習による画像認識の研究", "田中 太郎 and 鈴木 花子"],
    ["euc-kr", "EUC-KR", "딥러닝을 이용한 영상 인식 연구", "김철수 and 이영희"],
    ["windows-1251", "windows-1251", "Методы распознавания изображений", "Иванов, Иван"],
    ["windows-1251", "windows-1251", "Вода", "Иван"],
    ["koi8-r", "KOI8", "Методы распознавания изображений", "Иванов, Иван"],
    ["ibm866", "IBM 866", "Методы распознавания изображений", "Иванов, Иван"],
    ["windows-1253", "windows-1253", "Μέθοδοι αναγνώρισης εικόνων", "Παπαδόπουλος, Γιώργος"],
    ["macintosh", "MacRoman", "Größe der Zeilen", "Pörksen, Bernhard and Müller, Jürgen"],
  ] as const) {
    const text = entry(title, author);
    const read = decode(encoded(text, label));
    assert.equal(read.text, text, label);
    assert.deepEqual(
      read.problems.map(({ message }) => message),
      [`bytes that are not UTF-8 are read as ${name}`],
    );
  }
});

test("Western text stays windows-1252, whatever signs it has", () => {
  for (const text of [
    entry("Größe, ÄÖÜ and Éé", "Lévêque, André and Müller, J"),
    entry("Don\u2019t, it\u2019s \u201cL\u2019été\u201d \u2013 œuvre", "Beneš, J and Šimek, K"),
    entry("a\u00a0\u00a0\u00a0\u00a0b\u00a0\u00a0\u00a0c", "X"),
    entry("\u2014\u2014\u2014\u2014\u2014\u2014\u2014\u2014 \u2022\u2022\u2022\u2022\u2022", "X"),
  ]) {
    const read = decode(encoded(text, "windows-1252"));
    assert.deepEqual([read.text, read.problems.length], [text, 1]);
  }
});

test("UTF-8 with damaged bytes is no other encoding, and a foreign part beside UTF-8 is read", () => {
  const good = entry("基于深度学习的图像识别方法研究", "王伟 and 李娜");
  const bytes = Buffer.from(good.repeat(3));
  bytes[30] = 0xff;
  const damaged = decode(bytes);
  assert.ok(damaged.text.endsWith(good.repeat(2)));
  assert.match(damaged.problems[0]?.message ?? "", /shown as/);
  const mixed = decode(Buffer.concat([Buffer.from(good.repeat(2)), encoded(good, "gbk")]));
  assert.equal(mixed.text, good.repeat(3));
});
