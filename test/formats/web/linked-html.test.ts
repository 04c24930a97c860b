import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../../source/formats/index.js";
import { linkedHtml } from "../../../source/formats/web/pages/linked-html.js";
import { sized } from "../../support/long.js";
import { assertLinear } from "../line-formats.js";

const options = { today: "2026-11-28" };
const page = (body: string) =>
  `<!DOCTYPE html><html><head><title>x</title></head><body>${body}</body></html>`;
const links = [1, 2].map(
  (number) => `<a href="https://arxiv.org/abs/2101.0000${number}">The title of paper ${number}</a>`,
);

test("results of Google Scholar and a saved page of Hugging Face give the papers that they link to", async () => {
  const scholar = page(
    links
      .map((link) => `<h3 class="gs_rt"><span>[PDF]</span> ${link}</h3><div class="gs_a">I Holm - 2021</div>`)
      .join(""),
  );
  const face = page(
    [1, 2]
      .map(
        (number) =>
          `<article><h3><a href="https://huggingface.co/papers/2101.0000${number}">The title of paper ${number}</a></h3></article>`,
      )
      .join(""),
  );
  for (const text of [scholar, face]) {
    const result = await readListing(Buffer.from(text), options);
    assert.ok(result.ok);
    assert.deepEqual(
      result.listing.papers.map(({ id, title }) => [id, title]),
      [
        ["2101.00001", "The title of paper 1"],
        ["2101.00002", "The title of paper 2"],
      ],
    );
  }
});

test("people before a title are its authors where it is clear that they are people", async () => {
  const listed = async (before: string) => {
    const [first, second] = links;
    const result = await readListing(
      Buffer.from(page(`<ul><li>${before}${first}</li><li>${second}</li></ul>`)),
      options,
    );
    return result.ok ? [result.listing.papers[0]?.authors, result.listing.papers[0]?.published] : [];
  };
  const both = ["Ines Holm", "Otto T. Reed"];
  assert.deepEqual(await listed("Ines Holm and Otto T. Reed, "), [both, null]);
  assert.deepEqual(await listed("Ines Holm, Otto T. Reed (2021). "), [both, "2021"]);
  assert.deepEqual(await listed("Holm et al. "), [["Holm"], null]);
  for (const other of ["Great Survey. ", "See also: ", "Kettle Net, Pot Net ", "Search and Retrieval: "])
    assert.deepEqual(await listed(other), [[], null], other);
});

test("an article that cites papers, and a page with one link, are no lists of papers", async () => {
  for (const body of [
    `<p>${"Kettles were counted. ".repeat(300)}</p><ul><li>${links.join("</li><li>")}</li></ul>`,
    `<div>${"Kettles were counted. ".repeat(1_000)}</div>${links.join("")}`,
    `<ul><li>${links[0]}</li></ul>`,
    `<article class="ltx_document"><ul><li>${links.join("</li><li>")}</li></ul></article>`,
    '<ul><li><a href="https://kettles.example/1">One</a></li><li><a href="https://kettles.example/2">Two</a></li></ul>',
  ])
    assert.equal((await readListing(Buffer.from(page(body)), options)).ok, false, body.slice(0, 60));
});

test("no page takes time that grows with its square", () => {
  const start = `<html>${links.join("")}`;
  assertLinear(
    linkedHtml,
    ...["<nav ", "<!--", "<b>", "<p ", "<li>", '<a href="https://arxiv.org/abs/2101.00001">', "<script>"].map(
      (piece) => start + piece.repeat(sized(300_000)),
    ),
  );
});
