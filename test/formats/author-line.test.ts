import assert from "node:assert/strict";
import { test } from "node:test";
import { listedNames, splitAuthors } from "../../source/formats/fields/author-line.js";

const cases: readonly [
  line: string,
  authors: string[],
  organization?: string | undefined,
  authorCount?: number,
][] = [
  ["", []],
  ["Ada Lovelace", ["Ada Lovelace"]],
  [
    "Ada Lovelace, Charles Babbage (Cambridge), for the X Collaboration",
    ["Ada Lovelace", "Charles Babbage"],
    "X Collaboration",
  ],
  ["A. One (1), B. Two (1, 2) and C. Three ((1) Here, (2) There (East))", ["A. One", "B. Two", "C. Three"]],
  ["A. One (5, on behalf of the Y team), B. Two", ["A. One", "B. Two"], "Y team"],
  ["A. One (on behalf of the Y team, (1) Here)", ["A. One"], "Y team"],
  ["CMS Collaboration: A. One, B. Two", ["A. One", "B. Two"], "CMS Collaboration"],
  ["The CMS Collaboration", ["The CMS Collaboration"]],
  ["John Smith, Jr., Martin King, III", ["John Smith Jr.", "Martin King III"]],
  ["A. One,, B. Two, :, 1, --", ["A. One", "B. Two"]],
  ["A.\\,B. One, C. Two \\& D. Three And E. Four", ["A. B. One", "C. Two", "D. Three", "E. Four"]],
  ["A. One, et al. (84 additional authors not shown)", ["A. One"], undefined, 85],
  ["A. One (Here, B. Two, C. Three", ["A. One Here", "B. Two", "C. Three"]],
  ["A. One) B. Two", ["A. One B. Two"]],
  ["Andrea Sandoval and Jo Band", ["Andrea Sandoval", "Jo Band"]],
];

test("a line of authors is split into their names", () => {
  for (const [line, authors, organization = null, authorCount = null] of cases) {
    assert.deepEqual(splitAuthors(line), { authors, organization, authorCount }, line);
  }
});

test("journals write last names first", () => {
  const names = (line: string) => splitAuthors(line, { lastFirst: true }).authors;
  assert.deepEqual(names("Lovelace, A., Babbage, C. J."), ["A. Lovelace", "C. J. Babbage"]);
  assert.deepEqual(names("Lovelace, Ada"), ["Ada Lovelace"]);
  assert.deepEqual(names("Lovelace, A., Babbage, C. J., Loom Consortium"), [
    "A. Lovelace",
    "C. J. Babbage",
    "Loom Consortium",
  ]);
  assert.deepEqual(names("Ada Lovelace, Charles Babbage, Loom Group, IBM"), [
    "Ada Lovelace",
    "Charles Babbage",
    "Loom Group",
    "IBM",
  ]);
  assert.deepEqual(names("Ada Lovelace, Charles Babbage"), ["Ada Lovelace", "Charles Babbage"]);
});

test("initials after the family names are put first, and only they", () => {
  for (const [written, expected] of [
    [
      ["Holm I.", "van Reed OT", "de la Cruz M", "O'Neil P", "Li N", "Smith JAB"],
      ["I. Holm", "OT van Reed", "M de la Cruz", "P O'Neil", "N Li", "JAB Smith"],
    ],
    [
      ["Holm I", "Team A"],
      ["I Holm", "Team A"],
    ],
  ] as const) {
    assert.deepEqual(listedNames(written), expected);
  }
  for (const written of [
    ["Otto Reed", "Study Group A"],
    ["Team A"],
    ["MIN XU"],
    ["JUN LI", "WEI WU"],
    ["Kim J Jr"],
    ["Holm I", "Plato"],
    ["World Health Organization"],
  ]) {
    assert.deepEqual(listedNames(written), written);
  }
  // A comma shows the order.
  assert.deepEqual(listedNames(["LI, Wei", "XU, Min"]), ["Wei LI", "Min XU"]);
  assert.deepEqual(listedNames(["E, Weinan"]), ["Weinan E"]);
});
