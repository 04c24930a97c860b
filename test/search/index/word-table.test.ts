import assert from "node:assert/strict";
import { test } from "node:test";
import { WordTable } from "../../../source/search/index/word-table.js";
import { seeded } from "../papers.js";

test("a word has one number however it is added, and different words have different numbers", () => {
  const table = new WordTable();
  const numbers = new Map<string, number>();
  const next = seeded(3);
  for (let round = 0; round < 60_000; round += 1) {
    // Codes cover up to six and up to twelve letters; longer words have none.
    const length = 1 + (next(20) === 0 ? next(20) : next(4));
    const word = Array.from({ length }, () => String.fromCharCode(97 + next(20))).join("");
    const number = table.plain(Buffer.from(`(${word.toUpperCase()})`), 1, 1 + length);
    assert.equal(table.word(word), number);
    assert.equal(numbers.get(word) ?? numbers.size, number, word);
    numbers.set(word, number);
  }
  assert.equal(table.size, numbers.size);
  assert.deepEqual(table.words(), [...numbers.keys()]);
});

test("a compound word differs from the same letters written as one word", () => {
  const table = new WordTable();
  const letters = Uint16Array.from(Buffer.from("gpt4 and more"));
  assert.notEqual(table.glued(letters, 4), table.word("gpt4"));
  assert.equal(table.glued(letters, 4), 0);
  assert.deepEqual(table.words(), ["gpt4-", "gpt4"]);
});

test("words of any script and length are stored unchanged", () => {
  const table = new WordTable();
  const words = ["", "é", "学习", "x".repeat(70_000), "\ud800", "𝔸"];
  assert.deepEqual(
    words.map((word) => table.word(word)),
    [0, 1, 2, 3, 4, 5],
  );
  assert.deepEqual(table.words(), words);
  assert.deepEqual(
    words.map((word) => table.word(word)),
    [0, 1, 2, 3, 4, 5],
  );
});

test("words chosen to collide in the hash table still get their numbers", () => {
  // Pairs of letters after which FNV-1a has the same 32 bits (found by trying numbers in base 36 in order).
  // Combined, they give any number of collisions.
  const pairs =
    "003pwu 00a5fa, 004uzx 00f2ad, 0035zx 00apcd, 0053zx 00cpad, 0035zx 00apcd, 0053zx 00cpad, 0035zx 00apcd, 0053zx 00cpad"
      .split(", ")
      .map((pair) => pair.split(" "));
  const hash = (word: string) =>
    [...word].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5 | 0);
  const crowd = Array.from({ length: 2 ** 8 }, (_, bits) =>
    pairs.map((pair, place) => pair[(bits >> place) & 1]).join(""),
  );
  assert.equal(new Set(crowd).size, 256);
  assert.equal(new Set(crowd.map(hash)).size, 1);
  const table = new WordTable();
  const numbers = crowd.map((word) => table.word(word));
  assert.deepEqual(numbers, [...crowd.keys()]);
  for (let number = 0; number < 10_000; number += 1) table.word(`word${number}`);
  assert.deepEqual(
    crowd.map((word) => table.word(word)),
    numbers,
  );
  assert.equal(table.words()[200], crowd[200]);
});

test("short words chosen to collide in the hash table still get their numbers", () => {
  // Words whose hash has the same low bits, computed like the table mixes the codes of up to six letters.
  const lower = (word: string) => {
    let code = 0;
    for (const letter of word) code = (Math.imul(code, 37) + Number.parseInt(letter, 36) + 1) | 0;
    const hash = Math.imul(code, 0x85ebca6b);
    return (hash ^ (hash >>> 15)) & 0xfff;
  };
  const crowd: string[] = [];
  for (let number = 36 ** 4; crowd.length < 300; number += 1) {
    const word = number.toString(36);
    if (lower(word) === 7) crowd.push(word);
  }
  const table = new WordTable();
  const numbers = crowd.map((word) => table.word(word));
  assert.deepEqual(numbers, [...crowd.keys()]);
  for (let number = 0; number < 10_000; number += 1) table.word(`word${number}`);
  assert.deepEqual(
    crowd.map((word) => table.word(word)),
    numbers,
  );
  assert.equal(table.words()[250], crowd[250]);
  assert.equal(table.size, crowd.length + 10_000);
});
