import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { parseQuery, type Term } from "../../../source/search/query/query.js";
import { conditionNames, names } from "../../../source/search/query/tokens.js";
import { partNames } from "../../../source/search/text/fields.js";

const text = readFileSync(new URL("../../../docs/filter.md", import.meta.url), "utf8");
const examples = [...text.matchAll(/^\| `(.+?)` \| (.+) \|$/gm)].map((found) =>
  (found[1] as string).replaceAll("\\|", "|"),
);
const grammar = /```ebnf\n([\s\S]*?)```/.exec(text)?.[1] ?? "";

/** Names of numeric fields that do not accept text. */
const onlyNumbers: readonly string[] = ["upvotes", "votes", "likes", "stars", "comments", "citations"];

/** The name of the grammar clause that a term belongs to. */
function clauseOf(term: Term): string {
  if (term.kind === "has") return `has:${term.part}`;
  if (term.kind === "is") return `is:${term.mark}`;
  if (term.kind === "word" || term.kind === "phrase") return `${term.kind} ${term.field ?? ""}`.trim();
  return term.kind === "number" ? term.field : term.kind;
}

describe("docs/filter.md", () => {
  it("has examples", () => assert.ok(examples.length > 30 && new Set(examples).size === examples.length));
  for (const typed of examples) {
    it(`understands ${typed}`, () => {
      const { notes, unfinished, isEmpty } = parseQuery(typed);
      assert.deepEqual([notes, unfinished, isEmpty], [[], [], false]);
    });
  }

  it("has an example for each clause of the grammar", () => {
    const clauses = new Set(examples.flatMap((typed) => parseQuery(typed).terms.map(clauseOf)));
    for (const clause of [
      "word",
      "phrase",
      "word title",
      "phrase abstract",
      "word author",
      "phrase author",
      "word id",
      "word key",
      "word category",
      "word comment",
      "word venue",
      "word keyword",
      "word org",
      "word summary",
      "from",
      "has:code",
      "has:project",
      "has:summary",
      "has:doi",
      "has:pdf",
      "stars",
      "comments",
      "citations",
      "is:unread",
      "is:read",
      "is:starred",
      "is:later",
      "is:new",
      "is:muted",
      "is:followed",
      "is:watched",
      "date",
      "upvotes",
      "authors",
    ]) {
      assert.ok(clauses.has(clause), clause);
    }
  });

  it("names every field and mark that the parser knows, and no other", () => {
    const named = (rule: string) => {
      const [, right = ""] = new RegExp(`^${rule}\\s*=([^;]*);`, "m").exec(grammar) ?? [];
      return [...right.matchAll(/"([a-z]+):?"/g)].map((found) => found[1] as string);
    };
    const fields = named("field");
    const known = names.filter((name) => !conditionNames.includes(name) && !onlyNumbers.includes(name));
    assert.deepEqual(fields.toSorted(), known.toSorted());
    for (const field of fields.filter((name) => !onlyNumbers.includes(name)))
      assert.deepEqual(parseQuery(`${field}:word`).notes, [], field);
    assert.match(parseQuery("venu:word").notes.join(), /not a field/);
    const marks = named("mark");
    for (const mark of marks) assert.equal(parseQuery(`is:${mark}`).terms[0]?.kind, "is", mark);
    assert.deepEqual(marks.toSorted(), [
      "followed",
      "later",
      "muted",
      "new",
      "read",
      "starred",
      "unread",
      "watched",
    ]);
    const conditions = ["is", "has", "from", "watch", "year", "after", "before"];
    assert.deepEqual(named("condition"), [
      ...conditions,
      ...onlyNumbers.slice(0, 3),
      "authors",
      ...onlyNumbers.slice(3),
    ]);
    const parts = named("part");
    for (const part of parts) assert.equal(parseQuery(`has:${part}`).terms[0]?.kind, "has", part);
    assert.deepEqual(parts.toSorted(), [...new Set(partNames.values())].toSorted());
  });

  it("quotes and colons inside a word are part of it", () => {
    for (const typed of ['5"disk', "a:b", 'x"y"z', "C++:11", "1:2:3"]) {
      const { terms } = parseQuery(`title:${typed}`);
      assert.deepEqual(terms, [{ kind: "word", text: typed, field: "title", negated: false }], typed);
    }
  });

  it("no input throws, and every query reports what it ignored", () => {
    const pieces = [
      '"',
      "-",
      ":",
      "..",
      ">",
      "is:",
      "year:",
      "after:",
      "title:",
      "x",
      "2023",
      " ",
      "\\",
      "≥",
      "é",
    ];
    let state = 1;
    for (let round = 0; round < 20_000; round += 1) {
      let typed = "";
      for (let length = 0; length < 8; length += 1) {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        typed += pieces[(state >>> 16) % pieces.length];
      }
      const { terms, isEmpty, text: kept } = parseQuery(typed);
      assert.equal(kept, typed);
      assert.equal(isEmpty, terms.length === 0);
    }
  });
});
