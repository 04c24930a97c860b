import assert from "node:assert/strict";
import { test } from "node:test";
import type { PaperText } from "../../source/fulltext/blocks.js";
import { readHtmlPaper } from "../../source/fulltext/html/page.js";
import { readJatsPaper } from "../../source/fulltext/other/jats.js";
import { makePaper } from "../../source/papers/paper.js";
import type { Message } from "../../source/reader/messages.js";
import type { Model } from "../../source/reader/model.js";
import { topBlock } from "../../source/reader/text/open-text.js";
import { update } from "../../source/reader/update.js";
import { rowsOf } from "../../source/screen/regions.js";
import { cellWidth } from "../../source/text/cells.js";
import { listingOf, Reader } from "./reader.js";

const p = (id: string, text: string) => `<div id="${id}" class="ltx_para"><p class="ltx_p">${text}</p></div>`;
const section = (number: number) =>
  `<section id="S${number}" class="ltx_section"><h2 class="ltx_title"><span class="ltx_tag">${number} </span>Part ${number}</h2>${Array.from({ length: 9 }, (_, at) => p(`S${number}.p${at}`, `Words ${number} ${at}. ${"and so on ".repeat(40)} <a href="#S1">back</a>`)).join("")}</section>`;
const wide = `<table class="ltx_tabular"><tr>${"<td>1234567890</td>".repeat(20)}</tr><tr><td>1</td></tr></table>`;
const html = `<article class="ltx_document">${[1, 2, 3, 4].map(section).join("")}${wide}</article></html>`;

const paper = makePaper({ id: "2401.00001", title: "Pebbles", authors: ["Ines Holm"] });

const step = (model: Model, message: Message): Model => update(model, message)[0];
const press = (model: Model, ...keys: string[]): Model =>
  keys.reduce(
    (one, name) => step(one, { type: "key", key: { name, text: name.length === 1 ? name : null } }),
    model,
  );

function opened(): Model {
  const found = readHtmlPaper(html);
  assert.ok(found.ok);
  const model = press(new Reader([paper]).model, "f");
  assert.equal(model.mode, "text");
  const read = {
    type: "text-read",
    isWhole: true,
    paper: paper.id,
    address: "https://arxiv.org/html/2401.00001",
  } as const;
  return step(model, { ...read, text: found.text, marks: {}, place: "", note: null });
}

const shown = (model: Model) => rowsOf(model).map((line) => line.map(({ text }) => text).join(""));

test("every row is as wide as the screen, at any size, wherever one is", () => {
  for (const [columns, rows] of [
    [120, 36],
    [80, 24],
    [200, 60],
    [40, 10],
    [20, 6],
    [3, 2],
    [1, 1],
  ] as const) {
    let model = step(opened(), { type: "resized", size: { columns, rows } });
    for (const key of [
      "j",
      "space",
      "tab",
      "tab",
      "G",
      "l",
      "l",
      "/",
      "w",
      "o",
      "enter",
      "n",
      "'",
      "escape",
      "y",
    ]) {
      model = press(model, key);
      const lines = shown(model);
      assert.equal(lines.length, rows, key);
      for (const line of lines) assert.equal(cellWidth(line), columns, `${key} ${columns}×${rows} “${line}”`);
    }
  }
});

test("another width keeps the block at the top", () => {
  let model = press(opened(), "space", "space", "space");
  const before = model.text?.rows[model.text.top]?.block;
  for (const columns of [60, 200, 45, 120]) {
    model = step(model, { type: "resized", size: { columns, rows: 30 } });
    assert.ok(model.text);
    assert.ok(Math.abs(topBlock(model.text) - (before as number)) <= 1, `${columns}`);
  }
});

test("n and N go from section to section, Backspace returns to where a link was followed", () => {
  const model = press(opened(), "n", "n");
  assert.match(shown(model)[2] as string, /3 {2}Part 3/);
  assert.match(shown(press(model, "N"))[2] as string, /2 {2}Part 2/);
  const linked = press(model, "tab", "enter");
  assert.equal(linked.text?.top, 0);
  assert.equal(press(linked, "backspace").text?.top, model.text?.top);
});

