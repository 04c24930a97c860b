import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { longOnly, someOf } from "../../support/long.js";
import { run, runBeside, start, using, withHome } from "../program.js";
import { withServer } from "../server.js";

const p = (id: string, text: string) => `<div id="${id}" class="ltx_para"><p class="ltx_p">${text}</p></div>`;
const section = (number: number, title: string, body: string) =>
  `<section id="S${number}" class="ltx_section"><h2 class="ltx_title ltx_title_section"><span class="ltx_tag">${number} </span>${title}</h2>${body}</section>`;
const filler = (number: number) =>
  Array.from({ length: 12 }, (_, at) =>
    p(
      `S${number}.p${at + 10}`,
      `Paragraph ${at + 1} of section ${number}. ${"More words follow here. ".repeat(12)}`,
    ),
  ).join("");

/** A paper of our own in the shape of LaTeXML's pages. */
const paper = `<!DOCTYPE html><html><head><title>Counting Pebbles</title></head><body><nav>Skip me</nav>
<article class="ltx_document"><h1 class="ltx_title ltx_title_document">Counting Pebbles</h1>
${section(1, "Start", `${p("S1.p1", 'Pebbles were counted <cite class="ltx_cite">[<a href="#bib.bib1" class="ltx_ref">1</a>]</cite> and so were ropes.')}${filler(1)}`)}
${section(2, "Middle", `<table id="S2.E1" class="ltx_equation"><tr><td class="ltx_eqn_cell"><math alttext="x=\\frac{a}{b}"></math></td><td><span class="ltx_tag ltx_tag_equation">(1)</span></td></tr></table>${filler(2)}${p("S2.p40", "The zebra is here.")}${filler(3)}`)}
<section id="bib" class="ltx_bibliography"><h2 class="ltx_title ltx_title_bibliography">References</h2><ul class="ltx_biblist">
<li id="bib.bib1" class="ltx_bibitem"><span class="ltx_tag">[1]</span><span class="ltx_bibblock">Otto Reed. </span><span class="ltx_bibblock">Knots for beginners. </span><span class="ltx_bibblock">arXiv:2301.00001, 2023.</span></li>
</ul></section></article></body></html>`;

const feed = `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv</title>
<entry><id>http://arxiv.org/abs/2301.00001v1</id><title>Knots for Beginners</title><summary>How to tie them.</summary><published>2023-01-01T00:00:00Z</published><updated>2023-01-01T00:00:00Z</updated><author><name>Otto Reed</name></author></entry></feed>`;

const library = `@article{a, title={Counting Pebbles}, author={Ines Holm}, year={2024}, eprint={2401.00001}, archivePrefix={arXiv}}\n`;

