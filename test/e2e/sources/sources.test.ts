import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { longOnly, someOf } from "../../support/long.js";
import { Terminal } from "../../support/terminal.js";
import { cli, fixture, run, runBeside, start, using, withHome } from "../program.js";
import { day, withServer } from "../server.js";

/** A page of arXiv's interface: of `total` papers so many from one on. */
function atom(from: number, total: number): string {
  const entries = Array.from({ length: Math.min(100, total - from) }, (_, at) => {
    const id = `2510.${String(from + at).padStart(5, "0")}`;
    return `<entry><id>http://arxiv.org/abs/${id}v1</id><title>Paper ${from + at}</title><summary>Text.</summary></entry>`;
  });
  return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"><id>http://arxiv.org/api/x</id><opensearch:totalResults>${total}</opensearch:totalResults>${entries.join("")}</feed>`;
}

function setting(home: string, settings: object): void {
  mkdirSync(join(home, ".config/papers-tui"), { recursive: true });
  writeFileSync(join(home, ".config/papers-tui/config.json"), JSON.stringify(settings));
}

test("starred and later list what was marked when its listing is long gone", async () => {
  await withHome(async (home) => {
    const listing = join(home, "reading.bib");
    writeFileSync(
      listing,
      "@article{a, title={First of all}, author={Löve, Ada}, abstract={What it is about.}, year=2019}\n@article{b, title={Second}, author={Turing, Alan}}\n",
    );
    await using(start([listing], { home }), async (terminal) => {
      await terminal.until("First of all");
      terminal.write("sjLq");
      assert.equal((await terminal.exit()).code, 0);
    });
    rmSync(listing);
    const starred = JSON.parse(run(["list", "starred", "--json"], { home }).out);
    assert.deepEqual(
      starred.map(({ title, authors, abstract, published, starred: star }: Record<string, unknown>) => [
        title,
        authors,
        abstract,
        published,
        star,
      ]),
      [["First of all", ["Ada Löve"], "What it is about.", "2019", true]],
    );
    assert.equal(run(["list", "later"], { home }).out, "--L\t\tAlan Turing\tSecond\n".replace("--L", "o-L"));
    await using(start(["starred"], { home }), async (terminal) => {
      await terminal.until("What it is about.");
      terminal.write("s");
      await terminal.until("Starred 0");
      // The row stays till the listing is read anew, so that the star can be had again.
      assert.ok(terminal.screen().some((row) => row.includes("First of all")));
      terminal.write("r");
      await terminal.until("Nothing is starred yet: s stars a paper, in any");
      terminal.write("u");
      await terminal.until("undid: unstarred “First of all”");
      terminal.write("r");
      await terminal.until("What it is about.");
    });
  });
});

test("nothing starred is no error, and said", () => {
  const { code, out, err } = run(["list", "starred"]);
  assert.deepEqual([code, out], [1, ""]);
  assert.match(err, /Nothing is starred yet/);
});

test("a opens another source: what is typed, or one of those opened before; each keeps its place", async () => {
  await withHome(async (home) => {
    const listing = join(home, "reading.bib");
    writeFileSync(listing, "@article{a, title={First of all}}\n@article{b, title={Second}}\n");
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until("1/40");
      terminal.write("5ja");
      await terminal.until(/^ Sources /m);
      terminal.write("~/reading.bib");
      // As typed, until the folder is known.
      await terminal.until(/▌(?:Open|Files) +~\/reading\.bib/);
      terminal.write("\r");
      await terminal.until("First of all");
      terminal.write("ja");
      await terminal.until(/▌Recent +sample/);
      terminal.write("\r");
      await terminal.until("6/40");
      terminal.write("asource\x15/nowhere.bib\r");
      // What was typed stays, to be corrected.
      await terminal.until(/\/nowhere\.bib +there is no such file/);
      terminal.write("\x1b");
      await terminal.until("▌●   Provable Scaling Laws");
      terminal.write("q");
      await terminal.exit();
    });
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until("6/40");
      terminal.write(":source ~/reading.bib\r");
      await terminal.until("2/2");
    });
  });
});

test("the terminal itself is no source: keys go on to come from it", {
  skip: process.platform === "win32",
  ...longOnly,
}, async () => {
  await using(start(), async (terminal) => {
    await terminal.until("1/40");
    for (const device of ["/dev/tty", "/dev/stdin"]) {
      terminal.write(`a${device}`);
      await terminal.until(`/ ${device}`);
      terminal.write("\r");
      await terminal.until(`cannot read ${device}: it is the terminal`);
      // What was typed is back in the panel, to be corrected.
      terminal.write("\x1b");
      await terminal.until(/^ j\/k move/m);
    }
    terminal.write("q");
    assert.deepEqual(await terminal.exit(), { code: 0, signal: null });
  });
});

