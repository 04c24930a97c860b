import assert from "node:assert/strict";
import { test } from "node:test";
import { newBit } from "../../../source/papers/marks.js";
import type { Key } from "../../../source/reader/keys/key.js";
import type { Model } from "../../../source/reader/model.js";
import { leaveOff, start } from "../../../source/reader/start.js";
import { update } from "../../../source/reader/update.js";
import { listingOf, Reader } from "../reader.js";

const papers = [
  { title: "Gradient is All You Need?", published: "2023-06-16" },
  { title: "Empirical Analysis of the Hessian", published: "2017-06-14", abstract: "About curvature." },
  { title: "Learning Rates as a Function of Batch Size", published: "2020-06-16" },
  { title: "Optimization with Approximate Hessians", published: "2025-06-16" },
  { title: "The cat sat", published: "2021-01-01" },
];

/** The text in the prompt after these keys, typed after `/`. */
function typed(...keys: string[]): string {
  const reader = new Reader(papers).type("/");
  for (const one of keys) reader.type(one);
  const { text, cursor } = reader.model.filter.line;
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

const editing: readonly (readonly [string, string[], string])[] = [
  ["letters", ["hess"], "hess|"],
  ["a backspace in the same write", ["ab\x7fc"], "ac|"],
  ["three backspaces in one write", ["abcd", "\x7f\x7f\x7f"], "a|"],
  ["Ctrl-U discards what is before the cursor", ["ab cd\x1b[D\x1b[D\x15"], "|cd"],
  ["Ctrl-W deletes a word and the space after it", ["ab cd  \x17"], "ab |"],
  ["Ctrl-W again", ["ab cd\x17\x17"], "|"],
  ["Ctrl-A and Ctrl-E", ["abc\x01x\x05y"], "xabcy|"],
  ["← and →", ["abc\x1b[D\x1b[Dx\x1b[Cy"], "axby|c"],
  ["Home, End, Delete", ["abc\x1b[H\x1b[3~\x1b[Fd"], "bcd|"],
  ["Ctrl-K kills to the end", ["abc def\x01\x1bf\x0b"], "abc|"],
  ["Alt-B and Alt-D", ["abc def\x1bb\x1bd"], "abc |"],
  ["Ctrl-← and Ctrl-→", ["abc def\x1b[1;5D\x1b[1;5Dx\x1b[1;5Cy"], "xabcy| def"],
  ["an emoji is deleted whole", ["a👩‍🔬", "\x7f"], "a|"],
  ["a flag is deleted whole", ["a🇩🇪b", "\x1b[D", "\x7f"], "a|b"],
  ["a letter with its accent is deleted whole", ["ae\u0301\x7f"], "a|"],
  ["← steps over an emoji as one", ["a👍🏽b\x1b[D\x1b[Dx"], "ax|👍🏽b"],
  ["keys that move the list elsewhere are letters here", ["jkGgsmLMuvqn?"], "jkGgsmLMuvqn?|"],
  ["spaces", ["a b  c"], "a b  c|"],
  ["a paste with line breaks has spaces for them", ["\x1b[200~one\ntwo\r\nthree\x1b[201~"], "one two three|"],
  ["a pasted escape sequence is no key and no escape", ["\x1b[200~a\x1b[31mb\x1b[201~"], "ab|"],
];

for (const [name, keys, expected] of editing) {
  test(`the prompt: ${name}`, () => assert.equal(typed(...keys), expected));
}

test("identifiers pasted together find any of these papers, or are opened from arXiv if none is here", () => {
  const named = [
    { id: "2510.00001", title: "Cups" },
    { id: "2510.00002", title: "Kettles" },
    { id: "doi:10.5555/k.1", title: "Saucers", doi: "10.5555/k.1" },
  ];
  const shown = (reader: Reader) => reader.model.shown.length;
  const paste = (text: string) => new Reader(named).type(`\x1b[200~${text}\x1b[201~`);
  assert.equal(shown(paste("2510.00002v1\nhttps://doi.org/10.5555/K.1\n2510.99999")), 2);
  const away = paste("2510.99998, 2510.99999");
  assert.equal(shown(away), 0);
  away.type("\r");
  assert.deepEqual(
    away.take().filter(({ type }) => type === "open-source"),
    [{ type: "open-source", name: "arxiv:2510.99998,2510.99999", typed: "arxiv:2510.99998,2510.99999" }],
  );
});

test("a paste of 5,000 characters with line breaks arrives whole", () => {
  const pasted = "gradient descent\n".repeat(300).slice(0, 5_000);
  const reader = new Reader(papers).type(`/\x1b[200~${pasted}\x1b[201~`);
  assert.equal(reader.model.filter.line.text, pasted.replace(/\n/g, " "));
  assert.equal(reader.model.filter.line.text.length, 5_000);
});

test("cat⏎ in one write filters by cat and goes back to the list", () => {
  const reader = new Reader(papers).type("/cat\r");
  assert.equal(reader.model.mode, "browse");
  assert.equal(reader.model.filter.query.text, "cat");
  assert.equal(reader.current, "The cat sat");
});

test("the list follows every letter, with the best match under the cursor", () => {
  const reader = new Reader(papers).type("jjj/hess");
  assert.deepEqual(reader.rows, [
    "Empirical Analysis of the Hessian",
    "Optimization with Approximate Hessians",
  ]);
  assert.equal(reader.model.cursor, 0);
  reader.type("\x7f\x7f\x7f\x7f");
  assert.equal(reader.rows.length, 5);
});

test("Esc in the prompt puts everything back as it was", () => {
  const reader = new Reader(100, { rows: 20 }).type("60jkk");
  const { cursor, top } = reader.model;
  reader.type("/paper 9").type("\x1b");
  assert.deepEqual([reader.model.cursor, reader.model.top], [cursor, top]);
  assert.equal(reader.model.mode, "browse");
  assert.equal(reader.rows.length, 100);
});

test("the prompt of an open paper goes back to it with Esc and Ctrl-C, as it was", () => {
  const opened = () => new Reader(9, { columns: 60, rows: 14 }).type("jj\r").type("jj");
  const before = opened().model;
  assert.equal(before.zoom, "detail");
  for (const keys of ["/\x1b", "/\x03", "/\x7f", "/paper 7\x1b", "/paper 7\x03", "/nothing has this\x1b"]) {
    const { model } = opened().type(keys);
    assert.deepEqual([model.mode, model.zoom, model.focus], ["browse", "detail", "detail"], keys);
    assert.deepEqual(
      [model.anchor, model.top, model.detailTops],
      [before.anchor, before.top, before.detailTops],
    );
  }
  // With a filter that was kept before: Esc clears it, Ctrl-C keeps it.
  const filtered = () => new Reader(9, { columns: 60, rows: 14 }).type("/paper\rjj\r");
  for (const [key, text] of [
    ["\x1b", ""],
    ["\x03", "paper"],
  ] as const) {
    const { model } = filtered().type(`/7${key}`);
    assert.deepEqual([model.zoom, model.filter.query.text], ["detail", text]);
    assert.equal(model.anchor, filtered().model.anchor);
  }
  const kept = opened().type("/paper 7\r");
  assert.deepEqual([kept.model.zoom, kept.model.focus, kept.current], ["none", "list", "Paper 7"]);
});

test("the pane beside the list keeps the focus where a prompt is left", () => {
  const { model } = new Reader(9).type("l").type("/7\x1b");
  assert.deepEqual([model.zoom, model.focus], ["none", "detail"]);
});

test("Esc after Enter clears the filter and stays on the paper", () => {
  const reader = new Reader(papers).type("/hess\rj\x1b");
  assert.equal(reader.rows.length, 5);
  assert.equal(reader.current, "Optimization with Approximate Hessians");
});

test("an empty prompt kept is no filter; backspace in it leaves it", () => {
  assert.equal(new Reader(papers).type("/\r").model.filter.query.text, "");
  const left = new Reader(papers).type("/a\x7f\x7f");
  assert.equal(left.model.mode, "browse");
});

test("↑ recalls earlier filters, newest first, and ↓ comes back to what was being typed", () => {
  const reader = new Reader(papers).type("/hess\r\x1b/cat\r\x1b/gra");
  const text = () => reader.model.filter.line.text;
  reader.type("\x1b[A");
  assert.equal(text(), "cat");
  assert.equal(reader.current, "The cat sat");
  reader.type("\x1b[A");
  assert.equal(text(), "hess");
  reader.type("\x1b[A");
  assert.equal(text(), "hess");
  reader.type("\x1b[B\x1b[B");
  assert.equal(text(), "gra");
});

test("a filter used again is in the history once, as the newest", () => {
  const reader = new Reader(papers).type("/a\r\x1b/b\r\x1b/a\r\x1b");
  assert.deepEqual(reader.model.filter.history, ["b", "a"]);
});

test("/ on a kept filter goes on with another word, and Enter alone keeps it as it was", () => {
  const reader = new Reader(papers).type("/hess\r/ian");
  assert.equal(reader.model.filter.query.text, "hess ian");
  const kept = new Reader(papers).type("/hess\r/\r");
  assert.equal(kept.model.filter.query.text, "hess");
  assert.deepEqual(kept.model.filter.history, ["hess"]);
});

test("an emptied filter, followed by Esc or Enter, leaves the reader where they were", () => {
  for (const keys of ["\x15\r", "\x15\x1b", "\x7f\x7f\x7f\x7f\r", "\x15"]) {
    const before = new Reader(papers).type("jj").current;
    const reader = new Reader(papers).type(`jj/hess${keys}`);
    assert.equal(reader.current, before, JSON.stringify(keys));
  }
});

test("a filter of last time is said, because it hides papers", () => {
  const reader = new Reader(papers).type("/hess\r");
  assert.equal(leaveOff(reader.model).filter, "hess");
  const { listing, marks, size, settings } = reader.model;
  const again = start({
    listing,
    marks,
    size,
    settings,
    leftOff: leaveOff(reader.model),
    notice: null,
    recent: [],
  });
  assert.match(again.notice?.text ?? "", /your last filter is still on/);
});

/** The model after a start, with the filter "hess" of last time, left on a listing of a day. */
function leftWithFilter(marks: readonly number[], day: string | null, asked: string | null = null): Model {
  const { listing, size, settings } = new Reader(papers).model;
  const leftOff = {
    view: "all",
    sort: "relevance",
    filter: "hess",
    paper: null,
    day,
    history: ["cat"],
  } as const;
  const given = {
    listing,
    marks: Uint8Array.from(papers, (_, at) => marks[at] ?? 0),
    size,
    settings,
    leftOff,
  };
  return start({ ...given, filter: asked, notice: null, recent: [] });
}
const after = (model: Model, keys: readonly Key[]) =>
  keys.reduce((one, key) => update(one, { type: "key", key })[0], model);
const today = "2025-10-29";

test("a filter of last time is off where the papers are others: of another day, or some new", () => {
  for (const [marks, day] of [
    [[newBit], today],
    [[newBit], null],
    [papers.map(() => newBit), today],
    [[], "2025-10-28"],
  ] as const) {
    const model = leftWithFilter(marks, day);
    assert.deepEqual([model.filter.query.text, model.shown.length], ["", papers.length]);
    assert.equal(
      model.notice?.text,
      "your last filter, “hess”, is off, as there are other papers now · / ↑ brings it back",
    );
    const keys = ["/", "up", "enter"].map((name) => ({ name, text: name === "/" ? name : null }));
    assert.equal(after(model, keys).filter.query.text, "hess");
  }
  for (const day of [today, null]) assert.equal(leftWithFilter([], day).filter.query.text, "hess");
  assert.equal(leftWithFilter([newBit], null, "cat").filter.query.text, "cat", "asked for just now");
});

test("a filter of last time goes when other papers arrive before the first key, and stays after it", () => {
  const arrive = (model: Model, keys: readonly Key[]) => {
    const listing = listingOf([...papers, { title: "Hessians again" }]);
    const marks = Uint8Array.from([...papers.map(() => 0), newBit]);
    return update(after(model, keys), { type: "loaded", listing, marks })[0];
  };
  const untouched = arrive(leftWithFilter([], today), []);
  assert.deepEqual([untouched.filter.query.text, untouched.newRows], ["", 1]);
  assert.match(untouched.notice?.text ?? "", /is off, as there are other papers now/);
  const more = arrive(untouched, []);
  assert.deepEqual([more.filter.query.text, more.notice], ["", untouched.notice], "more of them arrive");
  const used = arrive(leftWithFilter([], today), [{ name: "j", text: "j" }]);
  assert.equal(used.filter.query.text, "hess");
  const typed = arrive(
    leftWithFilter([newBit], today),
    [..."/cat"].map((text) => ({ name: text, text })),
  );
  assert.equal(typed.filter.query.text, "cat");
});

test("pasting a title into the list looks it up", () => {
  const pasted = new Reader(papers).type("\x1b[200~The cat sat\x1b[201~");
  assert.equal(pasted.model.mode, "filter");
  assert.equal(pasted.current, "The cat sat");
  assert.deepEqual(
    pasted.take().filter(({ type }) => type === "record"),
    [],
    "no letter of it was a command",
  );
});

test("↓ at the prompt goes down what is found, after the filters that ↑ recalled", () => {
  const reader = new Reader(papers).type("/the");
  const [first, second] = reader.rows;
  assert.equal(reader.current, first);
  assert.equal(reader.type("\x1b[B").current, second);
  assert.equal(reader.model.filter.query.text, "the");
  reader.type("\r/\x15cat\x1b[A");
  assert.equal(reader.model.filter.line.text, "the");
  reader.type("\x1b[B");
  assert.equal(reader.model.filter.line.text, "cat", "first back to what was being typed");
});

test("Enter opens the paper that a filter names and the listing does not have", () => {
  for (const [typed, name] of [
    ["1706.03762", "1706.03762"],
    ["https://arxiv.org/abs/1706.03762v5", "1706.03762"],
    ["huggingface.co/papers/1706.03762", "1706.03762"],
    ["10.1234/abc", "https://api.crossref.org/works/10.1234%2Fabc/transform/application/x-bibtex"],
  ] as const) {
    const reader = new Reader(3).type(`/${typed}\r`);
    const opened = reader.take().filter((one) => one.type === "open-source");
    assert.deepEqual(opened, [{ type: "open-source", name, typed: name }]);
    assert.equal(reader.model.mode, "browse");
    assert.equal(reader.model.shown.length, 3, "the listing is left without the filter");
  }
  const there = new Reader(3).type("/doi:10.5555/paper-2\r");
  assert.deepEqual(
    there.take().filter((one) => one.type === "open-source"),
    [],
  );
  assert.equal(there.model.shown.length, 1);
});

test("a filter combines with a view and with marks", () => {
  const reader = new Reader(papers).marked("starred", "The cat sat").type("vv/the\r");
  assert.deepEqual(reader.rows, ["The cat sat"]);
  reader.type("\x1b").type("/is:starred\r");
  assert.deepEqual(reader.rows, ["The cat sat"]);
  reader.type("V\x1b/-is:starred\r");
  assert.equal(reader.rows.length, 4);
});

test("with a filter that was sorted by relevance, a date sort holds too", () => {
  const reader = new Reader(papers).type("/year:2020..2025\rSd");
  assert.deepEqual(reader.rows, [
    "Optimization with Approximate Hessians",
    "Gradient is All You Need?",
    "The cat sat",
    "Learning Rates as a Function of Batch Size",
  ]);
});

test("what is not understood is said beside the prompt and never stops anyone", () => {
  const reader = new Reader(papers).type("/is:foo cat");
  assert.match(reader.model.filter.query.notes.join(), /is:foo/);
});

test("a filter that finds nothing is left without losing the place", () => {
  const reader = new Reader(papers).type("jj/zzzzqq\r");
  assert.deepEqual(reader.rows, []);
  reader.type("jksm\x1b");
  assert.equal(reader.rows.length, 5);
});
