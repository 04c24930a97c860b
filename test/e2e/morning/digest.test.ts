import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { simpleParser } from "mailparser";
import { firstDay } from "../../../source/cli/verbs/morning/digest.js";
import { someOf } from "../../support/long.js";
import { type Run, runBeside, start, using } from "../program.js";
import { type Server, withServer } from "../server.js";

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly listed: string;
  readonly upvotes?: number;
  readonly author?: string;
  readonly summary?: string;
}

const answerOf = (entries: readonly Entry[]) =>
  JSON.stringify(
    entries.map(({ id, title, listed, upvotes = 1, author = "Ada Lovelace", summary = "Text." }) => ({
      paper: {
        id,
        title,
        summary,
        authors: [{ name: author }],
        publishedAt: `${listed}T00:00:00.000Z`,
        submittedOnDailyAt: `${listed}T06:00:00.000Z`,
        upvotes,
      },
    })),
  );

const now = new Date();
const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;

async function withPapers(
  entries: Entry[],
  work: (ask: (...args: string[]) => Promise<Run>, server: Server, home: string) => Promise<void>,
): Promise<void> {
  await withServer(
    (_, response: ServerResponse) => response.end(answerOf(entries)),
    (server, home) => work((...args) => runBeside(args, { home, env: server.env }), server, home),
  );
}

test("a digest has the watched papers, then the rest, and none that are read, muted or old", async () => {
  const entries: Entry[] = [
    { id: "2611.00001", title: "Langevin dynamics of lanterns", listed: today },
    { id: "2611.00002", title: "A kettle that sings", listed: today },
    { id: "2611.00003", title: "Read already", listed: today },
    { id: "2611.00004", title: "An old one", listed: "2020-01-02" },
    { id: "2611.00005", title: "Hidden langevin", listed: today, author: "Max Mute" },
  ];
  await withPapers(entries, async (ask, _, home) => {
    const state = join(home, ".local/state/papers-tui");
    mkdirSync(state, { recursive: true, mode: 0o700 });
    const mute = { paper: "mute:filter/hidden", title: "hidden", on: true };
    const line = {
      v: 1,
      id: "other:1",
      at: new Date().toISOString(),
      label: "muted hidden",
      papers: [mute],
    };
    writeFileSync(join(state, "marks-other.jsonl"), `${JSON.stringify(line)}\n`);
    assert.equal((await ask("watch", "add", "theory", "langevin")).code, 0);
    assert.equal((await ask("mark", "read", "2611.00003")).code, 0);
    const { code, out, err } = await ask("digest", "daily");
    assert.deepEqual([code, err], [0, ""]);
    const order = ["Watch: theory", "* Langevin dynamics", "The rest\n-", "* A kettle that sings"].map(
      (one) => out.indexOf(one),
    );
    assert.deepEqual(
      order,
      order.toSorted((one, other) => one - other),
    );
    assert.ok(!order.includes(-1), out);
    assert.doesNotMatch(out, /Read already|An old one|Hidden/);
    // All of them but the read and the muted one are new to somebody who never opened the screen.
    assert.match((await ask("digest", "daily", "--since", "visit")).out, /An old one/);
    assert.match((await ask("digest", "daily", "--since", "2020-01-01")).out, /An old one/);
  });
});

test("nothing new is exit code 1 without output, in every format", async () => {
  await withPapers(
    [{ id: "2611.00004", title: "An old one", listed: "2020-01-02" }],
    async (ask, server, home) => {
      for (const format of someOf(["text", "md", "html", "atom", "eml"], 1))
        assert.deepEqual(await ask("digest", "--format", format), { code: 1, out: "", err: "" });
      await using(start(["daily"], { home, env: server.env }), async (terminal) => {
        await terminal.until("1/1");
        terminal.write("kq");
        await terminal.exit();
      });
      assert.deepEqual(await ask("digest", "--since", "visit"), { code: 1, out: "", err: "" });
    },
  );
});

