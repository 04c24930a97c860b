import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, render } from "ink-testing-library";
import TextInput from "ink-text-input";
import { useState } from "react";
import { edit, insert, lineOf } from "../../source/reader/keys/line-editor.js";

/**
 * Why `ink-text-input` draws the prompt but does not edit it. Each test shows the widget losing
 * something that a person typed, and our own line keeping it. When one of the first three fails
 * because the widget got better, it may get its work back.
 */
afterEach(() => cleanup());

let value = "";
function Prompt({ initial }: { readonly initial: string }) {
  const [text, setText] = useState(initial);
  value = text;
  return <TextInput value={text} onChange={setText} />;
}

async function typed(initial: string, ...writes: string[]): Promise<string> {
  const { stdin } = render(<Prompt initial={initial} />);
  await new Promise(setImmediate);
  for (const write of writes) stdin.write(write);
  await new Promise(setImmediate);
  return value;
}

test("the widget: keys that come in one tick do not see each other", async () => {
  assert.notEqual(await typed("", "c", "a", "t"), "cat");
  assert.equal(insert(insert(insert(lineOf(""), "c"), "a"), "t").text, "cat");
});

test("the widget: a backspace halves an emoji", async () => {
  assert.notEqual(await typed("a👩‍🔬", "\x7f"), "a");
  assert.equal(edit(lineOf("a👩‍🔬"), "backward-delete-char").text, "a");
});

test("the widget: Ctrl-A types a letter instead of going to the start", async () => {
  assert.equal(await typed("bc", "\x01"), "bca");
  assert.equal(edit(lineOf("bc"), "beginning-of-line").cursor, 0);
});

test("without the focus the widget shows what it is given, and takes no key", async () => {
  const { stdin, lastFrame } = render(<TextInput value="hessian" focus={false} onChange={assert.fail} />);
  stdin.write("x");
  await new Promise(setImmediate);
  assert.equal(lastFrame(), "hessian");
});