test("Backspace returns to the place before g, G, a search, a section or the contents", () => {
  const model = press(opened(), "space", "space", "j", "j", "j");
  const place = model.text?.top as number;
  const ways = [
    ["G"],
    ["g"],
    ["/", ..."words 4 8", "enter"],
    ["n"],
    ["N"],
    ["'", "down", "enter"],
    // Several jumps with nothing read between them are one.
    ["G", "g", "G"],
    ["n", "n", "N", "G"],
    ["/", ..."so on", "enter", "n", "n", "n", "escape", "G"],
    ["9", "n"],
  ];
  for (const way of ways) {
    const gone = press(model, ...way);
    assert.notEqual(gone.text?.top, place, way.join(" "));
    const back = press(gone, "backspace");
    assert.equal(back.text?.top, place, way.join(" "));
    assert.match(press(back, "backspace").notice?.text ?? "", /no link or jump led here/);
  }
  // A place that was read between two jumps is on the way back.
  const read = press(model, "G", "k", "k", "k");
  const between = read.text?.top;
  const twice = press(read, "g");
  assert.equal(press(twice, "backspace").text?.top, between);
  assert.equal(press(twice, "backspace", "backspace").text?.top, place);
  // Who went back reads: the next jump leaves from there.
  assert.equal(press(model, "G", "backspace", "g", "backspace").text?.top, place);
});

test("small moves, a search that Esc ends and jumps to what is on the screen leave no place", () => {
  const model = press(opened(), "j", "space", "b", "ctrl-d", "/", ..."words 4 8", "escape");
  assert.deepEqual(model.text?.trail, []);
  assert.deepEqual(press(opened(), "g").text?.trail, []);
  assert.deepEqual(press(opened(), "/", ..."words 1 0", "enter").text?.trail, []);
});

test("another width keeps the places to go back to, and that nothing was read since a jump", () => {
  const model = press(opened(), "space", "space", "j");
  const gone = step(press(model, "G"), { type: "resized", size: { columns: 60, rows: 30 } });
  const again = press(gone, "g");
  const back = step(press(again, "backspace"), { type: "resized", size: model.size });
  assert.equal(back.text?.trail.length, 0);
  assert.ok(Math.abs((back.text?.top ?? 0) - (model.text?.top as number)) <= 4);
});

test("another width while a search is typed keeps the place that Esc goes back to", () => {
  const model = press(opened(), "space", "space", "space", "j");
  const typing = press(model, "/", ..."words 4");
  const narrow = step(typing, { type: "resized", size: { columns: 50, rows: 30 } });
  const expected = step(model, { type: "resized", size: { columns: 50, rows: 30 } });
  assert.equal(press(narrow, "escape").text?.top, expected.text?.top);
});

test("a count of sections reads the rows a few times, not once for each section", () => {
  const found = readHtmlPaper(
    `<article class="ltx_document">${Array.from({ length: 300 }, (_, at) => section(at)).join("")}</article></html>`,
  );
  assert.ok(found.ok);
  const read = { type: "text-read", isWhole: true, paper: paper.id, address: "", marks: {} } as const;
  const asked = press(new Reader([paper]).model, "f");
  const { text: open, ...model } = step(asked, { ...read, text: found.text, place: "", note: null });
  assert.ok(open);
  let reads = 0;
  const rows = new Proxy(open.rows, {
    get: (all, key) => {
      reads += 1;
      return Reflect.get(all, key);
    },
  });
  const last = press({ ...model, text: { ...open, rows } }, ..."99999n");
  assert.match(shown(last)[2] as string, /Part 299/);
  assert.match(shown(press(last, ..."99999N"))[2] as string, /Part 0/);
  assert.ok(reads < 10 * open.rows.length, `${reads} reads of ${open.rows.length} rows`);
});

test("Esc passes over a place that jumps have led back to", () => {
  const model = press(opened(), "space");
  const row = (model.text?.top as number) + 1;
  const back = press(model, "G", ...String(row), "G");
  assert.equal(back.text?.top, model.text?.top);
  assert.equal(press(back, "escape").text, null);
  assert.match(press(back, "backspace").notice?.text ?? "", /no link or jump led here/);
});

test("a search that finds less in formulas as signs goes on from what is shown", () => {
  const formula = '<math alttext="x^{n+1}"><mi>x</mi></math>';
  const model = press(
    openedWith(...Array.from({ length: 9 }, () => `Of ${formula}`)),
    "x",
    "/",
    "{",
    "enter",
  );
  assert.equal(press(model, "n", "n").text?.match, 2);
  const signs = press(model, "n", "n", "x");
  assert.deepEqual([signs.text?.matches.length, signs.text?.match], [0, null]);
});

test("a search finds words also across the ends of lines, n goes round", () => {
  const model = press(opened(), "/", ..."words 4 8", "enter");
  assert.equal(model.text?.matches.length, 1);
  assert.ok(shown(model).some((line) => line.includes("Words 4 8.")));
  const many = press(opened(), "/", ..."on and so", "enter");
  assert.ok((many.text?.matches.length ?? 0) > 500);
  assert.ok(many.text?.matches.some(({ parts }) => parts.length === 2));
  assert.equal(press(model, "escape").text?.matches.length, 0);
});

