import assert from "node:assert/strict";
import { test } from "node:test";
import { withMark } from "../../source/papers/marks.js";
import { panelEntries } from "../../source/reader/panels/panel.js";
import { leaveOff, start } from "../../source/reader/start.js";
import { update } from "../../source/reader/update.js";
import { rowsOf } from "../../source/screen/regions.js";
import { listingOf, Reader } from "./reader.js";

const quits = (reader: Reader) => reader.take().filter(({ type }) => type === "quit").length;

test("q and Ctrl-C go back from a paper to the list, and quit only from there", () => {
  for (const key of ["q", "\x03"]) {
    for (const enter of ["\r", "l", "lz", "\t"]) {
      const reader = new Reader(5).type(enter + key);
      assert.deepEqual([reader.model.zoom, reader.model.focus], ["none", "list"], enter);
      assert.equal(quits(reader), 0, enter);
      assert.equal(quits(reader.type(key)), 1, enter);
    }
    assert.equal(quits(new Reader(5).type(key)), 1);
    assert.equal(quits(new Reader(5).type(`/paper 3\r${key}`)), 1, "a filtered list is the list");
    assert.equal(quits(new Reader(0).type(key)), 1);
    for (const size of [
      { columns: 80, rows: 15 },
      { columns: 30, rows: 8 },
    ]) {
      const small = new Reader(5, size).type(`\r${key}`);
      assert.deepEqual([small.model.zoom, quits(small)], ["none", 0]);
      assert.equal(quits(small.type(key)), 1);
    }
  }
});

/** Lets the last pause end that was begun. */
function wait(reader: Reader): Reader {
  return reader.send({ type: "pause-over", number: reader.model.pauses });
}

const named = { title: "Of names", authors: ["Qian, X.", "Doe, Jane"], categories: ["quant-ph", "cs.LG"] };

/** Opens each panel in which letters filter, over the list, a text or a triage. */
const panels: readonly (readonly [name: string, open: (reader: Reader) => Reader])[] = [
  ...["?", "F", "X", "F\rw", "I"].map((key) => [key, (reader: Reader) => reader.type(key)] as const),
  ["T?", (reader) => reader.type("T?")],
  [
    "U",
    (reader) =>
      reader.send({ type: "history", changes: [{ id: "a", when: "", text: "starred", isUndone: false }] }),
  ],
];

test("q right after a q has closed a panel acts, and leaves the list", () => {
  for (const [name, open] of panels.filter(([key]) => key !== "T?")) {
    const slow = wait(open(new Reader([named])).type("q"));
    assert.equal(quits(slow), 0, name);
    assert.equal(quits(slow.type("q")), 1, name);
    assert.equal(quits(open(new Reader([named])).type("qqq")), 1, name);
    // A name typed slowly: "qingqing".
    assert.equal(quits(wait(open(new Reader([named])).type("q")).type("ingqing")), 0, name);
  }
});

test("q closes a panel in which nothing is typed, once no letter has followed it", () => {
  for (const [name, open] of panels) {
    const reader = open(new Reader([named]));
    assert.equal(reader.model.mode, "panel", name);
    const { mode } = wait(reader.type("q")).model;
    assert.equal(mode, name === "T?" ? "triage" : "browse", name);
    assert.equal(quits(reader), 0, name);
    // Another q, Esc, what is no letter and what moves on need not wait.
    for (const key of ["qq", "q\x1b", "q\x1b[B", "qj", "qk", "qG", "q/", "q ", "q3", "q["])
      assert.notEqual(open(new Reader([named])).type(key).model.mode, "panel", name + key);
  }
  // What no line has and begins no word; X mutes any word, such as “qlora”, unless it is what is done next in the list:
  // Enter would mute “qn”.
  for (const [name, open] of panels) {
    for (const key of ["qn", "qs", "qm"])
      assert.notEqual(open(new Reader([named])).type(key).model.mode, "panel", name + key);
    for (const key of ["qv", "qlora", "qwen"])
      assert.equal(open(new Reader([named])).type(key).model.mode === "panel", name === "X", name + key);
  }
  const typed = new Reader(5).type("?xq");
  assert.deepEqual([typed.model.mode, typed.model.panel.line.text], ["panel", "xq"]);
  for (const open of [":", "a"])
    assert.equal(wait(new Reader(5).type(`${open}q`)).model.panel.line.text, "q");
  const deleted = wait(new Reader(5).type("?q\x7f"));
  assert.deepEqual([deleted.model.mode, deleted.model.panel.line.text], ["panel", ""]);
});

