import assert from "node:assert/strict";
import { test } from "node:test";
import { identifiersIn } from "../../source/papers/pasted-identifiers.js";

test("a text of nothing but identifiers is read however they are separated and labelled", () => {
  const both = ["2607.28319", "2607.11111"];
  for (const text of [
    "2607.28319 2607.11111",
    "2607.28319,2607.11111",
    "2607.28319, 2607.11111v2;",
    "2607.28319\n2607.11111\n",
    "2607.28319 and 2607.11111 and 2607.28319",
    "arXiv:2607.28319v1 [cs.LG] arXiv: 2607.11111",
    "[2607.28319] (2607.11111).",
    "1. https://arxiv.org/abs/2607.28319 2. https://huggingface.co/papers/2607.11111",
    "- 10.48550/arXiv.2607.28319 - https://doi.org/10.48550/arXiv.2607.11111",
  ])
    assert.deepEqual(
      identifiersIn(text).map(({ id }) => id),
      both,
      text,
    );
  const text = "doi:10.5555/K.1(2),10.5555/a,b 10.5555/c; https://doi.org/10.5555/d?x=1 hep-th/9901001";
  const found = identifiersIn(text);
  assert.deepEqual(
    found.map(({ id }) => id),
    ["10.5555/k.1(2)", "10.5555/a,b", "10.5555/c", "10.5555/d", "hep-th/9901001"],
  );
  assert.deepEqual(
    found.map(({ start, end }) => text.slice(start, end)),
    ["doi:10.5555/K.1(2)", "10.5555/a,b", "10.5555/c", "https://doi.org/10.5555/d?x=1", "hep-th/9901001"],
  );
});

test("a text with anything else is no list of identifiers", () => {
  for (const text of [
    "",
    "attention 1706.03762",
    "2607.28319 AND 2607.11111",
    "2607.28319 -2607.11111",
    "2607.28319 is:starred",
    "2607",
    "2024-10-11",
    "cs.LG cs.CL",
    "2607.28319 1234.56789",
  ])
    assert.deepEqual(identifiersIn(text), [], text);
});