test("while a search is typed the footer names its keys, and going round is said", () => {
  const plain = press(opened(), "j");
  const typing = press(plain, "/", ..."words 4");
  assert.match(shown(typing).at(-1) ?? "", /^ Enter keep {2}Esc clear +\d+ sections/);
  const small = step(typing, { type: "resized", size: { columns: 60, rows: 20 } });
  assert.match(shown(small).at(-1) ?? "", /^ Enter keep {2}Esc clear +$/);
  const kept = press(typing, "enter");
  assert.match(shown(kept).at(-1) ?? "", /j\/k scroll/);
  const saying = (model: Model) => model.notice?.text ?? null;
  assert.equal(saying(kept), null);
  const last = press(kept, ..."nnnnnnnn");
  assert.equal(saying(last), null);
  assert.equal(saying(press(last, "n")), "from the top · 1 of 9");
  assert.equal(saying(press(last, "n", "n")), null);
  assert.equal(saying(press(kept, "N")), "from the end · 9 of 9");
  // What is found only before the place where one reads.
  assert.equal(saying(press(opened(), "G", "/", ..."words 2 3", "enter")), "from the top · 1 of 1");
  assert.equal(saying(press(opened(), "/", ..."words 4 8", "enter", "n")), "this is the only match");
});

test("Esc lets go of the chosen link, then of the search, then of the text; q leaves at once", () => {
  const model = press(opened(), "/", ..."words 1", "enter", "tab");
  assert.equal(model.text?.link, 0);
  const free = press(model, "escape");
  assert.deepEqual([free.mode, free.text?.link, free.text?.matches.length], ["text", null, 9]);
  assert.equal(free.text?.top, model.text?.top);
  assert.equal(press(free, "escape").text?.matches.length, 0);
  assert.equal(press(free, "escape", "escape").text, null);
  assert.equal(press(model, "q").text, null);
});

test("Esc goes back from a jump within the section it led to, then leaves", () => {
  const model = press(opened(), "space", "j", "j", "j");
  const place = model.text?.top as number;
  const section = ["'", "down", "down", "enter"];
  for (const way of [["G"], section, [...section, "space", "k"], [...section, "n"]]) {
    const gone = press(model, ...way);
    assert.notEqual(gone.text?.top, place);
    const back = press(gone, "escape");
    assert.equal(back.text?.top, place, way.join(" "));
    assert.match(back.notice?.text ?? "", /back at the place before the jump/);
    assert.equal(press(back, "escape").text, null);
    assert.equal(press(gone, "q").text, null, "q leaves at once");
  }
  // A search is ended first.
  const found = press(model, "/", ..."words 4 8", "enter");
  assert.equal(press(found, "escape").text?.top, found.text?.top);
  assert.equal(press(found, "escape", "escape").text?.top, place);
  // Who went on into another section, or from section to section, reads there.
  assert.equal(press(model, ...section, "9", "space", "escape").text, null);
  assert.equal(press(model, "n", "j", "n", "escape").text, null);
  assert.equal(press(model, "escape").text, null);
});

test("'' goes to the place before the last jump, and from there forth again", () => {
  const model = press(opened(), "space", "j", "j");
  const [place, end] = [model.text?.top, press(model, "G").text?.top];
  const back = press(model, "G", "'", "'");
  assert.deepEqual([back.mode, back.text?.top], ["text", place]);
  assert.equal(press(back, "'", "'").text?.top, end);
  assert.equal(press(back, "'", "'", "'", "'").text?.top, place);
  assert.equal(press(model, "G", "escape", "'", "'").text?.top, end);
  assert.equal(press(model, "G", "backspace", "'", "'", "backspace").text?.top, place);
  assert.match(press(model, "'", "'").notice?.text ?? "", /no link or jump led here/);
  // Typed after something else it filters the contents.
  assert.equal(press(model, "G", "'", "p", "'").panel.line.text, "p'");
  const plain = openedWith(...Array.from({ length: 200 }, (_, at) => `Line ${at}`));
  assert.ok(shown(press(plain, "'")).some((line) => line.includes("this text has no sections")));
  assert.equal(press(plain, "G", "'", "'").text?.top, 0);
});

