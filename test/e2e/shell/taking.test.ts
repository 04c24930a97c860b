import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { someOf } from "../../support/long.js";
import { start, using, withHome } from "../program.js";

const listing =
  "@article{a, title={On {Hessians} \\& $\\alpha$}, author={Löve, Ada and Turing, Alan}, abstract={Text.}, year=2019, eprint={1901.00001}, archivePrefix={arXiv}}\n@article{b, title={Nothing known}}\n";

async function withListing(work: (home: string, path: string) => Promise<void>): Promise<void> {
  await withHome(async (home) => {
    const path = join(home, "reading.bib");
    writeFileSync(path, listing);
    await work(home, path);
  });
}

test("y copies what the next key says, and the footer says what", async () => {
  await withListing(async (home, path) => {
    await using(start([path], { home }), async (terminal) => {
      await terminal.until("1/2");
      for (const [key, copied, said] of [
        ["y", "https://arxiv.org/abs/1901.00001", "copied the link: https://arxiv.org/abs/1901.00001"],
        ["p", "https://arxiv.org/pdf/1901.00001", "copied the PDF link"],
        ["i", "1901.00001", "copied the id: 1901.00001"],
        ["k", "a", "copied the cite key: a"],
        ["a", "Text.", "copied the abstract: Text."],
      ] as const) {
        terminal.write(`y${key}`);
        await terminal.until(said);
        assert.equal(terminal.clipboardWrites().at(-1), copied);
      }
      terminal.write("yb");
      await terminal.until("copied the BibTeX entry: @article{a,");
      assert.match(terminal.clipboardWrites().at(-1) ?? "", /title = \{On \{Hessians\} \\& \$\\alpha\$\},/);
      terminal.write("ym");
      await terminal.until("copied Markdown: - [On Hessians");
      const count = terminal.clipboardWrites().length;
      terminal.write("yx");
      await terminal.until("nothing was copied");
      terminal.write("y\x1bjyy");
      await terminal.until("this listing gives no link for this paper");
      assert.equal(terminal.clipboardWrites().length, count);
      assert.equal(terminal.modes().alternate, true);
    });
  });
});

test("inside tmux and screen the clipboard is reached through them", async () => {
  await withListing(async (home, path) => {
    const link = Buffer.from("https://arxiv.org/abs/1901.00001").toString("base64");
    for (const [env, written] of [
      [{ TMUX: "/nowhere/tmux,1,0" }, `\x1bPtmux;\x1b\x1b]52;c;${link}\x07\x1b\\`],
      [{ STY: "1.screen" }, `\x1bP\x1b]52;c;${link}\x07\x1b\\`],
    ] as const) {
      await using(start([path], { home, env }), async (terminal) => {
        await terminal.until("1/2");
        terminal.write("yy");
        await terminal.until("copied the link");
        assert.ok(terminal.raw().includes(written));
      });
    }
  });
});