/** The smallest PNG there is: one pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

function settle(home: string, address: string): string {
  const folder = join(home, ".config/papers-tui");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "config.json"),
    JSON.stringify({ arxivSite: address, arxivEndpoint: address, keepText: "opened", markReadAfter: 0 }),
  );
  const file = join(home, "lib.bib");
  writeFileSync(file, library);
  return file;
}

function answer({ url = "" }: IncomingMessage, response: ServerResponse): void {
  if (url === "/html/2401.00001") response.setHeader("content-type", "text/html").end(paper);
  else if (url.startsWith("/api/query?id_list=2301.00001")) response.end(feed);
  else response.writeHead(404).end("none");
}

test("a paper is read, searched, its citation opened and starred, and is there again at the same place", {
  timeout: 120_000,
}, async () => {
  await withServer(answer, async ({ address, asked, env }, home) => {
    const file = settle(home, address);
    await using(start([file], { home, env, columns: 100, rows: 30 }), async (terminal) => {
      await terminal.until("Counting Pebbles");
      terminal.write("f");
      await terminal.until("1  Start");
      await terminal.until("Pebbles were counted [1] and so were ropes.");
      assert.doesNotMatch(terminal.text(), /Skip me/);
      // The citation: what it says, then the paper itself.
      terminal.write("\t");
      await terminal.until("[1] Otto Reed. Knots for beginners.");
      terminal.write("\r");
      await terminal.until("How to tie them.");
      terminal.write("s");
      await terminal.until("starred");
      terminal.write("\x7f");
      await terminal.until("Pebbles were counted");
      // Its mark is in the bibliography.
      terminal.write("G");
      await terminal.until("★ [1]");
      terminal.write("/the zebra\r");
      await terminal.until("The zebra is here.");
      await terminal.until("1 of 1");
      terminal.write("\x1b");
      await terminal.until((one) => !one.text().includes("1 of 1"));
      terminal.write("'");
      await terminal.until("Contents");
      terminal.write("midd\r");
      await terminal.until("§2");
      await terminal.until("(1)");
      assert.match(terminal.text(), / a\s*\n.*x = ───.*\(1\)\s*\n.* b/);
      terminal.write("jjjj");
      await terminal.until("Paragraph 1 of section 2");
      terminal.write("q");
      await terminal.until("Starred 0");
      terminal.write("q");
      await terminal.exit();
    });
    assert.deepEqual(asked, ["/html/2401.00001", "/api/query?id_list=2301.00001"]);
    const state = join(home, ".local/state/papers-tui");
    const journal = readdirSync(state).find((name) => name.startsWith("marks-")) as string;
    const lines = readFileSync(join(state, journal), "utf8");
    assert.match(lines, /"paper":"2301\.00001"[^}]*"starred":true/);
    assert.match(lines, /"paper":"2401\.00001"[^}]*"place":"S2\./);
    // Another width: the same paragraph, from the cache.
    await using(start([file], { home, env, columns: 80, rows: 24 }), async (terminal) => {
      await terminal.until("Counting Pebbles");
      terminal.write("\r\r");
      await terminal.until("Paragraph 1 of section 2");
      assert.doesNotMatch(terminal.text(), /1 {2}Start/);
    });
    assert.equal(asked.length, 2);
  });
});

test("what is known of a starred reference is asked for in the background, and listed", {
  timeout: 60_000,
}, async () => {
  await withServer(answer, async ({ address, asked, env }, home) => {
    const file = settle(home, address);
    await using(start([file], { home, env, columns: 100, rows: 30 }), async (terminal) => {
      await terminal.until("Counting Pebbles");
      terminal.write("f");
      await terminal.until("Pebbles were counted");
      terminal.write("\ts");
      await terminal.until("starred “Knots for beginners”");
      const kept = () =>
        readdirSync(join(home, ".local/state/papers-tui")).some((one) => one.startsWith("papers-"));
      await terminal.until(kept);
      terminal.write("qq");
      await terminal.exit();
    });
    assert.deepEqual(asked, ["/html/2401.00001", "/api/query?id_list=2301.00001"]);
    const listed = await runBeside(["list", "starred", "--json"], { home });
    const [{ title, authors, abstract }] = JSON.parse(listed.out);
    assert.deepEqual([title, authors, abstract], ["Knots for Beginners", ["Otto Reed"], "How to tie them."]);
  });
});

/** What the screen says where `f` is pressed and the server answers so. */
async function saidOf(answers: (request: IncomingMessage, response: ServerResponse) => void, wanted: RegExp) {
  await withServer(answers, async ({ address, env }, home) => {
    const file = settle(home, address);
    await using(start([file], { home, env, columns: 100, rows: 30 }), async (terminal) => {
      await terminal.until("Counting Pebbles");
      terminal.write("f");
      await terminal.until(wanted);
    });
  });
}

/** Answers as arXiv's pages do; the Hub has no text. */
const stub =
  (status: number, body: string) =>
  ({ url = "" }: IncomingMessage, response: ServerResponse) =>
    url.startsWith("/html/")
      ? response.writeHead(status, { "content-type": "text/html" }).end(body)
      : response.writeHead(404).end("none");

