import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Effect } from "../../../source/reader/messages.js";
import type { Model } from "../../../source/reader/model.js";
import { panelEntries } from "../../../source/reader/panels/panel.js";
import { update } from "../../../source/reader/update.js";
import { panelFooter } from "../../../source/screen/panel.js";
import { KeyDecoder } from "../../../source/terminal/keys.js";
import { Reader } from "../reader.js";

/** Presses keys, as a terminal sends them. */
function press(model: Model, ...typed: string[]): { model: Model; effects: Effect[] } {
  const effects: Effect[] = [];
  let now = model;
  const decoder = new KeyDecoder();
  for (const key of typed.flatMap((text) => [...decoder.push(text), ...decoder.flush()])) {
    const [next, more] = update(now, { type: "key", key });
    now = next;
    effects.push(...more);
  }
  return { model: now, effects };
}

const down = "\x1b[B";
const ctrlT = "\x14";
const open = () => press(new Reader(3).model, "a").model;
const labels = (model: Model) => panelEntries(model).map(({ group, label }) => `${group} ${label}`);
const home = (model: Model, subscriptions: readonly string[]) =>
  update(model, { type: "home", subscriptions })[0];

describe("the panel of sources as a home", () => {
  it("lists what is followed first, then the morning's others, each once", () => {
    const lines = labels(home(open(), ["daily", "arxiv:cs.CL"]));
    assert.deepEqual(lines.slice(0, 4), [
      "Morning morning",
      "Morning daily",
      "Morning arxiv:cs.CL",
      "Others trending",
    ]);
    assert.equal(lines.filter((one) => one.endsWith(" daily")).length, 1);
  });

  it("says how many papers are unread and new, and when it was read", () => {
    const [model] = update(home(open(), ["daily"]), {
      type: "home",
      known: { name: "daily", total: 1200, unread: 1100, fresh: 3, read: "yesterday" },
    });
    const daily = panelEntries(model).find(({ label }) => label === "daily");
    assert.equal(daily?.text, "1,100 unread, 3 new · read yesterday");
  });

  it("says that a file is gone, and the key that removes it", () => {
    const known = { name: "gone.bib", total: 0, unread: 0, fresh: 0, read: null, isGone: true } as const;
    const [model] = update(home(open(), ["gone.bib"]), { type: "home", known });
    const gone = panelEntries(model).find(({ label }) => label === "gone.bib");
    assert.equal(gone?.text, "the file is gone · Ctrl-T removes it");
  });

  it("says how many papers are starred, also where all of them were read", () => {
    const [model] = update(open(), {
      type: "home",
      known: { name: "starred", total: 2, unread: 0, fresh: 0, read: null },
    });
    const starred = panelEntries(model).find(({ label }) => label === "starred");
    assert.equal(starred?.text, "2 papers, 0 unread");
  });

  it("Ctrl-T asks for the source of the line, and the line stays chosen where it goes", () => {
    const { model, effects } = press(open(), down, ctrlT);
    assert.deepEqual(
      effects.filter(({ type }) => type === "subscribe"),
      [{ type: "subscribe", name: "trending" }],
    );
    assert.equal(model.mode, "panel");
    const after = home(model, ["trending"]);
    const chosen = panelEntries(after)[after.panel.cursor];
    assert.deepEqual([chosen?.group, chosen?.label], ["Morning", "trending"]);
  });

  it("Ctrl-T on a line that is no source says so", () => {
    const { model, effects } = press(open(), "words of mine", down, down, ctrlT);
    assert.equal(panelEntries(model)[2]?.group, "Here");
    assert.deepEqual(
      effects.filter(({ type }) => type === "subscribe"),
      [],
    );
    assert.match(model.notice?.text ?? "", /only a source/);
  });
});

/** A reader with a source open that can be opened again, unless it is `null`. */
function reading(source: string | null, columns = 80): Model {
  const reader = new Reader(3, { columns, rows: 24 });
  const leftOff = {
    view: "all",
    sort: "relevance",
    filter: "",
    paper: null,
    day: null,
    history: [],
  } as const;
  const { listing, marks } = reader.model;
  const opened = { listing, marks, leftOff, notice: null, working: null, recent: ["later"] };
  return reader.send({ type: "opened", source, ...opened }).model;
}
const up = "\x1b[A";
const subscribed = (effects: readonly Effect[]) =>
  effects.flatMap((one) => (one.type === "subscribe" ? [one.name] : []));