test("50%, 120G, :120 and :50% go there as in less, and the header shows the percentage", () => {
  const model = press(opened(), "j");
  const percent = (one: Model) => Number(/(\d+) %/.exec(shown(one)[0] as string)?.[1]);
  for (const way of ["50%", ":50%\r", ": 50 % \r"]) {
    const gone = press(model, ...[...way].map((key) => (key === "\r" ? "enter" : key)));
    assert.equal(percent(gone), 50, way);
    assert.equal(press(gone, "backspace").text?.top, 1, way);
    assert.equal(gone.notice, null);
  }
  assert.equal(percent(press(model, ..."100%")), 100);
  assert.equal(percent(press(model, ..."900%")), 100);
  const row = press(model, ":", ..."120", "enter");
  assert.equal(row.text?.top, 119);
  assert.equal(press(model, ..."120G").text?.top, 119);
  assert.equal(press(model, ":", ..."0", "enter").text?.top, 0);
  assert.equal(press(model, ":", ..."99999", "enter").text?.top, press(model, "G").text?.top);
  assert.match(press(model, "%").notice?.text ?? "", /50%/);
  const typing = press(model, ":", ..."12x");
  assert.match(shown(typing).at(-2) ?? "", /^ : 12x .*120 a row · 50% a part/);
  assert.match(shown(typing).at(-1) ?? "", /^ Enter goes there {2}Esc cancels/);
  assert.match(press(typing, "enter").notice?.text ?? "", /“12x” is not a row or a percentage/);
  for (const away of [["escape"], ["enter"], ["backspace"]]) {
    const left = press(model, ":", ...away);
    assert.deepEqual([left.text?.goingTo, left.text?.top, left.mode], [null, 1, "text"]);
  }
  for (const way of ["q", "q!", "wq", "qa!"])
    assert.equal(press(model, ":", ...way, "enter").text, null, way);
});

test("a paste of any length into the search of a text is searched by its beginning", () => {
  for (const typed of [
    "w".repeat(100_000),
    "on and so ".repeat(10_000),
    "d_k-".repeat(20_000),
    "\"'^".repeat(9_000),
  ]) {
    const model = press(opened(), "/");
    const { text } = update(model, { type: "key", key: { name: "paste", text: typed } })[0];
    assert.equal(text?.search.line.text.trim(), typed.trim());
  }
});

test("nothing of a text is kept when it is closed, and its place is an effect", () => {
  const model = press(opened(), "space", "space");
  const [closed, effects] = update(model, { type: "key", key: { name: "q", text: "q" } });
  assert.equal(closed.text, null);
  assert.equal(closed.mode, "browse");
  assert.ok(effects.some((one) => one.type === "keep-place" && /^S\d/.test(one.place)));
});

test("an answer for a text that is not open any more is dropped", () => {
  const found = readHtmlPaper(html);
  assert.ok(found.ok);
  const away = press(new Reader([paper]).model, "f", "escape");
  const late = {
    type: "text-read",
    isWhole: true,
    paper: paper.id,
    address: "",
    text: found.text,
    marks: {},
    place: "",
    note: null,
  } as const;
  assert.equal(step(away, late).text, null);
});

test("a paper without any identifier says that it has no text", () => {
  const other = makePaper({ id: "", title: "Ropes" });
  const model = press(new Reader([other]).model, "f");
  assert.equal(model.mode, "browse");
  assert.match(model.notice?.text ?? "", /no text to read/);
});

test("in a text of a paper without an identity, o searches for its title, as in the list", () => {
  const untitled = { ...makePaper({ title: "Mistral 7B" }), id: "title:mistral-7b/jiang" };
  const listing = { ...listingOf([untitled]), texts: new Map([[untitled.id, "/none/mistral.html"]]) };
  const failed = { type: "text-failed", paper: untitled.id, reason: "there is no such file" } as const;
  const open = step(press(new Reader(listing).model, "f"), failed);
  assert.equal(open.mode, "text");
  assert.match(shown(open).at(-1) ?? "", /o searches for its title/);
  assert.deepEqual(update(open, { type: "key", key: { name: "o", text: "o" } })[1], [
    { type: "open", url: "https://huggingface.co/papers?q=Mistral%207B", what: "a search for its title" },
  ]);
});

test("a text that cannot be fetched is a page that says why: the q that leaves it does not quit", () => {
  const failed = {
    type: "text-failed",
    paper: paper.id,
    reason: "cannot reach arxiv.org (offline?)",
  } as const;
  const open = step(press(new Reader([paper]).model, "f"), failed);
  assert.equal(open.mode, "text");
  for (const [columns, rows] of [
    [120, 36],
    [80, 24],
    [20, 6],
  ] as const) {
    const screen = shown(step(open, { type: "resized", size: { columns, rows } }));
    assert.ok(screen.every((row) => cellWidth(row) === columns));
    assert.match(screen.join(" ").replace(/\s+/g, " "), /cannot reach arxiv\.org \(offline\?\)/);
    if (rows > 6) assert.match(screen.at(-1) ?? "", /q back to the list .*o opens its page .*O its PDF/);
  }
  const effectsOf = (name: string) => update(open, { type: "key", key: { name, text: name } })[1];
  assert.deepEqual(effectsOf("O"), [
    { type: "open", url: "https://arxiv.org/pdf/2401.00001", what: "its PDF" },
  ]);
  assert.deepEqual(effectsOf("o"), [
    { type: "open", url: "https://arxiv.org/abs/2401.00001", what: "its page" },
  ]);
  for (const key of ["r", "f"]) {
    assert.deepEqual(effectsOf(key), [{ type: "read-text", paper: paper.id, textId: "2401.00001" }]);
    assert.match(shown(press(open, key)).join(), /Esc stops it/);
  }
  for (const key of ["q", "escape", "backspace", "ctrl-c"]) {
    const [left, effects] = update(open, { type: "key", key: { name: key, text: null } });
    assert.deepEqual(
      [left.mode, left.text, effects.some(({ type }) => type === "quit")],
      ["browse", null, false],
    );
  }
});