test("pages without a paper are told: not found, an empty article, a page about the paper", async () => {
  const onlyPdf = /only as a PDF · O opens it/;
  const headings = (count: number) => '<h2 class="ltx_title">A heading</h2>'.repeat(count);
  const noText = /its page has no text that can be read · O opens the PDF/;
  const cases: readonly (readonly [number, string, RegExp])[] = [
    [404, "<h1>No HTML for '2401.00001'</h1>", onlyPdf],
    [200, '<article class="ltx_document">\n</article>', onlyPdf],
    [200, `<h1>No HTML</h1>${headings(2)}`, onlyPdf],
    [200, `<article class="ltx_document">${headings(1_000)}</article>`, noText],
    [200, '<meta name="citation_arxiv_id" content="2401.00001"><p>Abstract</p>', onlyPdf],
  ];
  for (const [status, body, words] of someOf(cases, 2)) await saidOf(stub(status, body), words);
});

test("a conversion that broke off is shown, and said to be cut", async () => {
  const half = `<article class="ltx_document">${p("p1", "It begins well.")}<span class="ltx_ERROR">Conversion to HTML had a Fatal error and exited abruptly. This document may be truncated or damaged.</span></article></html>`;
  await saidOf(stub(200, half), /It begins well\.[\s\S]*this text is incomplete/);
});

test("a text that is too long is not called a listing", longOnly, async () => {
  await saidOf((_, response) => {
    response.writeHead(200, { "content-length": String(2 ** 30) });
    response.write("<article>");
  }, /sends more than 64 MB, too much for a text/);
});

test("a body that is cut is no text", { timeout: 60_000, ...longOnly }, async () => {
  await saidOf((_, response) => {
    response.writeHead(200, { "content-length": "100000" });
    response.write("<article>half");
    setTimeout(() => response.destroy(), 50);
  }, /the connection to 127\.0\.0\.1:\d+ was cut/);
});

test("a text that takes long is cancelled with Esc", { timeout: 60_000 }, async () => {
  await withServer(
    (_, response) => void response.writeHead(200).write("<article>"),
    async ({ address, env }, home) => {
      const file = settle(home, address);
      await using(start([file], { home, env, columns: 100, rows: 30 }), async (terminal) => {
        await terminal.until("Counting Pebbles");
        terminal.write("f");
        await terminal.until("Esc stops it");
        terminal.write("\x1b");
        await terminal.until("Starred 0");
        terminal.write("j");
        await terminal.until("1/1");
      });
    },
  );
});

test("arXiv without a page: the Hub's Markdown, and what it lacks is said", async () => {
  const markdown = `# Counting Pebbles\n\n## 1 Start\n\n${"Plain words of the paper. ".repeat(80)}`;
  await saidOf(({ url = "" }, response) => {
    if (url === "/papers/2401.00001.md") response.end(markdown);
    else response.writeHead(404).end();
  }, /its formulas are garbled/);
});