test("what moved since the last visit is there, with by how much", async () => {
  const entries: Entry[] = [{ id: "2611.00001", title: "A riser", listed: "2020-01-02", upvotes: 92 }];
  await withPapers(entries, async (ask, server, home) => {
    await using(start(["daily"], { home, env: server.env }), async (terminal) => {
      await terminal.until("1/1");
      terminal.write("kq");
      await terminal.exit();
    });
    entries[0] = { ...(entries[0] as Entry), upvotes: 126 };
    const { code, out } = await ask("digest", "daily", "--since", "visit");
    assert.equal(code, 0);
    assert.match(out, /What moved[\s\S]*A riser\n {2}\+34 votes/);
    // A digest is no visit: it says the same again.
    assert.match((await ask("digest", "daily", "--since", "visit")).out, /\+34 votes/);
  });
});

test("what is like starred papers is for you, with the reason", async () => {
  const starred = Array.from({ length: 6 }, (_, at) => ({
    id: `2610.0000${at}`,
    title: `Langevin sampling, part ${at}`,
    summary: "We sample by langevin dynamics on a manifold.",
    listed: "2020-01-02",
    author: "Wei Xu",
  }));
  const others = Array.from({ length: 9 }, (_, at) => ({
    id: `2609.0000${at}`,
    title: `Crop yields of field ${at}`,
    summary: "We measure wheat and barley in the rain.",
    listed: "2020-01-02",
    author: `Farmer ${"ABCDEFGHI"[at]}`,
  }));
  const entries: Entry[] = [
    ...starred,
    ...others,
    { ...(others[0] as Entry), id: "2611.00002", title: "Barley again", listed: today },
    { ...(starred[0] as Entry), id: "2611.00001", title: "Langevin on trees", listed: today },
  ];
  await withPapers(entries, async (ask) => {
    assert.equal((await ask("mark", "star", ...starred.map(({ id }) => id))).code, 0);
    const { code, out } = await ask("digest", "daily");
    assert.equal(code, 0);
    assert.match(out, /For you\n-+\n\n\* Langevin on trees\n[\s\S]*6 of yours by Xu/);
    assert.match(out, /The rest\n-+\n\n\* Barley again/);
  });
});

test("a mail goes out as it is, and one source that fails is in it", async () => {
  await withPapers([{ id: "2611.00001", title: "Größe", listed: today }], async (ask) => {
    const { code, out, err } = await ask(
      "digest",
      "daily",
      "/tmp/gone-for-good.bib",
      "--format",
      "eml",
      "--to",
      "me@example.org",
    );
    assert.equal(code, 2);
    assert.match(err, /gone-for-good\.bib/);
    const mail = await simpleParser(out);
    assert.match(mail.text ?? "", /\* Größe/);
    assert.match(mail.text ?? "", /gone-for-good\.bib/);
    assert.equal([mail.to].flat()[0]?.text, "me@example.org");
  });
});

test("arguments that make no sense are refused before anything is fetched", async () => {
  await withPapers([], async (ask, server) => {
    for (const args of someOf(
      [
        ["--since", "tomorrow"],
        ["--since", "0d"],
        ["--since", "2026-02-30"],
        ["--format", "pdf"],
        ["--to", "me@example.org"],
        ["--format", "eml", "--to", "me"],
        ["--format", "eml", "--to", "me@example.org\nBcc: you@example.org"],
        ["--format", "eml", "--to", "me@example.org, you@example.org"],
        ["--format", "eml", "--to", "=?utf-8?q?x?=@b.org"],
        ["--format", "eml", "--to", `${"a".repeat(65)}@b.org`],
        ["--format", "eml", "--to", `a@${"b".repeat(250)}.org`],
        ["--json"],
      ],
      2,
    )) {
      const { code, out, err } = await ask("digest", ...args);
      assert.deepEqual([code, out], [2, ""], args.join(" "));
      assert.notEqual(err, "");
    }
    assert.deepEqual(server.asked, []);
  });
});

test("yesterday reaches back over a weekend", () => {
  for (const [day, first] of [
    ["2026-11-24", "2026-11-23"],
    ["2026-11-23", "2026-11-20"],
    ["2026-11-22", "2026-11-20"],
    ["2026-11-21", "2026-11-20"],
    ["2026-03-01", "2026-02-27"],
  ] as const)
    assert.equal(firstDay("yesterday", day), first);
  assert.equal(firstDay("7d", "2026-11-03"), "2026-10-27");
  assert.equal(firstDay("2w", "2026-11-03"), "2026-10-20");
  assert.equal(firstDay("visit", "2026-11-03"), null);
});
