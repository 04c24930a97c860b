import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { cleanEnvironment } from "../../support/environment.js";
import { longOnly, someOf } from "../../support/long.js";
import { Terminal } from "../../support/terminal.js";
import { cli, runBeside, start, using } from "../program.js";
import { withServer } from "../server.js";

function settle(home: string, address: string, entry: string): string {
  const folder = join(home, ".config/papers-tui");
  mkdirSync(folder, { recursive: true });
  const settings = {
    arxivSite: address,
    arxivEndpoint: address,
    biorxivEndpoint: `${address}/biorxiv`,
    europePmcEndpoint: `${address}/pmc`,
    keepText: "opened",
    markReadAfter: 0,
  };
  writeFileSync(join(folder, "config.json"), JSON.stringify(settings));
  const file = join(home, "lib.bib");
  writeFileSync(file, `@article{a, title={Counting Pebbles}, author={Ines Holm}, year={2024}, ${entry}}\n`);
  return file;
}

const arxiv = "eprint={2401.00001}, archivePrefix={arXiv}";
const paragraph = (at: number) =>
  `<div class="ltx_para" id="p${at}"><p class="ltx_p">Paragraph ${at}. ${"More words, <i>and some</i> more of them. ".repeat(60)}</p></div>`;
const long = `<!DOCTYPE html><html><article class="ltx_document"><h1 class="ltx_title ltx_title_document">Counting Pebbles</h1>${Array.from({ length: 2_500 }, (_, at) => paragraph(at)).join("")}<p class="ltx_p">The last words.</p></article></html>`;

test("a long page: its beginning is shown and keys work while the rest comes, and it is there again", {
  timeout: 170_000,
  ...longOnly,
}, async () => {
  assert.ok(long.length > 6_000_000);
  const answer = (_: unknown, response: ServerResponse) => void response.end(long);
  await withServer(answer, async ({ address, asked, env }, home) => {
    const file = settle(home, address, arxiv);
    await using(start([file], { home, env, columns: 100, rows: 30 }), async (terminal) => {
      await terminal.until("Counting Pebbles");
      terminal.write("f");
      await terminal.until("Paragraph 0. More words");
      terminal.write("jjjj");
      await terminal.until((one) => !one.text().includes("Paragraph 0."));
      terminal.write("G");
      await terminal.until("The last words.", { timeout: 100_000 });
      terminal.write("kkkkk");
      await terminal.until("Paragraph 249");
      terminal.write("q");
      await terminal.until("Starred 0");
      terminal.write("q");
      await terminal.exit();
    });
    await using(start([file], { home, env, columns: 80, rows: 24 }), async (terminal) => {
      await terminal.until("Counting Pebbles");
      terminal.write("f");
      await terminal.until("Paragraph 249", { timeout: 60_000 });
    });
    assert.equal(asked.length, 1);
  });
});

test("a page that takes long to read is called off with Esc, and the list works at once", {
  timeout: 120_000,
}, async () => {
  // Nothing of it can be shown before its end.
  const page = `<article class="ltx_document">${"<span>".repeat(3_000_000)}a`;
  await withServer(
    (_, response) => void response.end(page),
    async ({ address, env }, home) => {
      const file = settle(home, address, arxiv);
      await using(start([file], { home, env, columns: 100, rows: 30 }), async (terminal) => {
        await terminal.until("Counting Pebbles");
        terminal.write("f");
        await terminal.until("reading the text");
        const start = performance.now();
        terminal.write("\x1b");
        await terminal.until("Starred 0");
        terminal.write("s");
        await terminal.until("Starred 1");
        assert.ok(performance.now() - start < 5_000);
      });
    },
  );
});

const jats = (
  words: string,
) => `<?xml version="1.0"?><article article-type="research-article"><front><article-meta>
<title-group><article-title>Pebbles of the Shore</article-title></title-group></article-meta></front>
<body><sec id="s1"><title>Introduction</title><p>${words} <xref rid="r1">[1]</xref></p></sec></body>
<back><ref-list><ref id="r1"><label>1</label><mixed-citation>Reed O. Knots. 2020.</mixed-citation></ref></ref-list></back></article>`;