test("read prints Markdown with TeX into a pipe, rows with --width, and JSON", async () => {
  await withServer(answer, async ({ address, env }, home) => {
    settle(home, address);
    const markdown = await runBeside(["read", "https://arxiv.org/abs/2401.00001v2"], { home, env });
    assert.equal(markdown.code, 0);
    assert.match(markdown.out, /^# Counting Pebbles\n\n## 1 Start\n\nPebbles were counted \[1\]/);
    assert.match(markdown.out, /\$\$\nx=\\frac\{a\}\{b\} \\tag\{1\}\n\$\$/);
    const rows = await runBeside(["read", "2401.00001", "--width", "40"], { home, env });
    assert.ok(rows.out.split("\n").every((line) => line.length <= 40));
    assert.match(rows.out, /\n +a\n +x = ───.*\(1\)\n +b\n/);
    const { title, blocks } = JSON.parse(
      (await runBeside(["read", "2401.00001", "--json"], { home, env })).out,
    );
    assert.equal(title, "Counting Pebbles");
    assert.ok(blocks.some(({ id }: { id: string }) => id === "S2.E1"));
    const none = await runBeside(["read", "2401.99999"], { home, env });
    assert.deepEqual([none.code, none.out], [1, ""]);
    assert.match(none.err, /arXiv has 2401\.99999 only as a PDF/);
  });
});

test("read takes files: a page, Markdown, and says what is none", async () => {
  await withHome(async (home) => {
    const page = join(home, "page.html");
    writeFileSync(page, paper);
    assert.match(run(["read", page]).out, /^# Counting Pebbles\n/);
    const notes = join(home, "notes.md");
    writeFileSync(notes, "# Notes\n\nWith $x^2$ and \x1b[31mred\n");
    assert.equal(run(["read", notes, "--width", "30"]).out, "Notes\n\nWith x² and red\n");
    const empty = join(home, "empty.html");
    writeFileSync(empty, "<html></html>");
    assert.equal(run(["read", empty]).code, 1);
    const wrong = [["nonsense"], [page, "--width", "5"], [home], [page, "--json", "--markdown"]];
    for (const args of someOf(wrong, 1)) assert.equal(run(["read", ...args]).code, 2, args.join(" "));
    // What has no text is named, and never printed as one.
    const none: readonly (readonly [string, string | Buffer, RegExp])[] = [
      ["a.pdf", "%PDF-1.7\n%\u00e2\u00e3\n1 0 obj", /it is a PDF\n/],
      ["a.html", Buffer.from([1, 2, 3, 0, 255, 254, 0, 7]), /it is no text\n/],
      ["lib.bib", library, /a listing of papers or a table/],
      ["none.md", "", /it is empty\n/],
    ];
    for (const [name, content, what] of someOf(none, 2)) {
      const file = join(home, name);
      writeFileSync(file, content);
      const { code, out, err } = run(["read", file]);
      assert.deepEqual([code, out], [1, ""], name);
      assert.match(err, what);
    }
    assert.match(run(["read", home]).err, /it is a folder\n/);
    const piped = run(["read", "-", "--width", "40"], { input: paper });
    assert.match(piped.out, /^Counting Pebbles\n/);
    assert.match(run(["read", "-"], { input: "" }).err, /standard input: it is empty/);
  });
});

test("a file that is a paper's text opens in the reader, its place kept, and its list has the one paper", {
  timeout: 60_000,
}, async () => {
  await withHome(async (home) => {
    const page = join(home, "page.html");
    const figure = `<figure class="ltx_figure"><img src="dot.png"><figcaption class="ltx_caption">A dot.</figcaption></figure>`;
    writeFileSync(page, paper.replace('<section id="S1"', `${figure}<section id="S1"`));
    writeFileSync(join(home, "dot.png"), png);
    const bin = join(home, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "xdg-open"), `#!/bin/sh\necho "$1" >> "${home}/opened"\n`, { mode: 0o755 });
    const env = { DISPLAY: ":9", PATH: `${bin}:${process.env.PATH}` };
    await using(start([page], { home, env, columns: 100, rows: 30 }), async (terminal) => {
      await terminal.until("Pebbles were counted [1]");
      terminal.write("\t\r");
      await terminal.until("opened the picture");
      terminal.write("o");
      await terminal.until("opened the file");
      assert.deepEqual(readFileSync(join(home, "opened"), "utf8").trim().split("\n"), [
        join(home, "dot.png"),
        page,
      ]);
      terminal.write("nn");
      await terminal.until("§2");
      terminal.write("q");
      await terminal.until("All 1");
      terminal.write("f");
      await terminal.until("2  Middle");
      terminal.write("qq");
      await terminal.exit();
    });
    // Another time it opens where it was left.
    await using(start([page], { home, env, columns: 80, rows: 24 }), async (terminal) => {
      await terminal.until("2  Middle");
    });
    const none = run([join(home, "nothing.html")], { home });
    assert.equal(none.code, 2);
  });
});

test("read goes through the pager where the text is longer than the screen", async () => {
  await withHome(async (home) => {
    const page = join(home, "page.html");
    writeFileSync(page, paper);
    const env = { PAGER: "sed -n '1,2p;$s/^/pager: /p'" };
    await using(start(["read", page], { home, env, columns: 100, rows: 30 }), async (terminal) => {
      await terminal.until("pager:");
      const { code } = await terminal.exit();
      assert.equal(code, 0);
    });
  });
});

test("read without $PAGER pages with less, and prints where that is not there or $PAGER is empty", {
  timeout: 60_000,
  ...longOnly,
}, async () => {
  await withHome(async (home) => {
    const page = join(home, "page.html");
    writeFileSync(page, paper);
    const bin = join(home, "bin");
    mkdirSync(bin);
    const PATH = `${bin}:${dirname(process.execPath)}:/bin`;
    const shown = async (env: Record<string, string>) => {
      let screen = "";
      await using(start(["read", page], { home, env, columns: 100, rows: 30 }), async (terminal) => {
        assert.equal((await terminal.exit()).code, 0);
        screen = terminal.text();
      });
      return screen;
    };
    writeFileSync(join(bin, "less"), `#!/bin/sh\necho "less $LESS"; head -n 1\n`, { mode: 0o755 });
    assert.match(await shown({ PATH }), /less -R\s+Counting Pebbles\s*$/);
    assert.match(await shown({ PATH, PAGER: "" }), /Knots for beginners/);
  });
});

test("a picture is fetched, its type checked, and given to the desktop's viewer", {
  timeout: 60_000,
}, async () => {
  const figure = (name: string) =>
    `<figure class="ltx_figure"><img src="${name}" class="ltx_graphics"><figcaption class="ltx_caption">A dot.</figcaption></figure>`;
  await withServer(
    ({ url = "" }, response) => {
      if (url === "/html/2401.00001")
        response.end(
          `<article class="ltx_document">${figure("2401.00001v1/dot.png")}${figure("bad.png")}</article></html>`,
        );
      else if (url === "/html/2401.00001v1/dot.png") response.end(png);
      else response.end("<html>no picture</html>");
    },
    async ({ address, env }, home) => {
      const file = settle(home, address);
      const bin = join(home, "bin");
      mkdirSync(bin);
      writeFileSync(join(bin, "xdg-open"), `#!/bin/sh\ncp "$1" "${home}/opened.png"\n`, { mode: 0o755 });
      const shown = { ...env, DISPLAY: ":9", PATH: `${bin}:${process.env.PATH}` };
      await using(start([file], { home, env: shown, columns: 100, rows: 30 }), async (terminal) => {
        await terminal.until("Counting Pebbles");
        terminal.write("f");
        await terminal.until("A dot.");
        terminal.write("\t\r");
        await terminal.until("opened the picture");
        assert.deepEqual(readFileSync(join(home, "opened.png")), png);
        terminal.write("\t\r");
        await terminal.until("sends no picture");
      });
    },
  );
});

test("the text of a paper that is starred is fetched in the background, and read without a network", {
  timeout: 60_000,
}, async () => {
  await withServer(answer, async ({ address, asked, env }, home) => {
    const file = settle(home, address);
    const config = join(home, ".config/papers-tui/config.json");
    writeFileSync(config, readFileSync(config, "utf8").replace('"opened"', '"starred"'));
    await using(start([file], { home, env, columns: 100, rows: 30 }), async (terminal) => {
      await terminal.until("Counting Pebbles");
      terminal.write("s");
      await terminal.until("Starred 1");
      const kept = join(home, ".cache/papers-tui/answers");
      // The text is read in a thread first, so it is on the disk some time after the server was asked.
      await terminal.until(
        () => existsSync(kept) && readdirSync(kept).some((name) => !name.endsWith(".tmp")),
        { timeout: 30_000 },
      );
    });
    assert.deepEqual(asked, ["/html/2401.00001"]);
    const read = await runBeside(["read", "2401.00001"], {
      home,
      env: { HF_ENDPOINT: "http://127.0.0.1:1" },
    });
    assert.match(read.out, /^# Counting Pebbles/);
    assert.equal(asked.length, 1);
  });
});