test("a word that begins with q filters every panel", () => {
  for (const [name, open] of panels) {
    const { model } = wait(open(new Reader([named])).type("quantum"));
    assert.deepEqual([model.mode, model.panel.line.text], ["panel", "quantum"], name);
  }
  assert.deepEqual(
    panelEntries(new Reader([named]).type("Fqian").model).map(({ text }) => text.includes("Qian")),
    [true],
  );
  assert.match(panelEntries(new Reader(5).type("?quit").model)[0]?.text ?? "", /^quit/);
});

test("the rest of a word whose q closed a panel runs nothing", () => {
  for (const [name, open] of panels) {
    const reader = open(new Reader([named]));
    wait(reader.type("q"));
    const { model: before } = reader;
    reader.take();
    reader.type("uantum rs\r");
    const after = { ...reader.model, pause: before.pause, pauses: before.pauses };
    assert.deepEqual(after, before, name);
    assert.deepEqual(
      reader.take().filter(({ type }) => type !== "pause"),
      [],
      name,
    );
  }
  // The pause ends, and moving on does not make it longer.
  const reader = wait(new Reader(5).type("?q"));
  const { pauses } = reader.model;
  assert.equal(wait(reader.type("jjj")).type("j").model.cursor, 1);
  assert.equal(reader.model.pauses, pauses);
});

test("a name typed for a panel that has nothing to show runs nothing", () => {
  for (const key of ["F", "w"]) {
    const reader = new Reader([{ title: "Nameless" }]).type(key);
    assert.equal(reader.model.mode, "browse");
    const { notice } = reader.model;
    reader.take();
    reader.type("quantum\r");
    assert.deepEqual(
      reader.take().filter(({ type }) => type !== "pause"),
      [],
    );
    assert.equal(reader.model.notice, notice, "why stays in sight");
    assert.equal(wait(reader).type("s").model.counts.starred, 1);
  }
});

test("a Backspace held down until what was typed is closed does not go back to the listing before", () => {
  for (const typed of ["/abc", "?abc", "aabc", "Fabc"]) {
    const reader = new Reader([named]).type(typed + "\x7f".repeat(9));
    assert.equal(reader.model.mode, "browse", typed);
    assert.equal(reader.model.notice, null, typed);
    assert.equal(reader.model.pause?.after, "backspace", typed);
    assert.equal(reader.type("m").model.counts.unread, 0, "only Backspace is ignored");
    assert.match(wait(reader).type("\x7f").model.notice?.text ?? "", /^no other listing/);
  }
  // Whoever types again at once may correct it at once.
  const again = new Reader([named]).type("/a\x7f\x7f/bc\x7f");
  assert.deepEqual([again.model.mode, again.model.filter.line.text], ["filter", "b"]);
});

const leftOff = { view: "all", sort: "relevance", filter: "", paper: null, day: null, history: [] } as const;

/** What going back asks for. */
const asked = (reader: Reader) =>
  reader.take().filter(({ type }) => type === "open-source" || type === "go-back");

test("Backspace opens a listing of an earlier visit first, and then goes back through those of this one", () => {
  const reader = new Reader(3).type("\x7f");
  assert.equal(reader.model.notice?.text, "no other listing has been opened yet · a opens one");
  assert.deepEqual(asked(reader), []);
  const opened = { listing: listingOf(2), marks: new Uint8Array(2), leftOff, notice: null, working: null };
  reader.send({ type: "opened", ...opened, recent: ["daily", "library.bib"] }).type("\x7f");
  assert.deepEqual(asked(reader), [{ type: "open-source", name: "daily" }]);
  reader.send({ type: "way-back", wayBack: "listing" }).type("\x7f");
  assert.deepEqual(asked(reader), [{ type: "go-back" }]);
  reader.send({ type: "way-back", wayBack: "first" }).type("\x7f");
  assert.deepEqual(asked(reader), []);
  assert.equal(reader.model.notice?.text, "this is the first listing of this visit · a opens another");
});