const tests = [
  {
    name: "a preprint of bioRxiv is read from the JATS of its last version",
    entry: "doi={10.1101/2020.01.02.000003}",
    answers: (address: string): Record<string, string> => ({
      "/biorxiv/details/biorxiv/10.1101/2020.01.02.000003/na/json": JSON.stringify({
        collection: [1, 2].map((version) => ({ version, jatsxml: `${address}/v${version}.source.xml` })),
      }),
      "/v2.source.xml": jats("From the second version."),
    }),
    words: "From the second version. [1]",
  },
  {
    name: "a preprint that only medRxiv has is read from there",
    entry: "doi={10.64898/2026.01.02.000003}",
    answers: (address: string): Record<string, string> => ({
      "/biorxiv/details/biorxiv/10.64898/2026.01.02.000003/na/json": JSON.stringify({ collection: [] }),
      "/biorxiv/details/medrxiv/10.64898/2026.01.02.000003/na/json": JSON.stringify({
        collection: [{ jatsxml: `${address}/med.xml` }],
      }),
      "/med.xml": jats("From medRxiv."),
    }),
    words: "From medRxiv. [1]",
  },
  {
    name: "an article is found in Europe PMC by its DOI",
    entry: "doi={10.1371/Journal.PNTD.1}",
    answers: (): Record<string, string> => ({
      "/pmc/search?query=DOI%3A%2210.1371%2Fjournal.pntd.1%22&format=json&resultType=lite": JSON.stringify({
        resultList: {
          result: [
            { doi: "10.1371/other", pmcid: "PMC1" },
            { doi: "10.1371/journal.pntd.1", pmcid: "PMC77" },
          ],
        },
      }),
      "/pmc/PMC77/fullTextXML": jats("From Europe PMC."),
    }),
    words: "From Europe PMC. [1]",
  },
  {
    name: "an article is read by its number in PubMed Central",
    entry: "url={https://pmc.ncbi.nlm.nih.gov/articles/PMC7029759/}",
    answers: (): Record<string, string> => ({ "/pmc/PMC7029759/fullTextXML": jats("By its number.") }),
    words: "By its number. [1]",
  },
  {
    name: "a server that names an address of this machine is not followed",
    entry: "doi={10.1101/9}",
    answers: (): Record<string, string> => ({
      "/biorxiv/details/biorxiv/10.1101/9/na/json": JSON.stringify({
        collection: [{ jatsxml: "http://127.0.0.2:1/secret.xml" }],
      }),
      "/pmc/search?query=DOI%3A%2210.1101%2F9%22&format=json&resultType=lite": "{}",
    }),
    words: "an address leads to 127.0.0.2:1, which is this machine",
  },
  {
    name: "an article that neither has says so",
    entry: "doi={10.1000/none}",
    answers: (): Record<string, string> => ({
      "/pmc/search?query=DOI%3A%2210.1000%2Fnone%22&format=json&resultType=lite":
        '{"hitCount":0,"resultList":{"result":[]}}',
    }),
    words: "neither bioRxiv nor Europe PMC has its text",
  },
];

for (const { name, entry, answers, words } of someOf(tests, 3)) {
  test(name, { timeout: 60_000 }, async () => {
    let known: Record<string, string> = {};
    await withServer(
      ({ url = "" }, response) => {
        if (known[url] === undefined) response.writeHead(404).end();
        else response.end(known[url]);
      },
      async ({ address, asked, env }, home) => {
        known = answers(address);
        const file = settle(home, address, entry);
        await using(start([file], { home, env, columns: 100, rows: 30 }), async (terminal) => {
          await terminal.until("Counting Pebbles");
          terminal.write("f");
          await terminal.until(words);
          assert.deepEqual(
            asked.filter((url) => known[url] === undefined),
            [],
          );
        });
      },
    );
  });
}

test("read takes a DOI and a PMC number", { timeout: 60_000, ...longOnly }, async () => {
  await withServer(
    ({ url = "" }, response) => {
      if (url === "/pmc/PMC7029759/fullTextXML") response.end(jats("By its number."));
      else response.writeHead(404).end();
    },
    async ({ address, asked, env }, home) => {
      settle(home, address, "");
      const read = await runBeside(["read", "PMC7029759"], { home, env });
      assert.match(read.out, /^# Pebbles of the Shore\n\n## Introduction\n\nBy its number\. \[1\]/);
      const again = await runBeside(["read", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7029759/"], {
        home,
        env,
      });
      assert.equal(again.out, read.out);
      assert.equal(asked.length, 1);
      const none = await runBeside(["read", "doi:10.1000/none"], { home, env });
      assert.deepEqual([none.code, none.out], [1, ""]);
      assert.match(none.err, /neither bioRxiv nor Europe PMC has its text/);
    },
  );
});

test("a text that does not fit on the disk is shown all the same, and the reader is told", {
  timeout: 60_000,
  skip: process.platform === "win32",
  ...longOnly,
}, async () => {
  // Words that cannot be compressed to the 64 KiB that a file may have.
  const words = Array.from({ length: 30_000 }, () => randomBytes(4).toString("hex")).join(" ");
  const page = `<article class="ltx_document"><h1 class="ltx_title ltx_title_document">Counting Pebbles</h1><p class="ltx_p">${words}</p><p class="ltx_p">The last words.</p></article></html>`;
  const limited = ["-c", 'ulimit -f 64; exec "$0" "$@"', process.execPath, cli];
  await withServer(
    (_, response) => void response.end(page),
    async ({ address, env }, home) => {
      const file = settle(home, address, arxiv);
      const command = { command: "bash", args: [...limited, file], columns: 100, rows: 30 };
      await using(Terminal.start({ ...command, env: { HOME: home, ...env } }), async (terminal) => {
        await terminal.until("Counting Pebbles");
        terminal.write("f");
        await terminal.until(/the text was not saved: .*(?:grow past|is full)/);
        terminal.write("G");
        await terminal.until("The last words.");
        terminal.write("qq");
        assert.equal((await terminal.exit()).code, 0);
      });
      const answers = join(home, ".cache/papers-tui/answers");
      assert.deepEqual(existsSync(answers) ? readdirSync(answers) : [], []);
      const read = await promisify(execFile)("bash", [...limited, "read", "2401.00001"], {
        env: cleanEnvironment({ HOME: home, ...env }).variables,
        maxBuffer: 2 ** 26,
      });
      assert.match(read.stderr, /^papers-tui: the text was not saved: .*(?:grow past|is full)/m);
      assert.match(read.stdout, /The last words\./);
    },
  );
});
