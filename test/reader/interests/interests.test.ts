import assert from "node:assert/strict";
import { test } from "node:test";
import type { Interest } from "../../../source/papers/interests/interest.js";
import { makeListing } from "../../../source/papers/listing.js";
import { interestBits } from "../../../source/papers/marks.js";
import { makePaper } from "../../../source/papers/paper.js";
import { interestLines, watchLetter } from "../../../source/reader/interests/said.js";
import { proposedName } from "../../../source/reader/interests/saving.js";
import { views } from "../../../source/reader/model.js";
import { leaveOff, start } from "../../../source/reader/start.js";
import { update } from "../../../source/reader/update.js";
import { headerLine } from "../../../source/screen/header.js";
import { panelLines } from "../../../source/screen/panel.js";
import { rowsOf } from "../../../source/screen/regions.js";
import { Reader } from "../reader.js";

const papers = [
  makePaper({
    id: "2510.00001",
    title: "Langevin Flows",
    authors: ["Wei Wang", "Ann Poe"],
    categories: ["cs.LG"],
    keywords: ["diffusion"],
    organization: "Meta",
  }),
  makePaper({
    id: "2510.00002",
    title: "Knots in Vision",
    authors: ["Wei Wang", "Zoe Zed"],
    categories: ["cs.CV"],
  }),
  makePaper({
    id: "2510.00003",
    title: "More Langevin",
    authors: ["Ann Poe", "Wei Wang"],
    categories: ["cs.LG"],
  }),
  makePaper({ id: "2510.00004", title: "Splices", authors: ["Ines Holm"], categories: ["math.GT"] }),
];
/** The keys from all papers to the first watch. */
const toWatches = "v".repeat(views.length);
const reader = () => new Reader(makeListing("Test", { papers, day: null, problems: [] }));
const textOf = (line: readonly { readonly text: string }[]) => line.map(({ text }) => text).join("");
const header = ({ model }: Reader, width = 120) =>
  textOf(headerLine(model, { x: 0, y: 0, width, height: 1 }));
const interest = (id: string, more: Partial<Interest> = {}): Interest => ({
  id,
  title: id.slice(id.lastIndexOf("/") + 1),
  filter: "",
  with: "",
  without: "",
  ...more,
});
const elsewhere = (one: Reader, ...interests: Interest[]) =>
  one.send({ type: "interests", interests, isElsewhere: true });

test("W saves the filter under the proposed name; it is a view, a letter and a line of the detail", () => {
  const one = reader().type("/langevin\rW");
  assert.equal(one.model.mode, "watch");
  one.type("\r\x1b");
  assert.deepEqual(
    one.model.interests.map(({ title, filter }) => [title, filter]),
    [["langevin", "langevin"]],
  );
  assert.match(header(one), /Later 0 .* langevin 2/);
  assert.equal(watchLetter(one.model, 0), "l");
  assert.equal(watchLetter(one.model, 1), "");
  assert.deepEqual(interestLines(one.model, 2), ["watch: langevin"]);
  one.type(toWatches);
  assert.deepEqual(one.rows, ["Langevin Flows", "More Langevin"]);
  assert.match(header(one), /\[langevin 2\]/);
  assert.equal(leaveOff(one.model).view, "all", "the next start does not begin in a watch");
  one.type("v");
  assert.equal(one.rows.length, 4);
  one.type("V");
  assert.deepEqual(one.rows, ["Langevin Flows", "More Langevin"]);
  one.type("/flows\r");
  assert.deepEqual(one.rows, ["Langevin Flows"], "a filter looks among the papers of the watch");
});

test("without a filter there is nothing to save, and another watch is replaced only by a second Enter", () => {
  const one = reader().type("W");
  assert.match(one.model.notice?.text ?? "", /no filter to save/);
  one.type("/langevin\rW\x15Mine\r/\x15vision\rW\x15MINE\r");
  assert.equal(one.model.mode, "watch");
  assert.equal(one.model.naming.isThere, true);
  one.type("n");
  assert.deepEqual([one.model.naming.line.text, one.model.naming.isThere], ["MINE", false], "n is no");
  one.type("\r").type("\x05x\x7f\r");
  assert.equal(one.model.interests[0]?.filter, "langevin", "the name was typed again: it is asked again");
  one.type("\r");
  assert.deepEqual(
    one.model.interests.map(({ title, filter }) => [title, filter]),
    [["MINE", "vision"]],
  );
  one.type("W\r");
  assert.match(one.model.notice?.text ?? "", /saved already/);
  one.type("W\x15   \r");
  assert.equal(one.model.mode, "watch", "a name is needed");
  one.type("\x03");
  assert.equal(one.model.mode, "browse");
});