test("a paper is marked read once its text is shown, and stays unread where it cannot be", () => {
  const found = readHtmlPaper('<article class="ltx_document"><p class="ltx_p">A knot holds.</p></article>');
  assert.ok(found.ok);
  const reader = new Reader([paper]).type("f");
  assert.equal(reader.model.counts.unread, 1);
  reader.send({ type: "text-failed", paper: paper.id, reason: "only a PDF" }).type("q");
  assert.equal(reader.model.counts.unread, 1);
  const answer = {
    paper: paper.id,
    text: found.text,
    address: "",
    marks: {},
    place: "",
    note: null,
  } as const;
  reader.type("f").send({ type: "text-read", ...answer, isWhole: false });
  assert.equal(reader.model.counts.unread, 0);
  reader.send({
    type: "text-more",
    paper: paper.id,
    blocks: [],
    isLast: true,
    isTruncated: false,
    marks: {},
  });
  assert.deepEqual(
    reader.take().flatMap((one) => (one.type === "record" ? [one.label] : [])),
    ["marked read automatically"],
  );
});

test("what is pasted into a text is searched for", () => {
  const found = readHtmlPaper(
    '<article class="ltx_document"><p class="ltx_p">A knot holds. Knots.</p></article>',
  );
  assert.ok(found.ok);
  const answer = {
    paper: paper.id,
    text: found.text,
    address: "",
    marks: {},
    place: "",
    note: null,
  } as const;
  const reader = new Reader([paper]).type("f").send({ type: "text-read", ...answer, isWhole: true });
  for (const before of ["", "3", "/other\r"]) {
    reader.type(`${before}\x1b[200~knot\x1b[201~`);
    const { search, matches } = reader.model.text ?? {};
    assert.deepEqual([search?.line.text, search?.isTyping, matches?.length], ["knot", true, 2], before);
    reader.type("\r");
  }
});

test("a cited paper that cannot be looked up leads back to the text", () => {
  const cited = readHtmlPaper(
    '<article class="ltx_document"><div class="ltx_para"><p class="ltx_p">See <a href="https://arxiv.org/abs/2402.00002">it</a>.</p></div></article>',
  );
  assert.ok(cited.ok);
  const read = {
    type: "text-read",
    isWhole: true,
    paper: paper.id,
    address: "",
    marks: {},
    place: "",
  } as const;
  const text = step(press(new Reader([paper]).model, "f"), { ...read, text: cited.text, note: null });
  const asked = press(text, "tab", "enter");
  const failed = step(asked, { type: "text-failed", paper: "2402.00002", reason: "offline" });
  assert.match(shown(failed).join(), /offline/);
  const [, again] = update(failed, { type: "key", key: { name: "r", text: "r" } });
  assert.deepEqual(again, [{ type: "read-reference", arxiv: "2402.00002" }]);
  assert.equal(press(failed, "q").text?.paper.id, paper.id);
});

test("texts are asked for by arXiv id, DOI or PMC number", () => {
  const asked = (found: Parameters<typeof makePaper>[0]) => {
    const [, effects] = update(press(new Reader([makePaper(found)]).model), {
      type: "key",
      key: { name: "f", text: "f" },
    });
    return effects.flatMap((one) => (one.type === "read-text" ? [one.textId] : []));
  };
  assert.deepEqual(asked({ id: "2401.00001", title: "A", doi: "10.1101/1" }), ["2401.00001"]);
  assert.deepEqual(asked({ id: "doi:10.1101/2020.01.01.1", title: "A" }), ["doi:10.1101/2020.01.01.1"]);
  assert.deepEqual(asked({ id: "", title: "A", url: "https://pmc.ncbi.nlm.nih.gov/articles/PMC7029759/" }), [
    "pmc:PMC7029759",
  ]);
  assert.deepEqual(asked({ id: "", title: "A", url: "https://www.example.org/PMC7029759/" }), []);
});