test("Esc goes back from the filter, then the paper, then the listing, and the footer says so", () => {
  const reader = new Reader(3);
  const footer = () =>
    rowsOf(reader.model)
      .at(-1)
      ?.map(({ text }) => text)
      .join("");
  const back = () => asked(reader.type("\x1b")).length;
  assert.doesNotMatch(footer() ?? "", /Esc/);
  assert.equal(back(), 0, "nothing was opened yet");
  reader.send({ type: "way-back", wayBack: "listing" });
  assert.match(footer() ?? "", /^ Esc back /);
  reader.type("/paper\r");
  assert.equal(back(), 0, "the filter first");
  reader.type("\r");
  assert.equal(back(), 0, "the paper first");
  assert.equal(back(), 1);
  reader.send({ type: "way-back", wayBack: "first" });
  assert.equal(back(), 0);
  assert.doesNotMatch(footer() ?? "", /Esc/);
});

test("a listing that comes back has what holds for all listings as it is now", () => {
  const reader = new Reader(3).type("/paper\rjj");
  const { model } = reader;
  const opened = { listing: listingOf(2), marks: new Uint8Array(2), leftOff, notice: null, working: null };
  reader.send({ type: "opened", ...opened, recent: [] }).type("x/number\r");
  reader.send({ type: "home", subscriptions: ["daily"] });
  reader.send({ type: "returned", model, marks: new Uint8Array(3), notice: null, recent: ["other"] });
  assert.deepEqual([reader.current, reader.model.filter.query.text], ["Paper 3", "paper"]);
  assert.deepEqual(reader.model.filter.history, ["paper", "number"]);
  assert.deepEqual([reader.model.asSource, reader.model.home.subscriptions], [true, ["daily"]]);
  reader.type("/\x1b[A");
  assert.equal(reader.model.filter.line.text, "number");
});

test("Ctrl-C cancels what is typed or chosen", () => {
  for (const before of ["?", "?abc", ":", ":quit", "a", "a/tmp", "S", "y", "e", "eabc", "T", "5"]) {
    const reader = new Reader(5).type(`${before}\x03`);
    assert.equal(reader.model.mode, "browse", before);
    assert.equal(reader.model.count, null);
    assert.equal(quits(reader), 0, before);
  }
});

test("Ctrl-C in the prompt brings back the filter and the place of before", () => {
  const reader = new Reader(9).type("jj/number 7\x03");
  assert.deepEqual([reader.model.mode, reader.current, reader.rows.length], ["browse", "Paper 3", 9]);
  reader.type("/number 7\r/\x15number 2\x03");
  assert.deepEqual([reader.model.filter.query.text, reader.current], ["number 7", "Paper 7"]);
  assert.equal(quits(reader), 0);
});

test("a newline is Enter outside of panels", () => {
  assert.equal(new Reader(5).type("/number 3\n").model.mode, "browse");
  assert.equal(new Reader(5).type("\n").model.zoom, "detail");
});

function leftIn(view: "all" | "unread" | "starred" | "later", bits: readonly number[], filter = "") {
  return start({
    listing: listingOf(bits.length),
    marks: Uint8Array.from(bits),
    size: { columns: 120, rows: 36 },
    settings: { markReadAfter: 0, ascii: false, locale: "en" },
    leftOff: { view, sort: "relevance", filter, paper: null, day: null, history: [] },
    notice: null,
    recent: [],
  });
}