test('a name that watch:"NAME" could not name is refused, and none is proposed', () => {
  for (const name of ['a:b "c"', "„a“", "a”"]) {
    const one = reader().type(`/langevin\rW\x15${name}\r`);
    assert.deepEqual([one.model.mode, one.model.interests], ["watch", []], name);
    assert.match(one.model.notice?.text ?? "", /no quotation marks/);
  }
  assert.equal(proposedName('"∑"'), "∑");
});

test("a watch is not called like a view, and what was typed stays to be corrected", () => {
  for (const name of ["For you", "for-you", "Starred", "later", "UNREAD", "All"]) {
    const one = reader().type(`/langevin\rW${name}\r`);
    assert.deepEqual([one.model.mode, one.model.interests], ["watch", []], name);
    const shown = rowsOf(one.model).map(textOf).join("\n");
    assert.match(shown, new RegExp(`not saved: “${name}” is the name of a view`));
    assert.ok(shown.includes(` watch ${name}`), shown);
    one.type(" papers\r");
    assert.equal(one.model.interests[0]?.title, `${name} papers`);
  }
  assert.equal(proposedName("is:starred"), "starred papers");
});

test("a name is proposed from what the filter looks for", () => {
  const names = [
    'title:langevin OR "mean field" -survey',
    'author:"Min Xu"',
    "∇",
    "-a",
    "(a | b) c++ d e f",
    "is:unread x",
  ];
  assert.deepEqual(names.map(proposedName), [
    "langevin mean field",
    "Min Xu",
    "∇",
    "-a",
    "a b c++ d",
    "unread x",
  ]);
  assert.ok(proposedName("x".repeat(500)).length <= 60);
});

test("w lists watches with their counts, Enter shows one, Ctrl-D removes one", () => {
  const one = reader().type("/langevin\rW\r\x1b").type("m");
  one.type("w");
  const lines = panelLines(one.model).map(textOf);
  assert.match(lines[0] ?? "", /Watches {2}langevin +2 papers, 1 unread · langevin/);
  one.type("\r");
  assert.deepEqual(one.rows, ["Langevin Flows", "More Langevin"]);
  one.type("w\x04");
  assert.deepEqual(one.model.interests, []);
  assert.equal(one.model.watch, null);
  assert.equal(one.rows.length, 4);
  assert.match(one.model.notice?.text ?? "", /watch “langevin” removed · u undoes/);
  one.type("w");
  assert.match(one.model.notice?.text ?? "", /no watches yet/);
});

test("F follows an author by number, and a namesake is asked about", () => {
  const one = reader().type("F1\r");
  assert.deepEqual(
    one.model.interests.map(({ id, with: people }) => [id, people]),
    [["follow:author/wei wang", "Ann Poe"]],
  );
  assert.deepEqual(interestLines(one.model, 2), ["you follow Wei Wang"]);
  assert.deepEqual(interestLines(one.model, 1), ["Wei Wang: the one you follow? F answers"]);
  assert.deepEqual(
    [...one.model.marks].map((bits) => bits & interestBits.followed),
    [interestBits.followed, 0, interestBits.followed, 0],
  );
  one.type("jF2\r");
  assert.deepEqual(interestLines(one.model, 1), [], "somebody else: not asked again");
  one.type("F1\r");
  assert.deepEqual(interestLines(one.model, 1), ["you follow Wei Wang"], "the answer can be changed");
  one.type("F1\r");
  assert.deepEqual(one.model.interests, [], "and the same key ends it");
  one.type("ggF3\r");
  assert.deepEqual(interestLines(one.model, 0), ["you follow Meta"]);
});