test("a count before a motion repeats it", () => {
  const text = readHtmlPaper(
    `<article class="ltx_document">${Array.from({ length: 90 }, (_, at) => `<h2 class="ltx_title">Title ${at}</h2><p class="ltx_p">Paragraph <a href="https://x.org/${at}">link</a>.</p>`).join("")}</article>`,
  );
  assert.ok(text.ok);
  const read = {
    type: "text-read",
    paper: paper.id,
    address: "https://arxiv.org/html/1",
    marks: {},
    note: null,
  } as const;
  const [open] = update(press(new Reader([paper]).model, "f"), {
    ...read,
    isWhole: true,
    text: text.text,
    place: "",
  });
  const top = (...keys: string[]) => press(open, ...keys).text?.top;
  assert.equal(top("5", "j"), 5);
  assert.equal(top("1", "0", "j"), 10);
  assert.equal(top("1", "0", "j", "k"), 9);
  assert.equal(top("3", "n"), top("n", "n", "n"));
  assert.equal(top("2", "space"), top("space", "space"));
  assert.equal(press(open, "4", "tab").text?.link, 3);
  assert.equal(top("9", "9", "9", "9", "9", "j"), top("G"));
  assert.equal(top("5", "escape", "j"), 1);
  // A digit alone does nothing, and one that is searched for is a digit.
  assert.equal(top("5", "G"), 4);
  assert.equal(top("2", "0", "g"), 19);
  assert.equal(press(open, "/", "5").text?.search.line.text, "5");
});

test("a text whose rest comes later grows where it is, and its end is shown once it is there", () => {
  const whole = readHtmlPaper(
    `<article class="ltx_document">${Array.from({ length: 90 }, (_, at) => `<p class="ltx_p" id="p${at}">Paragraph ${at} <a href="#p80">link ${at}</a>.</p>`).join("")}</article>`,
  );
  assert.ok(whole.ok);
  const { blocks } = whole.text;
  const read = {
    type: "text-read",
    paper: paper.id,
    address: "https://arxiv.org/html/1",
    marks: {},
    note: null,
  } as const;
  const all = press(new Reader([paper]).model, "f");
  const [once] = update(all, { ...read, isWhole: true, text: whole.text, place: "" });
  let [model] = update(all, {
    ...read,
    isWhole: false,
    text: { ...whole.text, blocks: blocks.slice(0, 40) },
    place: "",
  });
  model = press(model, "G");
  assert.match(model.notice?.text ?? "", /still being read/);
  const more = { type: "text-more", paper: paper.id, isTruncated: false, marks: {} } as const;
  [model] = update(model, { ...more, blocks: blocks.slice(40, 70), isLast: false });
  [model] = update(model, { ...more, blocks: blocks.slice(70), isLast: true });
  assert.deepEqual(model.text?.rows, once.text?.rows);
  assert.deepEqual(model.text?.links, once.text?.links);
  assert.equal(model.text?.top, press(once, "G").text?.top);
  // A place that is not there yet is gone to once it is, unless a key was pressed.
  const partial = { ...whole.text, blocks: blocks.slice(0, 40) };
  const [waiting] = update(all, { ...read, isWhole: false, text: partial, place: "p60" });
  const [reached] = update(waiting, { ...more, blocks: blocks.slice(40), isLast: true });
  assert.match(JSON.stringify(reached.text?.rows[reached.text.top]), /Paragraph 60/);
  const [moved] = update(press(waiting, "j"), { ...more, blocks: blocks.slice(40), isLast: true });
  assert.equal(moved.text?.top, 1);
  // A count is a key, too.
  const [counting] = update(press(waiting, "3"), { ...more, blocks: blocks.slice(40), isLast: true });
  assert.equal(counting.text?.top, 0);
  let [ending] = update(all, { ...read, isWhole: false, text: partial, place: "" });
  ending = press(ending, "G", "2", "G");
  [ending] = update(ending, { ...more, blocks: blocks.slice(40), isLast: true });
  assert.equal(ending.text?.top, 1);
  // A text that is left before its place is shown is still where it was.
  for (const key of ["q", "escape", "ctrl-c"]) {
    const [left, effects] = update(waiting, { type: "key", key: { name: key, text: null } });
    assert.equal(left.text, null);
    assert.deepEqual(effects, [{ type: "stop-filling-text" }], key);
  }
  // A part of what is there so far is not that part of the text.
  assert.match(press(press(waiting, "5", "0", "%")).notice?.text ?? "", /still being read/);
  assert.match(press(press(waiting, ":", ..."50%", "enter")).notice?.text ?? "", /still being read/);
  // Blocks after the last are no part of it.
  [model] = update(model, { ...more, blocks: blocks.slice(0, 9), isLast: true });
  assert.equal(model.text?.rows.length, once.text?.rows.length);
});

/** A text of one paragraph for each line. */
function openedWith(...lines: string[]): Model {
  const found = readHtmlPaper(
    `<article class="ltx_document">${lines.map((line, at) => p(`p${at}`, line)).join("")}</article></html>`,
  );
  assert.ok(found.ok);
  return step(press(new Reader([paper]).model, "f"), {
    type: "text-read",
    isWhole: true,
    paper: paper.id,
    address: "",
    text: found.text,
    marks: {},
    place: "",
    note: null,
  });
}