test("! lists what could not be read, with its lines", async () => {
  await withHome(async (home) => {
    const listing = join(home, "reading.bib");
    writeFileSync(
      listing,
      "@article{a, title={First of all}}\n@article{b, note={b}}\n@article{c, note={c}}\n",
    );
    await using(start([listing], { home }), async (terminal) => {
      await terminal.until(
        "2 entries skipped, 1 paper read · 2 problems (! lists them) · line 2: the entry “b” has no fields",
      );
      terminal.write("jk");
      await terminal.until("1/1 · 2 problems (!)");
      terminal.write("!");
      await terminal.until("Problems and remarks");
      await terminal.until(/line 2 +\S.*\n.*line 3/);
      terminal.write("\x1b!");
      await terminal.until("Problems and remarks");
      terminal.write("\r");
      await terminal.until("First of all");
    });
  });
});

test("Esc stops a fetch, and r begins it again", async () => {
  await withServer(
    () => {},
    async (server, home) => {
      await using(start(["trending"], { home, env: server.env }), async (terminal) => {
        await terminal.until("fetching Trending papers · Esc stops it");
        await terminal.until(() => server.asked.length === 1);
        terminal.write("\x1b");
        await terminal.until("cancelled · r retries");
        server.answer = (_, response) => response.end(day("One"));
        terminal.write("r");
        await terminal.until(/▌.*One/);
      });
    },
  );
});

test("Esc goes back where there is somewhere to go back to, before it stops anything", async () => {
  await withServer(
    (_, response) => response.end(day("One", "Two")),
    async (server, home) => {
      const { env } = server;
      await runBeside(["list", "trending"], { home, env });
      server.answer = () => {};
      await using(start(["trending"], { home, env }), async (terminal) => {
        await terminal.until("fetching Trending papers");
        terminal.write("/two\r");
        await terminal.until("1 of 2");
        terminal.write("\x1b");
        await terminal.until("fetching Trending papers · Esc stops it");
        terminal.write("\x1b");
        await terminal.until("cancelled");
        assert.ok(terminal.screen().some((row) => row.includes("One")));
      });
    },
  );
});

test("at the end of arXiv's first page the next one comes, and the cursor stays", async () => {
  await withServer(
    (request, response) =>
      response.end(atom(Number(new URL(request.url ?? "", "http://x").searchParams.get("start")), 130)),
    async ({ address, asked }, home) => {
      setting(home, { arxivEndpoint: address });
      await using(start(["arxiv:cs.LG"], { home }), async (terminal) => {
        await terminal.until("1/100 of 130");
        terminal.write("G");
        await terminal.until("100/130", { timeout: 20_000 });
        await terminal.until("30 papers more");
        assert.ok(terminal.screen().some((row) => /▌.\s+(?:\d+\s+)?Paper 99/.test(row)));
        terminal.write("jjG");
        await terminal.until("130/130");
        assert.equal(asked.length, 2);
      });
    },
  );
});

test("list reads as many of arXiv's pages as are wanted", longOnly, async () => {
  await withServer(
    (request, response) =>
      response.end(atom(Number(new URL(request.url ?? "", "http://x").searchParams.get("start")), 130)),
    async ({ address, asked }, home) => {
      setting(home, { arxivEndpoint: address });
      const few = await runBeside(["list", "arxiv:cs.LG"], { home });
      assert.equal(few.out.trimEnd().split("\n").length, 100);
      const many = await runBeside(["list", "arxiv:cs.LG", "--limit", "120"], { home });
      assert.equal(many.out.trimEnd().split("\n").length, 120);
      assert.equal(asked.length, 3);
    },
  );
});

test("without a network the footer says offline for as long as that is so", async () => {
  await withServer(
    (_, response) => response.end(day("One")),
    async (server, home) => {
      const { env } = server;
      await runBeside(["list", "daily"], { home, env });
      server.close();
      await using(start([], { home, env }), async (terminal) => {
        await terminal.until("showing what was fetched on");
        terminal.write("jk");
        await terminal.until(/1\/1 · offline/);
      });
    },
  );
});