test("a number only chooses: Enter does it, and neither falls through to the list", () => {
  for (const key of ["F", "X"]) {
    const one = reader().type(`${key}2`);
    assert.equal(one.model.mode, "panel");
    assert.deepEqual(one.model.interests, []);
    const lines = panelLines(one.model)
      .map(textOf)
      .filter((line) => line.trim() !== "");
    assert.match(lines.join("\n"), /^▌\S+ +2 +\S.*$/, "the chosen line is shown, and no other");
    one.type("\r");
    assert.equal(one.model.interests.length, 1);
    assert.equal(one.model.mode, "browse");
    assert.equal(one.model.zoom, "none", "no paper is opened");
    assert.equal(one.model.count, null);
  }
  assert.equal(reader().type("F9\r").model.mode, "panel", "there is no line 9");
});

test("after a letter a digit is typed, and chooses none of the lines that are not in sight", () => {
  for (const key of ["F", "X"]) {
    const one = reader().type(`${key}zz2`);
    assert.equal(one.model.mode, "panel");
    assert.equal(one.model.panel.line.text, "zz2");
    assert.deepEqual(one.model.interests, []);
  }
});

test("X mutes; what is muted leaves at once, is counted, and is: muted shows it with the reason", () => {
  const one = reader().type("X");
  assert.match(
    panelLines(one.model).map(textOf).join("\n"),
    /Category +1 +cs\.LG.*\n.*Keyword +2 +diffusion.*\n.*Organisation +3 +Meta/,
  );
  one.type("1\r");
  assert.deepEqual(one.rows, ["Knots in Vision", "Splices"]);
  assert.match(header(one), /2 muted .*All 2/);
  one.type("/is:muted\r");
  assert.deepEqual(one.rows, ["Langevin Flows", "More Langevin"]);
  assert.match(interestLines(one.model, 0)[0] ?? "", /^muted: category cs\.LG/);
  one.type("s\x1b");
  assert.deepEqual(one.rows, ["Langevin Flows", "Knots in Vision", "Splices"], "a star shows it");
  assert.match(header(one), /1 muted/);
  assert.match(interestLines(one.model, 0)[0] ?? "", /shown because of its star/);
  one.type("ggX1\r");
  assert.equal(one.rows.length, 4);
  assert.doesNotMatch(header(one), /muted/);
});

test("what is muted takes no view out of the header at 80 columns", () => {
  const one = reader();
  const { listing } = one.model;
  one.send({
    type: "loaded",
    listing: { ...listing, name: "Daily Papers", day: "2025-10-29", hasDays: true },
    marks: new Uint8Array(listing.size),
  });
  one.send({ type: "clock", now: 0, today: "2025-10-30" });
  elsewhere(one, interest("watch:knots", { title: "knots", filter: "knots" }));
  one.send({ type: "resized", size: { columns: 80, rows: 24 } });
  const views = /Later 0 +For you +knots 1/;
  assert.match(header(one), views);
  elsewhere(
    one,
    interest("watch:knots", { title: "knots", filter: "knots" }),
    interest("mute:category/cs.lg", { title: "cs.LG" }),
  );
  assert.equal(one.type("vV").rows.length, 2);
  assert.match(header(one), views);
  // Where there is room for both.
  one.send({ type: "resized", size: { columns: 120, rows: 36 } });
  assert.match(header(one), /2 muted .*For you +knots 1/);
});

test("the filter can be muted, and ended from one of its papers", () => {
  const one = reader().type("/title:langevin\rXfilter\r\x1b");
  assert.deepEqual(one.rows, ["Knots in Vision", "Splices"]);
  one.type("/is:muted\rX");
  const lines = panelLines(one.model).map(textOf);
  const at = lines.findIndex((line) => /title:langevin · muted/.test(line)) + 1;
  assert.ok(at > 0, lines.join("\n"));
  one.type(`${at}\r`).type("\x1b");
  assert.equal(one.rows.length, 4);
});

test("X takes words for one's own that are only the program's on its lines", () => {
  const lines = (one: Reader) => panelLines(one.model).map(textOf).join("\n");
  // Each of them is on a line of a muted keyword, as the name of its group or in what is said of it.
  const paper = { title: "Ropes", categories: ["cs.XX"], keywords: ["twine"] };
  for (const word of ["key", "word", "or", "shows", "papers", "again", "muted"]) {
    const one = new Reader([paper, { title: "Knots" }]).type("sXtwine\r");
    assert.equal(one.model.interests.length, 1);
    one.type(`X${word}\r`);
    assert.equal(one.model.notice?.text, `muted ${word} · u undoes`);
  }
  // What is not muted stays to be mended.
  const one = new Reader([paper]).type("Xropes OR\r");
  assert.equal(one.model.mode, "panel");
  assert.match(lines(one), /ropes OR · not muted: /);
  assert.deepEqual(one.model.interests, []);
  const long = new Reader([paper]).type(`X${"x".repeat(1_500)}`);
  assert.match(lines(long), /not muted/);
  assert.equal(long.type("\r").model.interests.length, 0);
});