test("a search finds accents, quotes, dashes and formulas however they are typed", () => {
  const model = openedWith(
    'By Łukasz Światek, “naïve” co–author: <math alttext="\\sqrt{d_{k}}+\\alpha_{\\text{est}}"></math> and <math alttext="x^{n+1}"></math>, 𝒪.',
  );
  const found = (typed: string) => {
    const { text } = press(model, "/", ...typed);
    return text?.matches.map(({ parts }) =>
      parts
        .map(({ row, start, end }) =>
          text.rows[row]?.spans
            .map((span) => span.text)
            .join("")
            .slice(start, end),
        )
        .join("|"),
    );
  };
  assert.deepEqual(found("lukasz swiatek"), ["Łukasz Światek"]);
  assert.deepEqual(found('"naive"'), ["“naïve”"]);
  assert.deepEqual(found("co-author"), ["co–author"]);
  for (const typed of ["d_k", "d_{k}", "dk"]) assert.deepEqual(found(typed), ["dₖ"], typed);
  assert.deepEqual(found("x^{n+1}"), ["xⁿ⁺¹"]);
  assert.deepEqual(found("\\alpha"), ["α"]);
  assert.deepEqual(found("\\sqrt{d_{k}}"), ["√dₖ"]);
  assert.deepEqual(found("o."), ["𝒪."]);
  assert.deepEqual(found("_"), []);
  assert.deepEqual(found("(["), []);
});

test("the contents open at the section one is in, and Backspace returns from where they led", () => {
  const model = press(opened(), "n", "n", "j");
  const panel = press(model, "'");
  assert.equal(panel.panel.cursor, 2);
  const gone = press(panel, "up", "enter");
  assert.match(shown(gone)[2] as string, /2 {2}Part 2/);
  assert.ok(Math.abs((press(gone, "backspace").text?.top ?? 0) - (model.text?.top as number)) <= 1);
});

test("u undoes a mark that was set in a text", () => {
  const [, effects] = update(opened(), { type: "key", key: { name: "u", text: "u" } });
  assert.deepEqual(effects, [{ type: "undo" }]);
});

test("at the end of a text the header says 100 %", () => {
  assert.match(shown(press(opened(), "G"))[0] as string, /100 %/);
  assert.match(shown(opened())[0] as string, / 0 %/);
});

/** What `Enter` does on the first picture of a text. */
function pictureOf(text: PaperText, address: string, id = paper.id) {
  const one = makePaper({ id, title: "Bees" });
  const model = step(press(new Reader([one]).model, "f"), {
    type: "text-read",
    isWhole: true,
    paper: id,
    address,
    text,
    marks: {},
    place: "",
    note: null,
  });
  const [next, effects] = update(press(model, "tab"), { type: "key", key: { name: "enter", text: null } });
  const shown = effects.find((one) => one.type === "show-picture");
  return shown?.address ?? next.notice?.text;
}

test("a picture is fetched from where the text's server has it, else the reader is told", () => {
  const jats = (href: string, pictures: string | null = null) => {
    const found = readJatsPaper(
      `<article article-type="x"><body><p>Bees.</p><fig><graphic xlink:href="${href}"/></fig></body></article>`,
      pictures,
    );
    assert.ok(found.ok);
    return found.text;
  };
  const bin = "https://europepmc.org/articles/PMC1/bin/";
  const page = "https://pmc.ncbi.nlm.nih.gov/articles/PMC1/";
  assert.equal(pictureOf(jats("g001", bin), page, "pmc:PMC1000"), `${bin}g001.jpg`);
  assert.equal(pictureOf(jats("g1.tif", bin), page, "pmc:PMC1000"), `${bin}g1.jpg`);
  assert.equal(pictureOf(jats("https://x.org/a.png", bin), page, "pmc:PMC1000"), "https://x.org/a.png");
  assert.match(
    pictureOf(jats("g1.tif"), "https://www.biorxiv.org/content/10.1101/1", "doi:10.1101/1") ?? "",
    /on its page/,
  );
  assert.equal(pictureOf(jats("g1"), "file:///home/me/bees.xml", "doi:10.1101/1"), "file:///home/me/g1");
  const remote = readHtmlPaper(
    `<article class="ltx_document"><figure><img src="file:///etc/a.png"></figure><p class="ltx_p">Bees.</p></article>`,
  );
  assert.ok(remote.ok);
  assert.match(pictureOf(remote.text, "https://arxiv.org/html/2401.00001") ?? "", /cannot be fetched/);
});