test("a slow pipe opens the screen first and fills it when it comes", async () => {
  const command = `(until [ -e "$HOME/go" ]; do sleep 0.1; done; cat '${fixture}') | '${process.execPath}' '${cli}'`;
  await using(
    Terminal.start({ command: "sh", args: ["-c", command], columns: 120, rows: 36 }),
    async (terminal) => {
      await terminal.until("reading standard input");
      writeFileSync(join(terminal.home, "go"), "");
      await terminal.until("1/40");
      terminal.write("jr");
      await terminal.until("nothing new · 40 papers");
    },
  );
});

test("a slow pipe that is no listing ends as a fast one does", longOnly, async () => {
  const command = `(sleep 1; echo nothing of the kind) | '${process.execPath}' '${cli}'; echo code $?`;
  await using(Terminal.start({ command: "sh", args: ["-c", command], columns: 120 }), async (terminal) => {
    await terminal.until("cannot read standard input");
    await terminal.until("code 2");
  });
});

test("a pipe that never ends can be left", async () => {
  const command = `sleep 60 | '${process.execPath}' '${cli}'; echo code $?`;
  await using(Terminal.start({ command: "sh", args: ["-c", command], columns: 120 }), async (terminal) => {
    await terminal.until("reading standard input");
    terminal.write("\x1b");
    await terminal.until("cancelled");
    terminal.write("q");
    await terminal.until(() => !terminal.modes().alternate);
  });
});

test(
  "a long snapshot opens the screen at once, says how far it is, and can be stopped",
  longOnly,
  async () => {
    await withHome(async (home) => {
      const path = join(home, "snapshot.jsonl");
      const abstract = "Text about something. ".repeat(50);
      const line = (at: number) =>
        `${JSON.stringify({ id: `2510.${String(at).padStart(5, "0")}`, submitter: "A", authors: "Ada Löve", title: `Paper ${at}`, categories: "cs.LG", abstract, update_date: "2025-10-29" })}\n`;
      writeFileSync(path, Array.from({ length: 60_000 }, (_, at) => line(at)).join(""));
      await using(start([path], { home }), async (terminal) => {
        await terminal.until(/reading snapshot\.jsonl · [\d,]+ papers · \d+ %/);
        terminal.write("\x1b");
        await terminal.until(/cancelled: these are the first [\d,]+ papers/);
        terminal.write("r");
        await terminal.until(/new · 60,000 papers/, { timeout: 60_000 });
        await terminal.until("1/60,000");
      });
    });
  },
);

test("a source that was left while it was read does not come back over the next one", async () => {
  await withServer(
    (request, response) => {
      const number = new URL(request.url ?? "", "http://x").searchParams.get("p");
      // The first page comes at once, so that being cancelled would leave something to show.
      if (number === null) response.end(hundred());
    },
    async (server, home) => {
      await using(start(["daily:2025-10"], { home, env: server.env }), async (terminal) => {
        await terminal.until("fetching Daily Papers 2025-10 · 100 papers");
        terminal.write("asample\r");
        await terminal.until("1/40");
        await terminal.until("? help");
        terminal.write("j");
        await terminal.until("2/40");
        assert.match(terminal.screen()[0] ?? "", /Daily Papers \(sample\)/);
      });
    },
  );
});

/** A full page of Hugging Face's interface. */
function hundred(): string {
  const paper = (at: number) => ({
    paper: { id: `2510.${10_000 + at}`, title: `Paper ${at}`, summary: "Text.", authors: [] },
  });
  return JSON.stringify(Array.from({ length: 100 }, (_, at) => paper(at)));
}

test(
  "r reads as many papers as are on the screen, and a failure takes none of them away",
  longOnly,
  async () => {
    await withServer(
      (request, response) =>
        response.end(atom(Number(new URL(request.url ?? "", "http://x").searchParams.get("start")), 130)),
      async (server, home) => {
        setting(home, { arxivEndpoint: server.address });
        await using(start(["arxiv:cs.LG"], { home }), async (terminal) => {
          await terminal.until("1/100 of 130");
          terminal.write("G");
          await terminal.until("30 papers more", { timeout: 20_000 });
          terminal.write("r");
          await terminal.until(/new · 130 papers/, { timeout: 20_000 });
          server.close();
          terminal.write("r");
          await terminal.until("showing what was fetched on", { timeout: 20_000 });
          await terminal.until("/130");
        });
      },
    );
  },
);

