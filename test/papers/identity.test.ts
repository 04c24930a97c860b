import assert from "node:assert/strict";
import { test } from "node:test";
import { arxivId, doiOf, identityOf, textIdOf } from "../../source/papers/identity.js";

test("an arXiv identifier is the same however it is written", () => {
  for (const [text, id] of [
    ["2510.22543", "2510.22543"],
    ["2510.22543v3", "2510.22543"],
    ["arXiv:2510.22543v1", "2510.22543"],
    ["arxiv: 0704.0001", "0704.0001"],
    ["hep-th/9901001v2", "hep-th/9901001"],
    ["math.GT/0309136", "math/0309136"],
    ["https://arxiv.org/abs/2510.22543v2", "2510.22543"],
    ["http://arxiv.org/pdf/2510.22543v2.pdf", "2510.22543"],
    ["https://export.arxiv.org/abs/cond-mat/0001001", "cond-mat/0001001"],
    ["https://huggingface.co/papers/2510.22543#community", "2510.22543"],
    ["https://doi.org/10.48550/arXiv.2510.22543", "2510.22543"],
    ["10.48550/ARXIV.HEP-TH/9901001", "hep-th/9901001"],
    ["2513.22543", null],
    ["2510.225", null],
    ["https://example.org/2510.22543", null],
    ["10.1145/3292500", null],
    ["", null],
  ] as const)
    assert.equal(arxivId(text), id, text);
});

test("a DOI is lower case, without its resolver", () => {
  assert.equal(doiOf("https://dx.doi.org/10.1145/3292500.ABC"), "10.1145/3292500.abc");
  assert.equal(doiOf("doi: 10.1000/182"), "10.1000/182");
  assert.equal(doiOf("10.1000"), null);
});

test("marks are kept by the arXiv id, else the DOI, else the title", () => {
  assert.equal(
    identityOf({ arxiv: null, doi: "10.1/x", url: "https://arxiv.org/abs/2510.22543" }),
    "2510.22543",
  );
  assert.equal(identityOf({ doi: "10.1145/X.1" }), "doi:10.1145/x.1");
  assert.equal(identityOf({ url: "https://doi.org/10.1145/X.1" }), "doi:10.1145/x.1");
  assert.equal(identityOf({ url: "https://example.org" }), "");
});

test("a DOI from a foreign journal has no control, half a character or bidi control, and no endless length", () => {
  for (const odd of ["\ud800", "\udc00", "\u001b[2J", "\0", "\u009b", "\u202e"]) {
    assert.equal(doiOf(`doi:10.1234/x${odd}x`), null, JSON.stringify(odd));
    assert.equal(textIdOf({ id: `doi:10.1234/${odd}` }), null);
  }
  assert.equal(doiOf(`10.1234/${"x".repeat(100_000)}`), null);
  assert.equal(doiOf("10.1234/😀é"), "10.1234/😀é");
});