test("a file's pictures are shown from its folder and the folders in it, and from nowhere else", () => {
  const of = (source: string, address = "file:///home/me/caf%C3%A9/page.html") => {
    const found = readHtmlPaper(
      `<article class="ltx_document"><figure><img src="${source}"></figure><p class="ltx_p">Bees.</p></article>`,
    );
    assert.ok(found.ok);
    return pictureOf(found.text, address) ?? "";
  };
  for (const source of ["a.png", "./a.png", "b/../a.png", "/home/me/café/a.png", "../caf%C3%A9/a.png"])
    assert.equal(of(source), "file:///home/me/caf%C3%A9/a.png", source);
  assert.equal(of("page_files/x y.png"), "file:///home/me/caf%C3%A9/page_files/x%20y.png");
  assert.equal(of("/etc/a.png", "file:///page.html"), "file:///etc/a.png");
  for (const source of [
    "../a.png",
    "../../../../etc/a.png",
    "%2e%2E/a.png",
    "..\\a.png",
    "/etc/a.png",
    "file:///etc/a.png",
    "/home/me/café-else/a.png",
    "file:////elsewhere/share/a.png",
  ])
    assert.match(of(source), /outside the folder of its page|cannot be fetched/, source);
  for (const source of ["//elsewhere/share/a.png", "file://elsewhere/share/a.png"])
    assert.match(of(source), /cannot be fetched/, source);
});

test("beside a table wider than the screen the footer names h and l, and the names of its rows stay", () => {
  const cells = (row: number) =>
    Array.from({ length: 12 }, (_, at) => `<td>value-${row}-${at}</td>`).join("");
  const table = `<table class="ltx_tabular"><tr><td>Name</td>${cells(0)}</tr><tr><td>Pebbles</td>${cells(1)}</tr><tr><td colspan="13">All of them</td></tr><tr><td rowspan="2">Ropes</td>${cells(2)}</tr><tr>${cells(3)}</tr></table>`;
  const found = readHtmlPaper(
    `<article class="ltx_document">${table}${section(1)}${section(2)}</article></html>`,
  );
  assert.ok(found.ok);
  const narrow = step(new Reader([paper]).model, { type: "resized", size: { columns: 60, rows: 20 } });
  const read = { type: "text-read", isWhole: true, paper: paper.id, address: "", marks: {} } as const;
  const model = step(press(narrow, "f"), { ...read, text: found.text, place: "", note: null });
  assert.match(shown(model).at(-1) ?? "", /^ j\/k scroll {2}q back {2}h\/l sideways/);
  assert.doesNotMatch(shown(press(model, "G")).at(-1) ?? "", /sideways/);
  const moved = press(model, "l", "l", "l");
  const lines = shown(moved);
  const row = (words: string) => lines.find((line) => line.includes(words)) ?? "";
  assert.doesNotMatch(row("value-1-3"), /value-1-0/);
  assert.match(row("value-0-3"), /^ {2}Name /);
  assert.match(row("value-1-3"), /^ {2}Pebbles /);
  assert.match(row("value-2-3"), /^ {2}Ropes /);
  const at = ["value-0-3", "value-1-3", "value-2-3", "value-3-3"].map((one) => row(one).indexOf(one));
  assert.equal(new Set(at).size, 1, `${at}`);
  // To the right end and back.
  const end = press(model, ..."llllllllllllllllllllll");
  assert.ok(shown(end).some((line) => /^ {2}Pebbles .*value-1-11 +.?$/.test(line)));
  assert.deepEqual(shown(press(end, ..."hhhhhhhhhhhhhhhhhhhhhh")), shown(model));
});

test("y marks the paragraph that would be copied, on all its rows and no other", () => {
  const model = press(opened(), "j", "j");
  const marked = (one: Model) =>
    rowsOf(one).flatMap((line) =>
      line.filter(({ style }) => style.inverse && style.on === "match").map(({ text }) => text),
    );
  assert.deepEqual(marked(model), []);
  const asked = press(model, "y");
  assert.match(
    shown(asked).at(-2) ?? "",
    /^ copy y the marked paragraph +$/,
    "there is no equation to offer",
  );
  const [next, effects] = update(asked, { type: "key", key: { name: "y", text: "y" } });
  const [effect] = effects;
  assert.ok(effect?.type === "copy");
  const plain = (text: string) => text.replace(/\s+/g, "");
  assert.equal(plain(marked(asked).join("")), plain(effect.text));
  assert.match(effect.text, /^Words 1 0\./, "a heading is no paragraph");
  assert.deepEqual(marked(next), []);
});

test("the footer of a text names the way out, at any width from 40", () => {
  for (const columns of [40, 60, 80, 120, 200]) {
    const model = step(opened(), { type: "resized", size: { columns, rows: 24 } });
    assert.match(shown(model).at(-1) ?? "", /q back .*\? help/, String(columns));
  }
  assert.match(
    shown(step(opened(), { type: "resized", size: { columns: 80, rows: 24 } })).at(-1) ?? "",
    /\/ search/,
  );
});