/** A command on the path that keeps what it was given. */
function command(home: string, name: string, script: string): string {
  const folder = join(home, "bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  return `${folder}:${process.env.PATH}`;
}

test("the desktop's clipboard tool is given the text too", async () => {
  await withListing(async (home, path) => {
    const PATH = command(home, "wl-copy", `cat > "${home}/copied"`);
    await using(start([path], { home, env: { PATH, WAYLAND_DISPLAY: "wayland-0" } }), async (terminal) => {
      await terminal.until("1/2");
      terminal.write("yt");
      await terminal.until("copied the title");
      assert.equal(readFileSync(join(home, "copied"), "utf8"), "On Hessians & $\\alpha$");
    });
  });
});

test("o and O open page and PDF; over SSH, and without a browser, the link is copied and said", async () => {
  await withListing(async (home, path) => {
    const PATH = command(home, "browser", `echo "$@" >> "${home}/opened"`);
    await using(start([path], { home, env: { PATH, BROWSER: "browser" } }), async (terminal) => {
      await terminal.until("1/2");
      terminal.write("o");
      await terminal.until("opened its page");
      terminal.write("O");
      await terminal.until("opened its PDF");
      terminal.write("jO");
      await terminal.until("this listing gives no PDF for this paper");
      assert.equal(
        readFileSync(join(home, "opened"), "utf8"),
        "https://arxiv.org/abs/1901.00001\nhttps://arxiv.org/pdf/1901.00001\n",
      );
    });
    for (const [env, why] of someOf<readonly [Record<string, string>, string]>(
      [
        [{ SSH_CONNECTION: "a b c d" }, "there is no browser over SSH"],
        [{}, "no browser to open it with"],
      ],
      1,
    )) {
      await using(start([path], { home, env }), async (terminal) => {
        await terminal.until("1/2");
        terminal.write("gO");
        await terminal.until(why);
        assert.deepEqual(terminal.clipboardWrites(), ["https://arxiv.org/pdf/1901.00001"]);
      });
    }
  });
});

test("e exports what the list shows, and overwrites a file only after a second Enter", async () => {
  await withListing(async (home, path) => {
    await using(start([path], { home, cwd: home }), async (terminal) => {
      await terminal.until("1/2");
      terminal.write("/hessian\re");
      await terminal.until("export 1 paper to reading-export.bib");
      await terminal.until("BibTeX · Tab: another format");
      terminal.write("\t");
      await terminal.until("reading-export.ris");
      terminal.write("\x15~/out.md\r");
      await terminal.until("exported 1 paper to ~/out.md");
      assert.match(readFileSync(join(home, "out.md"), "utf8"), /^- \[On Hessians/);
      terminal.write("\x1be\x15~/out.md\r");
      await terminal.until("already exists: Enter overwrites it");
      assert.doesNotMatch(readFileSync(join(home, "out.md"), "utf8"), /Nothing known/);
      terminal.write("\x1b");
      await terminal.until("? help");
      assert.doesNotMatch(readFileSync(join(home, "out.md"), "utf8"), /Nothing known/);
      terminal.write("e\x15~/out.md\r");
      await terminal.until("already exists: Enter overwrites it");
      // An Enter pressed twice is no answer.
      await sleep(700);
      terminal.write("\r");
      await terminal.until("exported 2 papers to ~/out.md");
      assert.match(readFileSync(join(home, "out.md"), "utf8"), /Nothing known/);
      terminal.write("e\x15out.doc");
      await terminal.until("end it in .bib .ris");
      terminal.write("\r\x15/no/folder/x.bib\r");
      await terminal.until("not exported: there is no folder for /no/folder/x.bib");
    });
    assert.ok(!existsSync(join(home, "out.doc")));
  });
});

test("e never writes over a file that is open, or was, and proposes names that are no file yet", async () => {
  await withListing(async (home, path) => {
    const other = join(home, "other.bib");
    writeFileSync(other, "@article{c, title={Three}}\n");
    writeFileSync(join(home, "reading-export.bib"), "kept");
    symlinkSync("reading.bib", join(home, "link.bib"));
    await using(start([path], { home, cwd: home }), async (terminal) => {
      await terminal.until("1/2");
      terminal.write("/hessian\re");
      await terminal.until("to reading-export-2.bib");
      for (const name of [
        "reading.bib",
        "./link.bib",
        path,
        "~/reading.bib",
        `"${path}"`,
        `file://${path}`,
      ]) {
        terminal.write(`\x15${name}\r`);
        await terminal.until(/not exported: .*is open here; choose another name/);
        terminal.write("x");
        await terminal.until((shown) => !shown.text().includes("not exported"));
      }
      // A source that was opened before is still protected.
      terminal.write("\x1b\x1baother.bib\r");
      await terminal.until("Three");
      terminal.write("e\x15reading.bib\r\r");
      await terminal.until(/not exported: reading.bib is open here/);
      assert.equal(readFileSync(path, "utf8"), listing);
      assert.equal(readFileSync(join(home, "reading-export.bib"), "utf8"), "kept");
      terminal.write("\x1bse");
      await terminal.until("to other-export.bib");
      terminal.write("\x1bvve");
      await terminal.until("to other-starred.bib");
      terminal.write("\r");
      await terminal.until("exported 1 paper to ~/other-starred.bib");
    });
    assert.match(readFileSync(join(home, "other-starred.bib"), "utf8"), /Three/);
  });
});
