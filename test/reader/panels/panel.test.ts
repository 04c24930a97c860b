import assert from "node:assert/strict";
import { test } from "node:test";
import { sortNames } from "../../../source/papers/sort-and-column-names.js";
import { commandOf, keymap, showKey } from "../../../source/reader/keys/keymap.js";
import { marginSigns } from "../../../source/reader/margin-signs.js";
import type { Model } from "../../../source/reader/model.js";
import { commandEntries, commandMeant, panelTitles } from "../../../source/reader/panels/commands.js";
import { panelEntries } from "../../../source/reader/panels/panel.js";
import { panelLines } from "../../../source/screen/panel.js";
import { rowsOf } from "../../../source/screen/regions.js";
import { Reader } from "../reader.js";

/** The commands of a panel's lines. */
function commandsIn(model: Model): unknown[] {
  return panelEntries(model).map(({ chosen }) => (chosen?.type === "command" ? chosen.command : null));
}

test("no key has two meanings, and every binding is reached by its keys", () => {
  const seen = new Set<string>();
  for (const { keys, command } of keymap) {
    for (const key of keys) {
      assert.ok(!seen.has(key), key);
      seen.add(key);
      assert.equal(commandOf("browse", key), command);
    }
  }
});

test("the help says what every sign before a row means, as the row shows it", () => {
  for (const ascii of [false, true]) {
    const reader = new Reader(3, { ascii }).type("sL");
    const row =
      rowsOf(reader.model)[2]
        ?.map(({ text }) => text)
        .join("") ?? "";
    const legend = panelEntries(reader.type("?").model).filter(({ group }) => group === "Signs");
    const meaning = (sign: string) => legend.find(({ label }) => label === sign)?.text ?? "";
    const [unread = "", star = "", later = ""] = row.slice(1, 4);
    assert.match(meaning(unread), /^unread/);
    assert.match(meaning(star), /^starred/);
    assert.match(meaning(later), /^kept for later/);
    assert.match(meaning("@"), /follow/);
    assert.match(meaning("?"), /ranking/);
    assert.match(panelEntries(reader.type(ascii ? "edcba" : "▁▂▄").model)[0]?.text ?? "", /for you/);
  }
});

test("the help lists every binding and is filtered by typing", () => {
  const reader = new Reader(5).type("?");
  assert.equal(panelEntries(reader.model).length, keymap.length + Object.keys(marginSigns).length);
  reader.type("unread");
  const commands = commandsIn(reader.model);
  assert.ok(commands.includes("next-unread") && commands.includes("read") && !commands.includes("quit"));
});

test("one sign typed in the help looks up that key, case and all", () => {
  const upper = new Reader(5).type("?M");
  assert.deepEqual(commandsIn(upper.model), ["mark-all-read"]);
});

test("Enter runs the chosen line: the help is another way to every command", () => {
  const reader = new Reader(5).type("?star\r");
  assert.equal(reader.model.mode, "browse");
  assert.equal(reader.model.counts.starred, 1);
});

test("Esc and ? leave the help", () => {
  for (const key of ["\x1b", "?"]) {
    const reader = new Reader(5).type(`?${key}`);
    assert.equal(reader.model.mode, "browse", key);
    assert.deepEqual(
      reader.take().filter(({ type }) => type === "quit"),
      [],
    );
  }
});

test("Ctrl-Z suspends from anywhere", () => {
  for (const before of ["", "/abc", "?", "S"]) {
    const types = new Reader(5).type(`${before}\x1a`).take();
    assert.ok(
      types.some(({ type }) => type === "suspend"),
      before,
    );
  }
});

test("no letter typed in the palette is taken for a key, whatever is typed first", () => {
  for (const open of [":", "\x10"]) {
    const reader = new Reader(5).type(open);
    reader.take();
    reader.type("quit");
    assert.equal(reader.model.mode, "panel");
    assert.equal(reader.model.panel.line.text, "quit");
    assert.deepEqual(reader.take(), []);
    assert.equal(commandsIn(reader.model)[0], "quit");
    assert.deepEqual(reader.type("\r").take()[0], { type: "quit" });
  }
});

test("the palette quits where q would go back", () => {
  for (const typed of ["q", "q!", "wq", "wq!", "qa", "qa!"]) {
    const { effects } = new Reader(5).type(`:${typed}\r`);
    assert.ok(
      effects.some(({ type }) => type === "quit"),
      typed,
    );
  }
  const reader = new Reader(5).type("\r:quit\r");
  assert.ok(reader.take().some(({ type }) => type === "quit"));
});

