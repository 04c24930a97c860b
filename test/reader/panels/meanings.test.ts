import assert from "node:assert/strict";
import { test } from "node:test";
import { datedSource, daysNamed } from "../../../source/reader/panels/days.js";
import { panelEntries } from "../../../source/reader/panels/panel.js";
import { Reader } from "../reader.js";

/** A Wednesday. */
const today = "2025-10-29";

function offered(typed: string): readonly string[] {
  const reader = new Reader(3).send({ type: "clock", now: 0, today }).type("a");
  reader.send({ type: "key", key: { name: "paste", text: typed } });
  return panelEntries(reader.model).map(({ chosen }) =>
    chosen?.type === "source" ? chosen.name : chosen?.type === "filter" ? `filter ${chosen.text}` : "",
  );
}

test("daily: takes the days that people name; other names stay as they are", () => {
  for (const [name, source] of [
    ["daily:yesterday", "daily:2025-10-28"],
    ["daily:today", "daily:2025-10-29"],
    ["daily:last-friday", "daily:2025-10-24"],
    ["daily:last friday", "daily:2025-10-24"],
    ["daily:2025-10-29", "daily:2025-10-29"],
    ["daily:2025-10", "daily:2025-10"],
    ["daily:2025-W44", "daily:2025-W44"],
    ["daily:soon", "daily:soon"],
    ["daily", "daily"],
    ["search:yesterday", "search:yesterday"],
  ] as const)
    assert.equal(datedSource(name, today), source);
});

test("the palette opens what is pasted into it and is no command", () => {
  for (const [typed, name] of [
    ["https://arxiv.org/abs/1706.03762", "1706.03762"],
    ["2510.22543", "2510.22543"],
    ["https://example.org/feed.xml", "https://example.org/feed.xml"],
  ] as const) {
    const reader = new Reader(3).type(":");
    reader.send({ type: "key", key: { name: "paste", text: typed } });
    const [first] = panelEntries(reader.model);
    assert.equal(first?.chosen?.type === "source" && first.chosen.name, name);
  }
});

test("what people type for a source is understood, the likeliest first", () => {
  for (const [typed, first] of [
    ["cs.CV", "arxiv:cs.CV"],
    ["cs.cv", "arxiv:cs.CV"],
    ["CS.CV", "arxiv:cs.CV"],
    ["arxiv cs.LG", "arxiv:cs.LG"],
    ["arXiv: cs.LG", "arxiv:cs.LG"],
    ["cs.LG+cs.CL", "arxiv:cs.LG+cs.CL"],
    ["cs.LG, stat.ML", "arxiv:cs.LG+stat.ML"],
    ["cs.LG and cs.CL", "arxiv:cs.LG+cs.CL"],
    ["hep-th", "arxiv:hep-th"],
    ["cond-mat.mes-hall", "arxiv:cond-mat.mes-hall"],
    ["astro-ph.co", "arxiv:astro-ph.CO"],
    ["https://arxiv.org/list/cs.CL/recent", "arxiv:cs.CL"],
    ["2025-10-29", "daily:2025-10-29"],
    ["2025/10/29", "daily:2025-10-29"],
    ["20251029", "daily:2025-10-29"],
    ["29.10.2025", "daily:2025-10-29"],
    ["29 Oct", "daily:2025-10-29"],
    ["Oct 29, 2025", "daily:2025-10-29"],
    ["daily 2025-10-29", "daily:2025-10-29"],
    ["daily:yesterday", "daily:2025-10-28"],
    ["yesterday", "daily:2025-10-28"],
    ["Yesterday", "daily:2025-10-28"],
    ["today", "daily:2025-10-29"],
    ["monday", "daily:2025-10-27"],
    ["last friday", "daily:2025-10-24"],
    ["2025-W44", "daily:2025-W44"],
    ["last week", "daily:2025-W43"],
    ["2401.00001", "2401.00001"],
    ["arXiv:2401.00001v2", "2401.00001"],
    ["arxiv 2401.00001", "2401.00001"],
    ["https://arxiv.org/abs/2401.00001", "2401.00001"],
    ["arxiv.org/pdf/2401.00001v3.pdf", "2401.00001"],
    ["huggingface.co/papers/2401.00001", "2401.00001"],
    ["hep-th/9901001", "hep-th/9901001"],
    ["10.48550/arXiv.2401.00001", "2401.00001"],
    ["10.1000/xyz.1", "https://api.crossref.org/works/10.1000%2Fxyz.1/transform/application/x-bibtex"],
    [
      "https://doi.org/10.1000/xyz.1",
      "https://api.crossref.org/works/10.1000%2Fxyz.1/transform/application/x-bibtex",
    ],
    ["doi:10.1000/XYZ.1", "https://api.crossref.org/works/10.1000%2Fxyz.1/transform/application/x-bibtex"],
    ["example.org/feed.xml", "https://example.org/feed.xml"],
    ["www.example.org", "https://www.example.org"],
    ["localhost:8000/x", "http://localhost:8000/x"],
    ["https://example.org/x", "https://example.org/x"],
    ["huggingface.co/papers/date/2025-10-28", "daily:2025-10-28"],
    ["~/papers/a.bib", "~/papers/a.bib"],
    ["'/tmp/my papers/a.bib'", "/tmp/my papers/a.bib"],
    ['"a b.bib"', "a b.bib"],
    ["file:///tmp/a%20b.bib", "/tmp/a b.bib"],
    ["lib.bib", "lib.bib"],
    ["graph neural networks", "search:graph neural networks"],
    ["search graph nets", "search:graph nets"],
    ["hf graph nets", "search:graph nets"],
    ["arxiv graph nets", "arxiv:graph nets"],
    ["daily", "daily"],
    ["trending", "trending"],
    ["favourites", "starred"],
    ["arxiv:cs.LG", "arxiv:cs.LG"],
    ["-", "-"],
  ] as const) {
    assert.equal(offered(typed)[0], first, typed);
  }
});