test("the view left off is said where it hides papers, and not opened where it is empty", () => {
  assert.equal(leftIn("all", [1, 0, 0]).notice, null);
  assert.equal(leftIn("unread", [0, 0, 0]).notice, null);
  const unread = leftIn("unread", [1, 0, 0]);
  assert.deepEqual([unread.view, unread.shown.length], ["unread", 2]);
  assert.equal(unread.notice?.text, "only unread papers are shown, 2 of 3 · v changes the view");
  for (const [view, said] of [
    ["unread", "nothing is unread here, so all papers are shown"],
    ["starred", "nothing is starred here, so all papers are shown"],
    ["later", "nothing is for later here, so all papers are shown"],
  ] as const) {
    const model = leftIn(view, [1, 1]);
    assert.deepEqual([model.view, model.shown.length, model.notice?.text], ["all", 2, said]);
  }
  const both = leftIn("unread", [1, 0, 0], "number");
  assert.equal(
    both.notice?.text,
    "only unread papers are shown, 2 of 3; your last filter is still on · Esc clears it",
  );
});

test("another listing that comes before the first key is checked anew, and what was said of the other goes", () => {
  const starred = withMark(0, "starred", true);
  const come = (view: "starred" | "unread", marks: readonly number[], now: readonly number[]) =>
    update(leftIn(view, marks), {
      type: "loaded",
      listing: listingOf(now.map((_, at) => ({ title: `Another ${at}` }))),
      marks: Uint8Array.from(now),
    })[0];
  const none = come("starred", [starred, starred, 0], [0, 0]);
  assert.deepEqual([none.view, none.shown.length], ["all", 2]);
  assert.equal(none.notice?.text, "nothing is starred here, so all papers are shown");
  const some = come("starred", [starred, starred, 0], [starred, 0]);
  assert.equal(some.notice?.text, "only starred papers are shown, 1 of 2 · v changes the view");
  assert.equal(come("unread", [1, 0, 0], [0, 0]).notice, null);
});

test("a filter left off that finds nothing any more is off, and ↑ brings it back", () => {
  const lost = leftIn("all", [0, 0, 0], "xyzzyqwv");
  assert.deepEqual([lost.filter.query.isEmpty, lost.shown.length], [true, 3]);
  assert.equal(lost.notice?.text, "your last filter, “xyzzyqwv”, finds nothing here and is off");
  assert.deepEqual(lost.filter.history, ["xyzzyqwv"]);
  const both = leftIn("starred", [0, 0, 0], "xyzzyqwv");
  assert.deepEqual([both.view, both.shown.length], ["all", 3]);
  assert.match(both.notice?.text ?? "", /nothing is starred here, so all .*; your last filter, .* is off$/);
});

test("a source whose papers come later is checked when they come, and what is said stays", () => {
  const reader = new Reader(0);
  reader.send({ type: "command", command: "next-view", count: 2 });
  assert.equal(reader.model.view, "starred");
  reader.send({ type: "loaded", listing: listingOf(3), marks: new Uint8Array(3) });
  reader.send({ type: "noticed", notice: { text: "3 papers", tone: "info" } });
  assert.deepEqual([reader.model.view, reader.model.shown.length], ["all", 3]);
  assert.match(reader.model.notice?.text ?? "", /nothing is starred here/);
  reader.send({ type: "noticed", notice: { text: "cannot reach it", tone: "error" } });
  assert.equal(reader.model.notice?.text, "cannot reach it");
});

test("undoing names the paper, also the one under the cursor", () => {
  const reader = new Reader(3).send({
    type: "reverted",
    verb: "undid",
    label: "starred",
    papers: [{ paper: "doi:10.5555/paper-1", title: "Paper 1", starred: false }],
    error: null,
  });
  assert.equal(reader.model.notice?.text, "undid: starred “Paper 1”");
});

test("an empty view or filter is left with the paper that was chosen before it", () => {
  for (const [keys, title] of [
    ["jjvv", "Paper 3"],
    ["jjvvv", "Paper 3"],
    ["jjj/zzz\r", "Paper 4"],
  ] as const) {
    const reader = new Reader(5).type(keys);
    assert.equal(reader.rows.length, 0);
    const { listing } = reader.model;
    const left = () => listing.paper(listing.indexOf(leaveOff(reader.model).paper ?? "")).title;
    assert.equal(left(), title, keys);
    // Also after a refresh.
    reader.send({ type: "loaded", listing: listingOf(5), marks: new Uint8Array(5) });
    assert.equal(left(), title, keys);
  }
});