test("X mutes words of one's own, also where lines of the paper have them", () => {
  const lines = (one: Reader) => panelLines(one.model).map(textOf).join("\n");
  const one = reader().type("Xknots");
  assert.match(lines(one), /^▌Filter +knots · papers with what you typed *\n *$/m);
  one.type("\r");
  assert.equal(one.model.notice?.text, "muted knots · u undoes");
  assert.deepEqual(one.rows, ["Langevin Flows", "More Langevin", "Splices"]);
  // After the lines that it finds, so that Enter alone takes the first of them.
  one.type("Xann");
  assert.match(lines(one), /^▌Author +\d+ +Ann Poe *\n Filter +ann · papers with what you typed/);
  one.type("\x1b").type("Xknots");
  assert.match(lines(one), /knots · muted; Enter shows its papers again/);
  one.type("\x1b").type("Xathor:xu");
  assert.match(lines(one), /athor:xu · not muted: athor: is not a field: did you mean author:xu\?/);
  assert.deepEqual(one.type("\r").model.interests.length, 1);
  assert.match(lines(reader().type("X99")), /Nothing for “99”/);
  const bare = new Reader([{ title: "Ropes" }, { title: "Knots" }]).type("X");
  assert.match(lines(bare), /Nothing here\. Esc goes back\. *\n {2}Type words/);
  assert.deepEqual(bare.type("ropes\r").rows, ["Knots"]);
});

test("muted papers are in no triage, no count of new papers and no mark of all", () => {
  const one = reader().type("X1\rM");
  const effect = one.take().findLast(({ type }) => type === "record");
  assert.equal(effect?.type === "record" && effect.papers.length, 2);
  assert.equal(one.model.counts.unread, 0);
});

test("what another terminal mutes leaves the rows until the view is entered anew", () => {
  const one = reader();
  elsewhere(one.type("j"), interest("mute:category/cs.lg", { title: "cs.LG" }));
  assert.equal(one.rows.length, 4);
  assert.equal(one.current, "Knots in Vision");
  assert.match(header(one), /2 muted/);
  one.type("vV");
  assert.deepEqual(one.rows, ["Knots in Vision", "Splices"]);
  elsewhere(one);
  one.type("vV");
  assert.equal(one.rows.length, 4);
});

test("a filter that names a watch follows its changes, and a watch that is gone is a plain word", () => {
  const one = reader();
  elsewhere(one, interest("watch:a", { title: "a", filter: "langevin" }));
  one.type("/watch:a\r");
  assert.deepEqual(one.rows, ["Langevin Flows", "More Langevin"]);
  elsewhere(one, interest("watch:a", { title: "a", filter: "splices" }));
  assert.deepEqual(one.rows, ["Splices"]);
  elsewhere(one);
  assert.match(one.model.filter.query.notes.join(), /no watch is called a/);
});

test("the tabs of watches have only the room that is left, and the one that is shown is named", () => {
  const one = reader();
  const many = Array.from({ length: 30 }, (_, at) =>
    interest(`watch:w${at}`, { title: `watch ${at}`, filter: "langevin" }),
  );
  elsewhere(one, ...many);
  for (const width of [40, 60, 80, 100, 120, 200])
    assert.ok(header(one, width).length <= width, String(width));
  assert.match(header(one, 80), /All 4.*Later 0/);
  one.send({ type: "command", command: "previous-view" });
  assert.match(header(one, 120), /\[watch 29 2\]/);
  assert.match(header(one, 80), /\[watch 29 2\]/);
  assert.equal(one.rows.length, 2);
});

test("a listing that comes later is judged before it is shown", () => {
  const one = reader().type("X1\r");
  const more = makeListing("Test", { papers: [...papers].reverse(), day: null, problems: [] });
  one.send({ type: "loaded", listing: more, marks: new Uint8Array(4) });
  assert.deepEqual(one.rows, ["Splices", "Knots in Vision"]);
});