const foot = (model: Model) =>
  panelFooter(model)
    .map(({ text }) => text)
    .join("");

describe("the open source in the panel", () => {
  it("is a line with what is on the screen, over the one on which the panel opens, and Ctrl-T adds it", () => {
    const { model } = press(reading("~/lib.bib"), "a");
    const [line] = panelEntries(model);
    assert.deepEqual([line?.group, line?.label, line?.text], ["Open now", "~/lib.bib", "open · 3 unread"]);
    assert.equal(panelEntries(model)[model.panel.cursor]?.label, "later");
    assert.deepEqual(subscribed(press(model, up, ctrlT).effects), ["~/lib.bib"]);
  });

  it("is marked where it is listed anyway, and listed once", () => {
    for (const name of ["trending", "https://example.org/feed.xml"]) {
      const lines = panelEntries(home(press(reading(name), "a").model, ["daily", name]));
      const open = lines.filter(({ label }) => label === name);
      assert.deepEqual(
        open.map(({ group, text }) => [group, text]),
        [["Morning", "open · 3 unread"]],
      );
      const daily = lines.find(({ label }) => label === "daily");
      assert.equal(daily?.text, "nothing loaded yet");
    }
    const lines = labels(press(reading("trending"), "a").model);
    assert.equal(lines.filter((one) => one.endsWith(" trending")).length, 1);
    const morning = panelEntries(home(press(reading("morning"), "a").model, ["daily"]))[0];
    assert.equal(morning?.text, "open · its source");
  });

  it("comes after the others that are typed for", () => {
    assert.deepEqual(labels(press(reading("arxiv:cs.CV"), "a", "arxiv").model).slice(0, 2), [
      "Others arxiv:cs.LG+cs.CL",
      "Open now arxiv:cs.CV",
    ]);
  });

  it("several sources, a pipe", () => {
    const { model } = press(reading("a.bib\nb.bib"), "a");
    assert.equal(panelEntries(model)[0]?.label, "a.bib + b.bib");
    assert.deepEqual(subscribed(press(model, up, ctrlT).effects), ["a.bib\nb.bib"]);
    assert.deepEqual(labels(press(reading(null), "a").model)[0], "Recent later");
  });
});

describe("the morning by name", () => {
  for (const words of ["subscribe", "morning", "source", "add source", "add this listing"])
    it(`“${words}” in the palette adds the open source`, () => {
      const { model } = press(reading("~/lib.bib"), ":", words);
      const lines = panelEntries(model);
      const at = lines.findIndex(({ text }) => text.startsWith("add this listing to your morning"));
      assert.ok(at >= 0 && at < 5, labels(model).join(", "));
      assert.deepEqual(subscribed(press(model, down.repeat(at), "\r").effects), ["~/lib.bib"]);
    });

  it("says why where there is nothing to add", () => {
    const say = (source: string | null) => press(reading(source), ":", "subscribe", "\r").model.notice?.text;
    assert.match(say(null) ?? "", /pipe/);
    assert.match(say("morning") ?? "", /this is your morning/);
  });
});

describe("what Ctrl-T says is in sight", () => {
  for (const columns of [40, 80, 120])
    it(`at ${columns} columns, whatever is typed`, () => {
      const morning = press(home(reading("~/lib.bib", columns), ["daily"]), "a", ctrlT).model;
      assert.match(foot(morning), /the morning is made of sources/);
      for (const typed of ["./lib.bib", "/a/long/path".repeat(9)]) {
        const none = press(reading("~/lib.bib", columns), "a", typed);
        const { path } = none.model.folder;
        const looked = update(none.model, { type: "folder", folder: { path, files: [], isWhole: true } })[0];
        const said = press({ ...looked, notice: { text: "added to your morning: it", tone: "info" } }).model;
        assert.match(foot(said), /added to your morning/);
      }
    });
});