test("what may be several things is offered as each", () => {
  const words = offered("graph neural networks");
  for (const wanted of [
    "search:graph neural networks",
    "arxiv:graph neural networks",
    "filter graph neural networks",
    "graph neural networks",
  ])
    assert.ok(words.includes(wanted), wanted);
  const ambiguous = offered("math");
  for (const wanted of ["arxiv:math", "search:math", "filter math", "math"])
    assert.ok(ambiguous.includes(wanted), wanted);
  assert.ok(offered("2025-10-29").includes("2025-10-29"), "a file may be called so");
  assert.ok(offered("cs.CV").includes("cs.CV"));
  assert.ok(offered("10.1000/xyz.1").includes("filter id:10.1000/xyz.1"));
  for (const typed of ["cs.CV", "graph", "yesterday", "example.org/x", "2401.00001"]) {
    const names = offered(typed);
    assert.equal(new Set(names).size, names.length, typed);
  }
});

test("a filter that is picked there is on in the list", () => {
  const reader = new Reader(5).type("anumber 3");
  const at = panelEntries(reader.model).findIndex(({ chosen }) => chosen?.type === "filter");
  reader.type(`${"\x1b[B".repeat(at)}\r`);
  assert.deepEqual([reader.model.mode, reader.current], ["browse", "Paper 3"]);
  assert.equal(reader.model.filter.query.text, "number 3");
  assert.deepEqual(reader.model.filter.history, ["number 3"]);
});

test("days are counted back from today, over months and years, and no others are made up", () => {
  for (const [typed, day] of [
    ["yesterday", "2025-12-31"],
    ["day before yesterday", "2025-12-30"],
    ["3 days ago", "2025-12-29"],
    ["a week ago", "2025-12-25"],
    ["thursday", "2026-01-01"],
    ["last thursday", "2025-12-25"],
    ["thu", "2026-01-01"],
    ["tues", "2025-12-30"],
    ["wednesday", "2025-12-31"],
    ["this week", "2026-W01"],
    ["last week", "2025-W52"],
    ["last month", "2025-12"],
    ["2 jan", "2025-01-02"],
    ["1st january", "2026-01-01"],
    ["sept 3", "2025-09-03"],
  ] as const)
    assert.deepEqual(daysNamed(typed, "2026-01-01"), [day], typed);
  for (const typed of [
    "2025-02-30",
    "31.11.2025",
    "2025-13",
    "2025-W54",
    "20251340",
    "30 feb",
    "mono",
    "sunny",
    "may",
    "friday night",
    "",
    "12",
    "99999999",
  ])
    assert.deepEqual(daysNamed(typed, "2026-01-01"), [], typed);
  assert.deepEqual(daysNamed("yesterday", null), []);
  assert.deepEqual(daysNamed("2025-10-29", null), ["2025-10-29"]);
});