test("a panel of more than nine lines takes numbers of two digits", () => {
  const authors = Array.from({ length: 24 }, (_, at) => `Author ${String.fromCharCode(97 + at)}x`);
  const one = new Reader(
    makeListing("T", { papers: [makePaper({ id: "1", title: "T", authors })], day: null, problems: [] }),
  );
  one.type("F12\r");
  assert.deepEqual(
    one.model.interests.map(({ title }) => title),
    ["Author lx"],
  );
  one.type("F3\r");
  assert.deepEqual(
    one.model.interests.map(({ title }) => title),
    ["Author cx", "Author lx"],
  );
  one.type("F1\r");
  assert.equal(one.model.interests.length, 3, "1 is the first of those that begin with it");
});

test("a watch that asks for marks is held against them when a view is entered", () => {
  const one = reader();
  elsewhere(one, interest("watch:a", { title: "a", filter: "langevin is:unread" }));
  one.type(toWatches);
  assert.deepEqual(one.rows, ["Langevin Flows", "More Langevin"]);
  one.type("m");
  assert.equal(one.rows.length, 2, "a view stays as it is while it is looked at");
  one.type("vV");
  assert.deepEqual(one.rows, ["More Langevin"]);
});

test("the first screen waits for no search: filters are held against it right after", () => {
  const listing = makeListing("Test", { papers, day: null, problems: [] });
  const interests = [
    interest("follow:author/wei wang", { title: "Wei Wang", with: "Ann Poe" }),
    interest("mute:category/math.gt", { title: "math.GT" }),
    interest("mute:filter/vision", { title: "vision" }),
    interest("watch:a", { title: "a", filter: "langevin" }),
  ];
  const first = start({
    listing,
    marks: new Uint8Array(4),
    size: { columns: 120, rows: 36 },
    settings: { markReadAfter: 0, ascii: false, locale: "en" },
    leftOff: { view: "all", sort: "relevance", filter: "", paper: null, day: null, history: [] },
    notice: null,
    recent: [],
    interests,
    isFirst: true,
  });
  assert.deepEqual([...first.marks], [interestBits.followed, 0, interestBits.followed, interestBits.muted]);
  const [next] = update(first, { type: "interests", interests, isElsewhere: false });
  const { followed, muted, watched } = interestBits;
  assert.deepEqual([...next.marks], [followed | watched, muted, followed | watched, muted]);
  assert.equal(next.shown.length, 2);
});

test("a watch is not replaced by a filter that names it", () => {
  const one = reader().type("/langevin\rW\r/\x15watch:langevin flows\rW\x15Langevin\r");
  assert.deepEqual(
    one.model.interests.map(({ filter }) => filter),
    ["langevin"],
  );
  assert.match(one.model.notice?.text ?? "", /names the watch “Langevin” itself/);
  one.type("W\x15other\r");
  assert.deepEqual(
    one.model.interests.map(({ title, filter }) => [title, filter]),
    [
      ["langevin", "langevin"],
      ["other", "watch:langevin flows"],
    ],
  );
});

test("a key asks a few of a thousand watches for their names, and tabs show those that fit", () => {
  let reads = 0;
  const reader = new Reader(5);
  const interests = Array.from({ length: 1_000 }, (_, at) => ({
    id: `watch:w${at}`,
    get title() {
      reads += 1;
      return `w${at}`;
    },
    filter: "paper",
    with: "",
    without: "",
  }));
  reader.send({ type: "interests", interests, isElsewhere: true });
  const header = () => (rowsOf(reader.model)[0] ?? []).map(({ text }) => text).join("");
  assert.match(header(), /w0 5 {2}w1 5/);
  for (const key of "vjmmV") {
    reads = 0;
    reader.type(key);
    rowsOf(reader.model);
    assert.ok(reads <= 200, `${key}: ${reads} names read`);
  }
});

test("the detail names the first of many watches, each cut where it is too long", () => {
  const reader = new Reader(5);
  const interests = Array.from({ length: 25 }, (_, at) => ({
    id: `watch:w${String(at).padStart(2, "0")}`,
    title: at === 0 ? "g".repeat(500_000) : `w${at}`,
    filter: "paper",
    with: "",
    without: "",
  }));
  reader.send({ type: "interests", interests, isElsewhere: true });
  const [line = ""] = interestLines(reader.model, 0);
  assert.match(line, /^watches: g+… · w1 · .* · w19 \+5$/);
  assert.ok(line.length < 500);
});
