import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Effect } from "../../../source/reader/messages.js";
import type { Model } from "../../../source/reader/model.js";
import { panelEntries } from "../../../source/reader/panels/panel.js";
import { update } from "../../../source/reader/update.js";
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