test(
  "r leaves a pipe that is being read alone, and says of one that was read that it cannot be again",
  longOnly,
  async () => {
    const line = (at: number) =>
      `${JSON.stringify({ id: `2510.${10_000 + at}`, submitter: "A", title: `Paper ${at}`, categories: "cs.LG", abstract: "x".repeat(2_000) })}`;
    await withHome(async (home) => {
      const path = join(home, "part.jsonl");
      writeFileSync(path, `${Array.from({ length: 12_000 }, (_, at) => line(at)).join("\n")}\n`);
      const command = `(cat '${path}'; sleep 2) | '${process.execPath}' '${cli}'`;
      await using(
        Terminal.start({ command: "sh", args: ["-c", command], columns: 120, rows: 36 }),
        async (terminal) => {
          await terminal.until(/reading standard input · 12,000 papers/);
          terminal.write("r");
          await terminal.until("already loading · Esc stops");
          await terminal.until("1/12,000");
          terminal.write("r");
          await terminal.until("standard input cannot be read a second time");
          await terminal.until("1/12,000");
        },
      );
    });
  },
);

test("a pipe by name that says nothing can be left", {
  skip: process.platform !== "linux",
  ...longOnly,
}, async () => {
  await withHome(async (home) => {
    const path = join(home, "pipe");
    execFileSync("mkfifo", [path]);
    // Open at the other end too, and silent.
    const other = openSync(path, "r+");
    try {
      for (const keys of someOf(["q", "\x1bq"], 1)) {
        await using(start([path], { home }), async (terminal) => {
          await terminal.until("reading pipe");
          terminal.write(keys);
          assert.equal((await terminal.exit()).code, 0);
        });
      }
    } finally {
      closeSync(other);
    }
  });
});

test("a pipe by name opens the screen first", {
  skip: process.platform === "win32",
  ...longOnly,
}, async () => {
  const command = `mkfifo "$HOME/pipe"; (sleep 1; cat '${fixture}') > "$HOME/pipe" & '${process.execPath}' '${cli}' "$HOME/pipe"`;
  await using(
    Terminal.start({ command: "sh", args: ["-c", command], columns: 120, rows: 36 }),
    async (terminal) => {
      await terminal.until("reading pipe");
      await terminal.until("1/40");
    },
  );
});

test("an address that is none is said, on the screen and in the shell", async () => {
  for (const address of someOf(["https://[", "http://exa mple.com/"], 1)) {
    const { code, err } = run(["list", address]);
    assert.equal(code, 2);
    assert.match(err, /^papers-tui: “http.*” is not a web address\n$/);
  }
  assert.match(
    run(["list", "daily"], { env: { HF_ENDPOINT: "foo" } }).err,
    /“foo” is not a web address: look at HF_ENDPOINT/,
  );
  await using(start(["sample"]), async (terminal) => {
    await terminal.until("1/40");
    terminal.write("ahttps://[\r");
    await terminal.until("“https://[” is not a web address");
    // The panel stays, so that what was typed can be corrected.
    terminal.write("\x15 - \r");
    await terminal.until("nothing is piped in");
    terminal.write("\x1b");
    await terminal.until("1/40");
  });
});

test("an arXiv id is a source of one paper, alone and after arxiv:", async () => {
  await withServer(
    (_, response) => response.end(atom(7, 8)),
    async ({ address, asked }, home) => {
      setting(home, { arxivEndpoint: address });
      for (const source of someOf(["2510.00007", "arxiv:2510.00007v2"], 1)) {
        assert.match((await runBeside(["list", source], { home })).out, /\tPaper 7\n$/);
      }
      assert.ok(
        asked.every((path) => path === "/api/query?id_list=2510.00007"),
        asked.join(),
      );
      await runBeside(["list", "arxiv:2510.00007,2510.00008"], { home });
      assert.equal(
        decodeURIComponent(asked.at(-1) ?? ""),
        "/api/query?id_list=2510.00007,2510.00008&max_results=2",
      );
      await runBeside(["list", "arxiv:math+hep-th"], { home });
      assert.match(decodeURIComponent(asked.at(-1) ?? ""), /search_query=cat:math\.\*\+OR\+cat:hep-th&/);
    },
  );
});

test("the day that was asked for is in the header, where the answer does not say it", async () => {
  await withServer(
    (_, response) =>
      response.end(
        JSON.stringify([{ paper: { id: "2405.00001", title: "One", summary: "Text.", authors: [] } }]),
      ),
    async ({ env }, home) => {
      await using(start(["daily:2024-05-27"], { home, env }), async (terminal) => {
        await terminal.until(/▌.*One/);
        await terminal.until("‹ Mon 27 May 2024 ›");
      });
    },
  );
});
