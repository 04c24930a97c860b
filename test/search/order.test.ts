import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeListing } from "../../source/papers/listing.js";
import { makePaper } from "../../source/papers/paper.js";
import { verbForms } from "../../source/search/forms/forms.js";
import { buildIndex } from "../../source/search/index/search-index.js";
import { search } from "../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../source/search/query/query.js";

interface Written {
  readonly title: string;
  readonly author?: string;
  readonly abstract?: string;
}

/** Each query is answered with the titles in the order of their numbers. */
function ranks(what: string, typed: string, papers: readonly Written[], ...order: number[]): void {
  it(`${what}: ${typed}`, () => {
    const made = papers.map(({ title, author = "Ann Berg", abstract = "" }, at) =>
      makePaper({ id: String(at), title, authors: [author], abstract }),
    );
    const index = buildIndex(makeListing("order", { papers: made, day: null, problems: [] }));
    const found = search(index, parseQuery(typed), () => 0);
    assert.deepEqual(found.slice(0, order.length), order);
  });
}

describe("what is first in a large listing, where every word is in many papers", () => {
  ranks(
    "a title that goes on as typed is before an author with that letter",
    "slow kettles f",
    [
      { title: "Kettles Are Slow at Noon", author: "Felix Fern" },
      { title: "Slow Kettles for Every Kitchen" },
    ],
    1,
    0,
  );
  ranks(
    "a misspelt word is before a longer one that begins like it",
    "garden supdr",
    [
      { title: "Garden Work Goes on in Supervised Care" },
      { title: "Garden Work Goes on with Super Results" },
    ],
    1,
    0,
  );
  ranks(
    "the order of the words decides, however far apart they are",
    "quiet harbour",
    [
      { title: "Harbour Lights on a Long and Quiet Night" },
      { title: "Quiet Mornings at the Old Stone Harbour" },
    ],
    1,
    0,
  );
  ranks(
    "the name of an author of a found paper is not corrected",
    "oza pump",
    [{ title: "Oja Pump Rules" }, { title: "Care of a Pump", author: "Aditya Oza" }],
    1,
  );
  ranks(
    "the meaning of an acronym is before words that begin like it",
    "sorted kl",
    [
      { title: "Sorted Klaxons" },
      { title: "Sorted Lamps for Kitchen Lighting" },
      { title: "Lamps", abstract: "All about kitchen lighting (KL)." },
    ],
    1,
    0,
  );
  ranks(
    "an adverb finds its adjective",
    "selectively sweeps",
    [{ title: "Selective Sweeping of Floors" }, { title: "Floors" }],
    0,
  );
});

describe("forms of a word", () => {
  it("no letter is doubled before a last e", () => {
    const lexicon = { has: (word: string) => word === "lat", hasBeginning: () => true };
    assert.deepEqual(verbForms("latte", lexicon), { verbs: [], nouns: [] });
  });
});
