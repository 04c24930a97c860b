import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../../source/formats/index.js";
import { identifiers } from "../../../source/formats/web/identifiers.js";
import { runningText } from "../../../source/formats/web/running-text.js";
import { sized } from "../../support/long.js";
import { assertLinear } from "../line-formats.js";

async function read(
  text: string,
): Promise<{ ids: readonly string[]; titles: readonly string[]; name: string }> {
  const result = await readListing(Buffer.from(text), { today: "2026-11-28" });
  if (!result.ok) return { ids: [], titles: [], name: "" };
  const { papers } = result.listing;
  const named = papers.map(({ id, title }) => (/^Pub|^PMC/.test(title) ? title : id));
  return { ids: named, titles: papers.map(({ title }) => title), name: result.format.name };
}

test("arXiv numbers in prose are papers, alone, several in a line, and among DOIs and addresses", async () => {
  for (const [text, ids] of [
    ["I liked 2607.28319 and 2607.11111v2", ["2607.28319", "2607.11111"]],
    ["Have you seen 2607.28319?", ["2607.28319"]],
    ["Llama 3.1: 2407.21783", ["2407.21783"]],
    ["- Vaswani: 1706.03762", ["1706.03762"]],
    ["Papers that I liked:\n2607.28319\n2607.11111\nThat is all", ["2607.28319", "2607.11111"]],
    ["The ideas of 2607.28319 improve by 3.2 points on what we have", ["2607.28319"]],
    ["arXiv numbers: 0711.1234, 1206.5538", ["0711.1234", "1206.5538"]],
    [
      "Hi,\nI read 2607.28319, after 10.1103/PhysRevD.76.013009 and https://arxiv.org/abs/1706.03762.\nAlso hep-th/9901001.",
      ["2607.28319", "doi:10.1103/physrevd.76.013009", "1706.03762", "hep-th/9901001"],
    ],
    ["See PMID: 30000001; PMCID: PMC7029759, and PMC7029760", ["PubMed 30000001", "PMC PMC7029760"]],
    ["Dear all,\nHolm I. Kettles. 2018. doi: 10.5555/k.1.\nPMID: 30000001.\nThank you", ["doi:10.5555/k.1"]],
  ] as const)
    assert.deepEqual((await read(text)).ids, ids, text);
});

test("other numbers of the same form are not papers", async () => {
  for (const text of [
    "Released in 2026.11 as version 2511.12345.",
    "version 2001.00001 of it",
    "build 2510.12345 is out",
    "from 1512.34567-rc1 on",
    "The price was $2511.12345 then, or €2511.12345.",
    "It costs 2510.12345 EUR, or 2510.12345 dollars.",
    "It costs 2510.1234 today.",
    "Call 0711.12345, 0711.1234 or +49.2510.12345.",
    "Fax: 2510.12345",
    "We measured 1512.34567 MHz today.",
    "a loss of 1512.34567 after training, and a mean perplexity 1612.34567",
    "weight: 1512.34567",
    "x = 2510.12345 ± 0.00001",
    "1234.56789 and 2713.12345 are numbers",
    "Model Params Loss\nOurs 1512.34567 0.123 88.2\nTheirs 1601.12345 0.456 77.1",
    "12, 2510.12345, 7.5",
    "0.1234\t1512.34567\t1.5",
    "On 2026.11.28 we met; 20.2510.12345 is nothing, nor is 2510.123456.",
    "The 9912.34567 and 0512.3456 of old",
    "1234.56789\n1512.34567\n1899.12345\n0.5\n",
    "x y\n1.5 1512.34567\n2.5 1601.12345\n",
  ])
    assert.deepEqual((await read(text)).ids, [], text);
});

test("in a list no identifier after the first of a line is lost", async () => {
  const list = `2607.28319 Counting kettles, see also 2607.11111
2607.00001 (better than 2607.00002)
2607.00003 First Title of It; 10.5555/x.1 Second Title of It
2607.00004 # not as good as 2607.00005
A title of it, arXiv:2607.00006, doi:10.5555/x.2
Cups (2607.00007) and saucers (2607.00008) are good
`;
  const { ids, titles, name } = await read(list);
  assert.equal(name, "list of identifiers");
  assert.deepEqual(
    ids.map((id, at) => [id, titles[at]]),
    [
      ["2607.28319", "Counting kettles"],
      ["2607.11111", "arXiv:2607.11111"],
      ["2607.00001", "arXiv:2607.00001"],
      ["2607.00002", "arXiv:2607.00002"],
      ["2607.00003", "First Title of It"],
      ["doi:10.5555/x.1", "Second Title of It"],
      ["2607.00004", "arXiv:2607.00004"],
      ["2607.00006", "A title of it"],
      ["2607.00007", "arXiv:2607.00007"],
      ["2607.00008", "arXiv:2607.00008"],
    ],
  );
});

test("a list of numbers of PubMed is a list of papers with their pages", async () => {
  for (const list of [
    "30000001\n30000002\n9876543\n",
    "PMID\r\n30000001\r\n30000002\r\n9876543\r\n",
    "# mine\nPMID: 30000001\nPMID:30000002\npmid 9876543",
    "30000001, 30000002 9876543",
  ]) {
    const { ids, name } = await read(list);
    assert.equal(name, "list of identifiers", list);
    assert.deepEqual(ids, ["PubMed 30000001", "PubMed 30000002", "PubMed 9876543"], list);
  }
  const result = await readListing(Buffer.from("30000001\n"), { today: "2026-11-28" });
  assert.equal(result.ok && result.listing.papers[0]?.url, "https://pubmed.ncbi.nlm.nih.gov/30000001/");
  for (const other of [
    "20231101\n20231102\n",
    "12\n30000001.5\n",
    "1\n2\n3\n",
    "300000010\n",
    "30000001 apples\n",
  ])
    assert.deepEqual((await read(other)).ids, [], other);
});

test("a line of many numbers takes time that grows with its length", () => {
  const numbers = "2510.12345 ";
  assertLinear(identifiers, numbers.repeat(sized(40_000)), `see ${numbers.repeat(sized(40_000))}`);
  assertLinear(
    runningText,
    `${"1512.34567 0.5 ".repeat(sized(40_000))}x`,
    `I liked ${numbers.repeat(sized(40_000))}`,
  );
});
