import assert from "node:assert/strict";
import { test } from "node:test";
import type { Key } from "../../../source/reader/keys/key.js";
import { messageOf } from "../../../source/reader/typing.js";
import { KeyDecoder } from "../../../source/terminal/keys.js";
import { isLong } from "../../support/long.js";
import { listingOf, Reader } from "../reader.js";

/** The model after keys that came in one read, and how many messages they were. */
function together(keys: readonly Key[]): { reader: Reader; messages: number } {
  const reader = new Reader(listingOf(12));
  let messages = 0;
  for (let at = 0; at < keys.length; messages += 1) {
    const { message, taken } = messageOf(reader.model, keys, at);
    reader.send(message);
    at += taken;
  }
  return { reader, messages };
}

function oneByOne(keys: readonly Key[]): Reader {
  const reader = new Reader(listingOf(12));
  for (const key of keys) reader.send({ type: "key", key });
  return reader;
}

const essence = ({ model, rows }: Reader) => {
  const { mode, cursor, top, filter, count, panel } = model;
  return {
    mode,
    cursor,
    top,
    rows,
    count,
    line: filter.line,
    query: filter.query.text.trim(),
    typed: panel.line,
  };
};

function keysOf(text: string): Key[] {
  const decoder = new KeyDecoder();
  return [...decoder.push(text), ...decoder.flush()];
}

test("keys that come together act as the same keys one by one", () => {
  const parts = [
    "/",
    "a",
    "paper",
    " ",
    "1",
    "\x7f",
    "\x7f\x7f\x7f",
    "\x17",
    "\x01",
    "\x05",
    "\x15",
    "\r",
    "\x1b",
    "j",
    "G",
    "?",
    "\x1b[A",
    "\x1b[D",
    "\x0b",
  ];
  let seed = 11;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  for (let round = 0; round < (isLong ? 400 : 100); round += 1) {
    const text = `/${Array.from({ length: 1 + next(14) }, () => parts[next(parts.length)]).join("")}`;
    const keys = keysOf(text);
    assert.deepEqual(essence(together(keys).reader), essence(oneByOne(keys)), JSON.stringify(text));
  }
});

test("5,000 letters are one search, and so is taking them back", () => {
  const keys = keysOf(`/${"gradient descent ".repeat(300)}${"\x7f".repeat(5_000)}`);
  assert.equal(together(keys).messages, 2);
});

test("what ends or leaves the filter is a key of its own", () => {
  const { reader, messages } = together(keysOf("/ab\x7f\x7f\x7fj"));
  assert.equal(reader.model.mode, "browse");
  assert.equal(reader.model.cursor, 1);
  assert.equal(messages, 4);
});
