import assert from "node:assert/strict";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { encodeLine } from "../../../source/library/journal/format.js";
import { longOnly } from "../../support/long.js";
import { run, start, using, withHome } from "../program.js";

const folderIn = (home: string) => join(home, ".cache", "papers-tui", "marks");

interface Listed {
  readonly id: string;
  readonly title: string;
}

/** A line that stars a paper, or takes its star away. */
function starred({ id, title }: Listed, number: number, on = true): string {
  const at = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
  const papers = [{ paper: id, title, starred: on }];
  return `${encodeLine({ id: `desk:run-${number}`, at, label: "starred", papers })}\n`;
}

/** What the first screen says of papers: the signs before their titles. */
async function signsOf(home: string, papers: readonly Listed[]): Promise<readonly boolean[]> {
  let signs: boolean[] = [];
  await using(start(["sample"], { home }), async (terminal) => {
    await terminal.until("? help");
    const rows = terminal.screen().map((row) => row.split("│")[0] as string);
    signs = papers.map(({ title }) => {
      const row = rows.find((one) => one.includes(title.slice(0, 30)));
      assert.ok(row, title);
      return row.includes("★");
    });
    terminal.write("q");
    assert.equal((await terminal.exit()).code, 0);
  });
  return signs;
}

test("marks are right on the first screen, whatever the journal got after its snapshot", async () => {
  await withHome(async (home) => {
    const all: Listed[] = JSON.parse(run(["list", "sample", "--json"], { home }).out);
    const papers = all.slice(0, 3);
    const [one, two] = papers as [Listed, Listed];
    const state = join(home, ".local", "state", "papers-tui");
    const path = join(state, "marks-desk.jsonl");
    const others = Array.from({ length: 400 }, (_, at) =>
      starred({ id: `2401.${10_000 + at}`, title: `A paper of the year before, number ${at}` }, 10 + at),
    );
    mkdirSync(state, { recursive: true });
    writeFileSync(path, starred(one, 1) + others.join(""));
    assert.deepEqual(await signsOf(home, papers), [true, false, false]);
    const [snapshot = "", ...more] = readdirSync(folderIn(home));
    assert.match(snapshot, /\.json$/);
    assert.deepEqual(more, []);
    for (const path of [folderIn(home), join(folderIn(home), snapshot)]) {
      assert.equal(statSync(path).mode & 0o077, 0, "nobody else's business");
    }
    assert.deepEqual(await signsOf(home, papers), [true, false, false]);
    appendFileSync(path, starred(two, 500) + starred(one, 501, false));
    assert.deepEqual(await signsOf(home, papers), [false, true, false]);
    // By hand, in the middle: what was a mark of another paper was one of this.
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(starred(one, 501, false), "").replace(starred(one, 1), ""));
    assert.deepEqual(await signsOf(home, papers), [false, true, false]);
    const third = starred(papers[2] as Listed, 5);
    writeFileSync(path, third + readFileSync(path, "utf8"));
    assert.deepEqual(await signsOf(home, papers), [false, true, true]);
    writeFileSync(join(folderIn(home), snapshot), "no snapshot");
    assert.deepEqual(await signsOf(home, papers), [false, true, true]);
  });
});

test("every verb uses the snapshot that another has kept", longOnly, async () => {
  await withHome(async (home) => {
    const papers: Listed[] = JSON.parse(run(["list", "sample", "--json"], { home }).out).slice(0, 2);
    const [one, two] = papers as [Listed, Listed];
    const state = join(home, ".local", "state", "papers-tui");
    const path = join(state, "marks-desk.jsonl");
    const others = Array.from({ length: 600 }, (_, at) => starred({ id: `2401.${at}`, title: "T" }, 10 + at));
    mkdirSync(state, { recursive: true });
    writeFileSync(path, starred(one, 1) + others.join(""));
    const list = (...args: string[]) =>
      run(["list", "sample", "--filter", "is:starred", ...args], { home }).out;
    assert.match(list(), /^\S+\t.*\n$/);
    assert.equal(readdirSync(folderIn(home)).length, 1);
    appendFileSync(path, starred(two, 900));
    assert.equal(list().trim().split("\n").length, 2);
    assert.equal(run(["list", "starred", "--json"], { home }).out.match(/"id":/g)?.length, 602);
    run(["state", "compact"], { home });
    run(["mark", "unstar", one.id], { home });
    assert.equal(list().trim().split("\n").length, 1);
  });
});

test("where nothing can be kept, or there is little to keep, marks are as they are", longOnly, async () => {
  await withHome(async (home) => {
    const papers: Listed[] = JSON.parse(run(["list", "sample", "--json"], { home }).out).slice(0, 2);
    const state = join(home, ".local", "state", "papers-tui");
    mkdirSync(state, { recursive: true });
    writeFileSync(join(state, "marks-desk.jsonl"), starred(papers[1] as Listed, 1));
    assert.deepEqual(await signsOf(home, papers), [false, true]);
    assert.equal(existsSync(folderIn(home)), false);
    const many = Array.from({ length: 400 }, (_, at) => starred({ id: `2401.${at}`, title: "" }, 2 + at));
    appendFileSync(join(state, "marks-desk.jsonl"), many.join(""));
    mkdirSync(join(home, ".cache", "papers-tui"), { recursive: true });
    writeFileSync(folderIn(home), "a file where the folder would be");
    assert.deepEqual(await signsOf(home, papers), [false, true]);
    assert.deepEqual(await signsOf(home, papers), [false, true]);
  });
});
