import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { start, using } from "../program.js";
import { withServer } from "../server.js";

/** The smallest PNG there is: one pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A paper of our own in the shape of LaTeXML's pages, with pictures. */
const paper = (pictures: readonly string[]) =>
  `<!DOCTYPE html><html><article class="ltx_document"><h1 class="ltx_title ltx_title_document">Counting Pebbles</h1>${pictures
    .map(
      (source) =>
        `<figure class="ltx_figure"><img src="${source}"><figcaption class="ltx_caption">A dot.</figcaption></figure>`,
    )
    .join("")}<p class="ltx_p">The last words.</p></article></html>`;

/** A viewer that writes down what it is given. */
function viewer(home: string): Record<string, string> {
  const bin = join(home, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "xdg-open"), `#!/bin/sh\necho "$1" >> "${home}/opened"\n`, { mode: 0o755 });
  return { DISPLAY: ":9", PATH: `${bin}:${process.env.PATH}` };
}

test("the pictures of a page reach no other service of this machine", { timeout: 60_000 }, async () => {
  await withServer(
    (_, response) => response.end(png),
    async (local) => {
      const { port } = new URL(local.address);
      const near = [
        `${local.address}/secret.png`,
        `http://[::ffff:127.0.0.1]:${port}/secret.png`,
        `//127.0.0.1:${port}/secret.png`,
      ];
      await withServer(
        (_, response) => response.end(paper(near)),
        async ({ address, env, asked }, home) => {
          mkdirSync(join(home, ".config/papers-tui"), { recursive: true });
          const settings = { arxivSite: address, arxivEndpoint: address, markReadAfter: 0 };
          writeFileSync(join(home, ".config/papers-tui/config.json"), JSON.stringify(settings));
          const list = join(home, "lib.bib");
          const entry =
            "title={Counting Pebbles}, author={Ines Holm}, eprint={2401.00001}, archivePrefix={arXiv}";
          writeFileSync(list, `@article{a, ${entry}}\n`);
          const shown = { ...env, ...viewer(home) };
          await using(start([list], { home, env: shown, columns: 100, rows: 30 }), async (terminal) => {
            await terminal.until("Counting Pebbles");
            terminal.write("f");
            await terminal.until("The last words.");
            for (const host of ["127.0.0.1", "[::ffff:7f00:1]", "127.0.0.1"]) {
              terminal.write("\t\r");
              await terminal.until(`an address leads to ${host}:${port}, which is this machine: not fetched`);
              terminal.write("\f");
            }
          });
          assert.deepEqual([asked, local.asked], [["/html/2401.00001"], []]);
          assert.ok(!existsSync(join(home, "opened")));
        },
      );
    },
  );
});

test("the pictures of a file are those in its folder, and a name that is none ends nothing", {
  timeout: 60_000,
}, async () => {
  await withServer(
    (_, response) => response.end(png),
    async (local, home) => {
      const folder = join(home, "paper");
      mkdirSync(join(folder, "figures"), { recursive: true });
      writeFileSync(join(folder, "figures/dot.png"), png);
      writeFileSync(join(home, "secret.png"), png);
      const page = join(folder, "page.html");
      const pictures = [
        ["../secret.png", "outside the folder of its page"],
        [join(home, "secret.png"), "outside the folder of its page"],
        ["..%2fsecret.png", "must not include encoded"],
        [`${local.address}/secret.png`, "which is this machine: not fetched"],
        ["figures/dot.png", "opened the picture"],
      ] as const;
      writeFileSync(page, paper(pictures.map(([source]) => source)));
      await using(start([page], { home, env: viewer(home), columns: 100, rows: 40 }), async (terminal) => {
        await terminal.until("The last words.");
        for (const [source, words] of pictures) {
          terminal.write("\t\r");
          await terminal.until(words).catch((error) => {
            throw new Error(`${source}: ${error}`);
          });
        }
        terminal.write("qq");
        assert.equal((await terminal.exit()).code, 0);
      });
      assert.equal(readFileSync(join(home, "opened"), "utf8"), `${join(folder, "figures/dot.png")}\n`);
      assert.deepEqual(local.asked, []);
    },
  );
});