test("F1 is help, and closes it", () => {
  const reader = new Reader(5).type("\x1bOP");
  assert.deepEqual([reader.model.mode, reader.model.panel.kind], ["panel", "keys"]);
  assert.equal(reader.type("\x1b[11~").model.mode, "browse");
});

test("in panels Ctrl-J, Ctrl-N, Ctrl-K and Ctrl-P move as the arrows do, and nothing is chosen by them", () => {
  for (const open of ["?", ":", "a"]) {
    const reader = new Reader(5).type(open);
    reader.take();
    const cursors = ["\n", "\x0e", "\x1b[B", "\x0b", "\x10", "\x1b[A"].map(
      (key) => reader.type(key).model.panel.cursor,
    );
    assert.deepEqual(cursors, [1, 2, 3, 2, 1, 0], open);
    assert.equal(reader.model.mode, "panel");
    assert.deepEqual(reader.take(), []);
  }
  const history = new Reader(5).send({
    type: "history",
    changes: ["c", "b", "a"].map((id) => ({
      id,
      when: "1 Jan 10:00",
      text: `starred: ${id}`,
      isUndone: false,
    })),
  });
  history.type("\n\n");
  assert.deepEqual([history.model.mode, history.model.panel.cursor], ["panel", 2]);
  assert.deepEqual(history.take(), []);
  assert.deepEqual(history.type("\r").take()[0], { type: "undo-to", id: "a" });
});

test("a newline that is pasted into a panel is text, and Enter with nothing to choose does nothing", () => {
  const reader = new Reader(5).type("?\x1b[200~star\nunread\x1b[201~");
  assert.deepEqual([reader.model.mode, reader.model.panel.line.text], ["panel", "star unread"]);
  reader.type("\x15zzzz");
  reader.take();
  assert.equal(reader.type("\r").model.mode, "panel");
  assert.deepEqual(reader.take(), []);
});

test("the help knows the words that people look for", () => {
  for (const [word, command] of [
    ["exit", "quit"],
    ["search", "filter"],
    ["reload", "refresh"],
    ["bookmark", "star"],
    ["favourite", "star"],
    ["help", "help"],
    ["refresh", "refresh"],
    ["quit", "quit"],
    ["yesterday", "previous-day"],
  ]) {
    assert.ok(commandsIn(new Reader(5).type(`?${word}`).model).includes(command), word);
  }
});