describe("a path that does not exist", () => {
  const typed = (text: string, names: readonly string[], isWhole = true) => {
    const { model } = press(open(), text);
    const path = text.slice(0, text.lastIndexOf("/") + 1);
    const files = names.map((name) => ({ name, isFolder: false }));
    return update(model, { type: "folder", folder: { path, files, isWhole } })[0];
  };

  for (const text of ["gone.bib", "./gone", "/tmp/gone.bib", "~/gone", "papers/gone.json"]) {
    it(`${text}: it is said, and Enter keeps what was typed`, () => {
      const model = typed(text, ["other.bib"]);
      const line = panelEntries(model).find(({ group }) => group === "Open");
      assert.deepEqual([line?.text, line?.chosen], ["there is no such file", null]);
      const at = panelEntries(model).indexOf(line as never);
      const { model: after, effects } = press({ ...model, panel: { ...model.panel, cursor: at } }, "\r");
      assert.equal(after.panel.line.text, text);
      assert.deepEqual(
        effects.filter(({ type }) => type === "open-source"),
        [],
      );
    });
  }

  it("is not offered for words, which may be searched for", () => {
    const lines = labels(typed("mean field", ["other.bib"]));
    assert.deepEqual(lines, ["Search search:mean field", "Search arxiv:mean field", "Here mean field"]);
  });

  it("is offered where it is there, and where nobody can know", () => {
    for (const [names, isWhole] of [
      [["gone.bib"], true],
      [[], false],
    ] as const) {
      const line = panelEntries(typed("./gone.bib", names, isWhole)).find(
        ({ label }) => label === "./gone.bib",
      );
      assert.equal(line?.chosen?.type, "source");
    }
  });

  it("comes back with the reason where it could not be opened", () => {
    const { model, effects } = press(open(), "'/tmp/gone.bib'", "\r");
    const asked = effects.find(({ type }) => type === "open-source");
    assert.deepEqual(asked, { type: "open-source", name: "/tmp/gone.bib", typed: "'/tmp/gone.bib'" });
    const why = "cannot read /tmp/gone.bib: there is no such file";
    const [after] = update(model, { type: "not-opened", typed: "'/tmp/gone.bib'", why });
    assert.deepEqual(
      [after.mode, after.panel.kind, after.panel.line.text],
      ["panel", "sources", "'/tmp/gone.bib'"],
    );
    assert.equal(after.notice?.text, why);
  });
});

describe("what is typed is offered in every meaning", () => {
  for (const [typed, wanted] of [
    ["cs.CV", ["Open arxiv:cs.CV"]],
    ["2025-10-29", ["Open daily:2025-10-29"]],
    [
      "diffusion models",
      ["Search search:diffusion models", "Search arxiv:diffusion models", "Here diffusion models"],
    ],
    ["https://example.org/feed.xml", ["Open https://example.org/feed.xml"]],
    ["example.org/feed.xml", ["Open https://example.org/feed.xml"]],
    ["2510.22543", ["Open 2510.22543"]],
  ] as const) {
    it(typed, () => {
      const lines = labels(press(open(), typed).model);
      for (const one of wanted) assert.ok(lines.includes(one), `${one} in ${lines}`);
    });
  }

  it("yesterday", () => {
    const [model] = update(open(), { type: "clock", now: 0, today: "2026-11-28" });
    assert.equal(labels(press(model, "yesterday").model)[0], "Open daily:2026-11-27");
  });
});

describe("undoing what has left a list that was collected", () => {
  const undone = (source: string, paper: string) =>
    update(reading(source), {
      type: "reverted",
      verb: "undid",
      label: "removed from Later",
      papers: [{ paper, title: "Away", later: true }],
      error: null,
    })[1].filter(({ type }) => type === "refresh");

  it("reads the list again, quietly, where the paper is not in it", () => {
    assert.deepEqual(undone("later", "doi:10.1/away"), [{ type: "refresh", isQuiet: true }]);
    assert.deepEqual(undone("later", "doi:10.5555/paper-1"), []);
    assert.deepEqual(undone("lib.bib", "doi:10.1/away"), []);
  });
});
