import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run, start, using, withHome } from "../program.js";

const abstract = "A \\textbf{bold} claim on $\\mathbb{R}^d$.";
const papers = [
  { id: "2510.00001", title: "On $\\alpha$-divergence in $\\mathcal{O}(n^{1+o(1)})$", abstract },
  { id: "2510.00002", title: "Other", abstract: "It costs $5." },
];
const listing = papers
  .map((one) => `${JSON.stringify({ submitter: "A", categories: "cs.LG", ...one })}\n`)
  .join("");

test("TeX is shown as signs, x shows it as written, and both find the paper", async () => {
  await withHome(async (home) => {
    const path = join(home, "tex.jsonl");
    writeFileSync(path, listing);
    await using(start([path], { home }), async (terminal) => {
      await terminal.until(/▌● +On α-divergence in 𝒪\(n¹⁺ᵒ⁽¹⁾\)/);
      await terminal.until("A bold claim on ℝᵈ.");
      const row = terminal.styled().find((cells) =>
        cells
          .map(({ char }) => char)
          .join("")
          .includes("A bold claim"),
      );
      const bold = row
        // A blank shows no weight, and is written in whichever is on.
        ?.filter((cell) => cell.bold && cell.char !== " ")
        .map(({ char }) => char)
        .join("");
      assert.equal(bold, "bold");
      terminal.write("x");
      await terminal.until("\\mathcal{O}(n^{1+o(1)})");
      await terminal.until("\\textbf{bold}");
      terminal.write("x/alpha");
      await terminal.until("1 of 2");
      terminal.write("\x15α-div\r");
      await terminal.until("1 of 2");
      terminal.write("yt");
      await terminal.until("copied the title");
      assert.match(terminal.clipboardWrites().at(-1) ?? "", /^On \$\\alpha\$-divergence/);
    });
    assert.match(run(["list", path], { home }).out, /\tOn α-divergence in 𝒪\(n¹⁺ᵒ⁽¹⁾\)\n/u);
    assert.match(JSON.parse(run(["list", path, "--json"], { home }).out)[0].title, /^On \$\\alpha\$/);
  });
});

test("thousands of authors are counted beside the list, and all named full-screen", async () => {
  await withHome(async (home) => {
    const path = join(home, "many.bib");
    const authors = Array.from({ length: 3_303 }, (_, at) => `Last${at}, First`).join(" and ");
    writeFileSync(path, `@misc{a, title={Very many}, author={${authors}}, abstract={Text.}}\n`);
    await using(start([path], { home }), async (terminal) => {
      await terminal.until(/First Last1, .* \+3,\d{3}/s);
      terminal.write("\rG");
      await terminal.until("First Last3302");
    });
  });
});