test("the palette finds what people type, best first", () => {
  for (const [typed, first] of [
    ["help", /^help: every key;/],
    ["sort date", /^sort by date, newest first/],
    ["sort by date oldest", /^sort by date, oldest first/],
    ["sort title", /^sort by title, A to Z/],
    ["order upvotes", /^sort by upvotes, most first/],
    ["popular", /upvotes|Hugging Face now/],
    ["refresh", /^refresh: look/],
    ["reload", /^refresh: look/],
    ["quit", /^quit/],
    ["exit", /^quit/],
    ["yesterday", /^Daily Papers of 28 Oct 2025/],
    ["today", /^Daily Papers of 29 Oct 2025/],
    ["favourite", /^star or unstar/],
    ["bookmark", /^star or unstar/],
    ["theme", /^theme: the terminal's own/],
    ["dark", /^theme: dark/],
    ["light", /^theme: light,/],
    ["light or dark", /^theme: light or dark/],
    ["skim", /skim/],
    ["settings", /settings/],
    ["copy bibtex", /^copy/],
    ["unread only", /^show unread papers only/],
    ["fullscreen", /^zoom/],
    ["pdf", /PDF/],
    ["search", /^filter as you type/],
  ] as const) {
    const reader = new Reader(5).send({ type: "clock", now: 0, today: "2025-10-29" }).type(`:${typed}`);
    assert.match(panelEntries(reader.model)[0]?.text ?? "", first, typed);
  }
});

test("a line of the palette does what it says", () => {
  const papers = [
    { title: "Alpha", published: "2024-01-01" },
    { title: "Beta", published: "2024-03-01" },
  ];
  const dated = new Reader(papers).type(":sort date\r");
  assert.deepEqual([dated.model.mode, dated.rows], ["browse", ["Beta", "Alpha"]]);
  assert.deepEqual(dated.type(":oldest\r").rows, ["Alpha", "Beta"]);
  assert.deepEqual(dated.type(":sort title\x1b[B\r").rows, ["Beta", "Alpha"]);
  const viewed = new Reader(papers).type("s:starred only\r");
  assert.deepEqual([viewed.model.view, viewed.rows], ["starred", ["Alpha"]]);
  const copied = new Reader(papers).type(":copy title\r").take();
  assert.ok(copied.some((effect) => effect.type === "copy" && effect.text === "Alpha"));
  const opened = new Reader(papers).type(":source trending\r").take();
  assert.ok(opened.some((effect) => effect.type === "open-source" && effect.name === "trending"));
  const named = new Reader(papers).type(":config.json\r").take();
  assert.ok(named.some((effect) => effect.type === "name-settings"));
});

test("what cannot be copied is said with the next step", () => {
  const said = (typed: string) => new Reader([{ title: "Alpha" }]).type(typed).model.notice?.text;
  assert.equal(said("yp"), "this listing gives no PDF link for this paper · o searches for its title");
  const known = new Reader([{ title: "Alpha", url: "https://example.org/a" }]).type("yp");
  assert.equal(known.model.notice?.text, "this listing gives no PDF link for this paper · o opens its page");
});

test("every line of the palette acts or says something, at any place", () => {
  const words = ["", "sort", "show", "theme", "copy", "open", "listing", "config"];
  const lines = new Map(
    words.flatMap((typed) =>
      panelEntries(new Reader(3).type(`:${typed}`).model).map((one) => [one.text, one]),
    ),
  );
  assert.ok(lines.size > 90, String(lines.size));
  const screen = (model: Model) => rowsOf(model).map((row) => row.map(({ text }) => text).join(""));
  const silent: string[] = [];
  for (const before of ["", "\r", "/number\r"])
    for (const { chosen, text } of lines.values()) {
      assert.notEqual(chosen, null, text);
      const reader = new Reader(3).type(before);
      const at = screen({ ...reader.model, notice: null, isFirstRun: false });
      const typed = reader.type(`:${text}`).model;
      const row = panelEntries(typed).findIndex((line) => line.text === text);
      assert.ok(row >= 0, text);
      reader.take();
      reader.type(`${"\x1b[B".repeat(row)}\r`);
      const acts = reader.take().some(({ type }) => type !== "clock" && type !== "search");
      if (!acts && screen(reader.model).join() === at.join()) silent.push(`${before.trim()} ${text}`);
    }
  assert.deepEqual(silent, []);
  // As it is where the row is the chosen one already.
  assert.notEqual(new Reader(3).type(":1\r").model.notice, null);
});

test("a number in the palette is a row, as in vim and less", () => {
  const one = new Reader([{ title: "Alpha" }, { title: "Beta" }, { title: "Gamma" }]);
  assert.equal(one.type(":2\r").model.cursor, 1);
  assert.ok(one.take().every(({ type }) => type !== "history" && type !== "undo-to"));
  assert.equal(one.type(":99999\r").model.cursor, 2);
});

test("what is pasted is taken for no misspelt command, however long it is", () => {
  assert.equal(commandMeant("exprot"), "export");
  assert.equal(commandMeant("exprot ".repeat(20).trim()), null);
});

test("the palette switches the theme at once and keeps it", () => {
  const reader = new Reader(4).type(":theme dark\r");
  assert.equal(reader.model.mode, "browse");
  assert.equal(reader.model.settings.theme, "dark");
  assert.deepEqual(
    reader.take().filter(({ type }) => type === "keep-theme"),
    [{ type: "keep-theme", theme: "dark" }],
  );
  assert.equal(reader.type(":light mode\r").model.settings.theme, "light");
  assert.equal(reader.type(":high contrast\r").model.settings.theme, "high-contrast");
  const before = reader.model;
  const answered = reader.send({ type: "background", brightness: "dark" });
  const marks = new Uint8Array(4);
  answered.send({ type: "returned", model: new Reader(4).model, marks, notice: null, recent: [] });
  // Neither is lost where another listing comes back to the screen.
  assert.deepEqual(
    [answered.model.settings.theme, answered.model.brightness],
    [before.settings.theme, "dark"],
  );
});

test("a panel that is resized keeps its chosen line on the screen", () => {
  const reader = new Reader(5, { columns: 120, rows: 50 }).type(`?${"\x1b[B".repeat(32)}`);
  reader.send({ type: "resized", size: { columns: 120, rows: 12 } });
  const { cursor, top } = reader.model.panel;
  assert.equal(cursor, 32);
  assert.ok(cursor >= top && cursor < top + 8, `${cursor} from ${top}`);
});

test("only the file that was asked about is overwritten, and a failed export can be corrected", () => {
  const reader = new Reader(2).type("e\x15a.bib");
  reader.type("\x01x").send({ type: "exported", path: "a.bib", count: 2, failure: "exists" });
  assert.deepEqual(
    [reader.model.mode, reader.model.file.line.text, reader.model.file.isThere],
    ["export", "xa.bib", false],
  );
  reader.type("\x1b").send({ type: "exported", path: "a.bib", count: 2, failure: "exists" });
  assert.equal(reader.model.mode, "browse");
  reader
    .type("e\x15/no/x.bib\r")
    .send({ type: "exported", path: "/no/x.bib", count: 2, failure: "there is no folder" });
  assert.deepEqual([reader.model.mode, reader.model.file.line.text], ["export", "/no/x.bib"]);
});

test("y and n answer whether a file may be overwritten, and are no part of its name", () => {
  const asked = () => {
    const reader = new Reader(2).type("e\x15refs.bib\r");
    reader.send({ type: "exported", path: "refs.bib", count: 2, failure: "exists" });
    return reader.send({ type: "pause-over", number: reader.model.pauses });
  };
  for (const key of ["n", "N"]) {
    const reader = asked().type(key);
    assert.deepEqual([reader.model.mode, reader.model.file.line.text], ["export", "refs.bib"]);
    assert.match(reader.model.notice?.text ?? "", /not overwritten · type another name/);
    assert.equal(reader.model.file.isThere, false);
  }
  for (const key of ["y", "\r"]) {
    const [effect] = asked().type(key).take().slice(-1);
    assert.ok(effect?.type === "export" && effect.overwrite, key);
  }
  // Too soon it is no answer, as with Enter.
  const soon = new Reader(2).type("e\x15refs.bib\r");
  soon.send({ type: "exported", path: "refs.bib", count: 2, failure: "exists" }).type("y");
  assert.deepEqual([soon.model.file.isWriting, soon.model.file.line.text], [false, "refs.bib"]);
  assert.equal(new Reader(2).type("e\x15n").model.file.line.text, "n");
});

test("while a file is written that is said, and a key pressed meanwhile does nothing after it", () => {
  const reader = new Reader(2).type("e\x15big.json\r");
  assert.equal(reader.model.notice?.text, "writing big.json …");
  reader.take();
  reader.type("qq\r");
  assert.deepEqual([reader.take(), reader.model.notice?.text], [[], "writing big.json …"]);
  reader.type("\x1b");
  assert.deepEqual(reader.take(), [{ type: "stop-export" }]);
  reader.send({ type: "exported", path: "big.json", count: 2, failure: "stopped" });
  assert.equal(reader.model.notice?.text, "not exported: stopped");
  assert.deepEqual([reader.model.mode, reader.model.file.isWriting], ["export", false]);
  reader.type("\r").send({ type: "exported", path: "big.json", count: 2, failure: null });
  assert.deepEqual([reader.model.mode, reader.type("q").take().at(-1)?.type], ["browse", "quit"]);
});

test("Enter on a name that ends like no format says so, and how it must end", () => {
  for (const name of ["out.xyz", "/dev/full", "sub/bin"]) {
    const reader = new Reader(2).type(`e\x15${name}`);
    reader.take();
    reader.type("\r");
    assert.match(reader.model.notice?.text ?? "", /^not exported: .*end it in \.bib \.ris/, name);
    assert.deepEqual([reader.model.mode, reader.take()], ["export", []]);
  }
  assert.match(new Reader(2).type("e\x15\r").model.notice?.text ?? "", /type the name of a file/);
});

test("a misspelt command is taken for the nearest, which the panel says", () => {
  for (const [typed, text] of [
    ["exprot", /^export the papers/],
    ["refesh", /^refresh/],
    ["qiut", /^quit/],
    ["sort dtae", /^sort by date, newest/],
    ["them dark", /^theme: dark/],
  ] as const)
    assert.match(commandEntries(typed, null)[0]?.text ?? "", text, typed);
  for (const typed of ["xyzzy", "hello", "exprot zzzzzz", "q8"])
    assert.deepEqual(commandEntries(typed, null), [], typed);
  const reader = new Reader(3, { columns: 80, rows: 24 }).type(":exprot");
  const [header = []] = rowsOf(reader.model);
  assert.match(header.map(({ text }) => text).join(""), /^ Commands · no “exprot”: did you mean “export”\?/);
  assert.equal(reader.type("\r").model.mode, "export");
  const [plain = []] = rowsOf(new Reader(3).type(":export").model);
  assert.doesNotMatch(plain.map(({ text }) => text).join(""), /did you mean/);
});

test("typing replaces a proposed name, and other keys edit it", () => {
  const name = (keys: string) => new Reader(2).type(`e${keys}`).model.file.line.text;
  const proposal = name("");
  assert.match(proposal, /^test-.*\.bib$/);
  assert.equal(name("refs"), "refs");
  assert.equal(name("\x1b[200~refs.ris\x1b[201~"), "refs.ris", "a paste");
  assert.equal(name("\x1b[Fx"), `${proposal}x`, "End");
  assert.equal(name("\x1b[D\x1b[D\x1b[D\x1b[D-2"), proposal.replace(".bib", "-2.bib"), "arrows");
  assert.equal(name("\x7f\x7f\x7fris"), proposal.replace(/bib$/, "ris"), "Backspace");
  assert.equal(name("\x15"), "");
  assert.equal(name("\tx"), "x", "the format's proposal is one too");
  const named = new Reader(2).type("/paper\rW");
  assert.equal(named.type("felines").model.naming.line.text, "felines");
});

test("a bare name gets the ending of the format that was proposed, and the prompt says so", () => {
  const screen = ({ model }: Reader) => rowsOf(model).map((line) => line.map(({ text }) => text).join(""));
  const reader = new Reader(2, { columns: 80, rows: 24 }).type("erefs");
  assert.match(screen(reader).at(-2) ?? "", /refs +\.bib is added/);
  reader.take();
  reader.type("\r");
  assert.equal(
    reader
      .take()
      .map((one) => (one.type === "export" ? one.path : ""))
      .join(),
    "refs.bib",
  );
  reader.send({ type: "exported", path: "refs.bib", count: 2, failure: "exists" });
  assert.equal(reader.model.file.isThere, true);
  reader.take();
  // Enter pressed twice in a row, or held down, is no answer to a question that just came up.
  reader
    .type("\r\r")
    .send({ type: "pause-over", number: reader.model.pauses - 1 })
    .type("\r");
  assert.deepEqual(
    reader.take().filter(({ type }) => type === "export"),
    [],
  );
  reader.send({ type: "pause-over", number: reader.model.pauses });
  reader.type("\r").send({ type: "exported", path: "refs.bib", count: 2, failure: null }).type("e\trefs\r");
  const effects = reader.take().map((one) => (one.type === "export" ? `${one.path} ${one.format}` : ""));
  assert.equal(effects.at(-1), "refs.ris ris");
});

test("the palette finds a command by what the footer, the title of its panel and the documents call it", () => {
  const finds = (typed: string, command: string) =>
    commandEntries(typed, null).some(
      ({ chosen }) => chosen?.type === "command" && chosen.command === command,
    );
  for (const { command, help, hint, detailHint } of keymap) {
    for (const words of [help, hint?.words, detailHint?.words])
      if (words !== undefined) assert.ok(finds(words, command), `${words}: ${command}`);
  }
  for (const [kind, title] of Object.entries(panelTitles)) {
    // The contents of a text are opened in the text alone.
    if (kind !== "contents") assert.ok(finds(title, kind === "keys" ? "help" : kind), title);
  }
  for (const [words, command] of [
    ["views", "next-view"],
    ["triage", "triage"],
    ["undo", "undo"],
    ["copying", "copy"],
    ["exporting", "export"],
    ["read the whole paper", "read-text"],
    ["full screen", "open-detail"],
    ["filter as you type", "filter"],
    ["every key", "help"],
    ["day before", "previous-day"],
    ["day after", "next-day"],
    ["opens another source", "sources"],
    ["saves the filter as a watch", "save-watch"],
    ["follows an author", "follow"],
    ["mutes", "mute"],
    ["reasons", "reasons"],
    ["skims", "paper-view"],
    ["listing in figures", "figures"],
    ["sorts", "sort"],
    ["toggles raw TeX", "tex-source"],
  ] as const)
    assert.ok(finds(words, command), words);
  const [first] = commandEntries("sources", null);
  assert.deepEqual(first?.chosen, { type: "command", command: "sources" });
});

test("the palette puts the command that begins with what is typed first", () => {
  for (const typed of ["sort", "sor"]) {
    const [first] = commandEntries(typed, null);
    assert.match(first?.text ?? "", /^sort/, typed);
  }
  assert.match(commandEntries("triage", null)[0]?.text ?? "", /^triage/);
  assert.match(commandEntries("quit", null)[0]?.text ?? "", /^quit/);
});

test("each order has its own keys in the palette, and typed from the list's order they give it", () => {
  const orders = commandEntries("sort", null).filter(({ chosen }) => chosen?.type === "sort");
  assert.equal(orders.length, 2 * sortNames.length);
  assert.equal(new Set(orders.map(({ label }) => label)).size, 2 * sortNames.length);
  for (const { label, chosen } of orders) {
    const sort = chosen?.type === "sort" ? chosen.sort : null;
    // The listing starts by relevance: its own key would reverse that.
    if (sort?.key === "relevance") continue;
    assert.deepEqual(new Reader(5).type(label.replaceAll(" ", "")).model.sort, sort, label);
  }
});

test("a change that is undone says so first, and Enter on it changes nothing", () => {
  const text =
    "starred: A title that is longer than the eighty columns of a terminal have room for, and more";
  const reader = new Reader(5, { columns: 80, rows: 24 }).send({
    type: "history",
    changes: [{ id: "a", when: "23 Nov 08:24", text, isUndone: true }],
  });
  const row =
    panelLines(reader.model)[0]
      ?.map((one) => one.text)
      .join("") ?? "";
  assert.match(row, /\(undone\) starred: A title/);
  assert.equal(reader.type("\r").model.mode, "panel");
  assert.deepEqual(reader.take(), []);
});

test("keys are named as they are printed on keyboards", () => {
  const named = [
    "f5",
    "f12",
    "ctrl-d",
    "alt-left",
    "shift-tab",
    "delete",
    "backspace",
    "F",
    "f",
    "?",
    "space",
  ];
  assert.deepEqual(named.map(showKey), [
    "F5",
    "F12",
    "Ctrl-D",
    "Alt-←",
    "Shift-Tab",
    "Del",
    "Backspace",
    "F",
    "f",
    "?",
    "Space",
  ]);
  assert.equal(new Reader(5).type("\x1b[15~").model.notice?.text, "F5 does nothing here · ? lists the keys");
});

test("no text of the help or the palette is cut, at any width", () => {
  const text = (lines: readonly string[]) => lines.join("").replace(/[▌\s]+/g, "");
  for (const [columns, rows] of [
    [80, 24],
    [120, 36],
    [60, 20],
    [40, 12],
  ] as const)
    for (const open of ["?", "f?", "T?", ":sort", ":show", ":open", ":copy", ":theme"]) {
      const papers = [{ title: "A", id: "arxiv:2401.00001" }, { title: "B" }];
      const reader = new Reader(papers, { columns, rows });
      if (open.startsWith("f"))
        reader.type("f").send({ type: "text-failed", paper: "arxiv:2401.00001", reason: "offline" });
      reader.type(open.replace("f", ""));
      for (const { text: wanted } of panelEntries(reader.model)) {
        const lines = panelLines(reader.model).map((line) => line.map((one) => one.text).join(""));
        const chosen = lines.filter((line) => line.startsWith("▌"));
        assert.ok(
          text(chosen).endsWith(text([wanted])),
          `${columns} ${open}: ${wanted}\n${chosen.join("\n")}`,
        );
        reader.type("\x1b[B");
      }
    }
});

test("a panel whose lines need several rows scrolls by whole lines, and its last rows are not empty", () => {
  for (const rows of [12, 24]) {
    const reader = new Reader(3, { columns: 80, rows }).type("?");
    const shown = () => panelLines(reader.model).map((line) => line.map(({ text }) => text).join(""));
    const { length } = panelEntries(reader.model);
    reader.type("\x1b[6~".repeat(length));
    assert.equal(reader.model.panel.cursor, length - 1);
    assert.ok(shown().every((line) => line.trim() !== ""));
    assert.match(shown().at(-1) ?? "", /^▌/);
    const { top } = reader.model.panel;
    reader.type("\x1b[A");
    assert.equal(reader.model.panel.top, top, "the cursor moves first");
    // Each page begins with what came after the one before.
    reader.type("\x1b[5~".repeat(length));
    assert.deepEqual([reader.model.panel.cursor, reader.model.panel.top], [0, 0]);
    for (const key of ["\x1b[A", "\x1b[B", "\x1b[5~", "\x1b[6~"]) reader.type(`xyzzyqwv${key}\x15`);
    assert.equal(panelEntries(reader.type("xyzzyqwv").model).length, 0);
  }
});
