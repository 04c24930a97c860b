import assert from "node:assert/strict";
import { test } from "node:test";
import { footerLine } from "../../source/screen/footer.js";
import { noticeText } from "../../source/screen/notice.js";
import { rowsOf } from "../../source/screen/regions.js";
import { cellWidth } from "../../source/text/cells.js";
import { Reader } from "../reader/reader.js";

test("a notice that is cut keeps the keys it names, at every width that has room for them", () => {
  const notices: readonly (readonly [text: string, keys: readonly string[]])[] = [
    ["went through 5 papers · 1 starred · 1 for later · 3 skipped · u undoes it all", ["u undoes it all"]],
    ["still showing the previous papers · export.arxiv.org is not reached · r retries", ["r retries"]],
    [
      "3 entries skipped, 38 papers read · 4 problems (! lists them) · line 5: it ends in the middle",
      ["(! lists them)"],
    ],
    ["end of this paper · Space reads on, n goes to the next unread", ["Space reads on, n goes to"]],
    ["today's papers are here · r", [" · r"]],
    ["undid 12 changes · Ctrl-R redoes them one by one", ["Ctrl-R redoes"]],
    ["w does nothing in triage or in a list that is long · ? lists the keys", ["? lists the keys"]],
    ["already loading · Esc stops", ["Esc stops"]],
    ["学习更多 学习更多 学习更多 学习更多 学习更多 · ? lists the keys", ["? lists the keys"]],
  ];
  for (const [text, keys] of notices) {
    for (let room = 100; room >= 0; room -= 1) {
      const shown = noticeText(text, room);
      assert.ok(cellWidth(shown) <= room, `${room}: ${shown}`);
      for (const key of keys) if (room >= 50) assert.ok(shown.includes(key), `${room}: ${shown}`);
    }
    assert.equal(noticeText(text, 200), text);
  }
  assert.equal(
    noticeText("went through 5 papers · 1 starred · u undoes it all", 36),
    "went through 5 pa… · u undoes it all",
  );
  assert.equal(
    noticeText("w does nothing in triage · ? lists the keys", 38),
    "w does nothing in… · ? lists the keys",
  );
  assert.equal(noticeText("cannot read it: no such file", 12), "cannot read…");
});

test("a message longer than a row takes two rows, and its end is visible", () => {
  const text =
    "6 changes are not saved: the disk of /home/somebody/.local/state/papers-tui is full · u undoes them";
  const rows = (columns: number, height: number) => {
    const reader = new Reader(15, { columns, rows: height });
    reader.send({ type: "noticed", notice: { text, tone: "error" } });
    return rowsOf(reader.model).map((line) => line.map((one) => one.text).join(""));
  };
  const shown = rows(80, 24);
  assert.equal(shown.length, 24);
  assert.match(`${shown[21]} ${shown[22]}`.replace(/ +/g, " "), new RegExp(text.replaceAll(".", "\\.")));
  assert.match(shown[23] as string, /^ j\/k move/);
  for (const line of shown) assert.equal(cellWidth(line), 80);
  // A message that fits into one row takes one.
  assert.match(rows(120, 36)[33] as string, /^─/);
  assert.match(rows(120, 36)[34] as string, /u undoes them/);
});

test("a long notice takes the whole row; a short one leaves room for the position", () => {
  const reader = new Reader(15, { columns: 80, rows: 24 });
  const line = (text: string) => {
    reader.send({ type: "noticed", notice: { text, tone: "info" } });
    return footerLine(reader.model, { x: 0, y: 23, width: 80, height: 1 }, true)
      .map((one) => one.text)
      .join("");
  };
  assert.match(line("starred · u undoes"), /^ starred · u undoes +1\/15 $/);
  const long = "went through 15 papers · 1 starred · 1 for later · 13 skipped · u undoes it all";
  assert.match(line(long), /^ went through 15 papers · .* · u undoes it all *$/);
});
