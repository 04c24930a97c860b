import assert from "node:assert/strict";
import { test } from "node:test";
import { sortRows } from "../../source/reader/sorting.js";
import { seeded } from "../search/papers.js";
import { listingOf, Reader } from "./reader.js";

const papers = ["Zebras", "ärlig", "Ostrich", "Öre", "apes"].map((title) => ({
  title,
  authors: [`Ann ${title}`],
}));

test("titles and names are sorted in the order of the reader's language", () => {
  for (const keys of ["St", "Sa"]) {
    assert.deepEqual(new Reader(papers).type(keys).rows, ["apes", "ärlig", "Öre", "Ostrich", "Zebras"], keys);
    const swedish = new Reader(papers, { locale: "sv-SE" });
    assert.deepEqual(swedish.type(keys).rows, ["apes", "Ostrich", "Zebras", "ärlig", "Öre"], keys);
  }
});

test("all rows, and a few of them, come in the order that a plain stable sort gives", () => {
  const next = seeded(4);
  const words = "Äpfel apple Aal zebra 2 10 öl Øre 學習 – (an)".split(" ");
  const text = () => Array.from({ length: 1 + next(3) }, () => words[next(words.length)]).join(" ");
  const listing = listingOf(
    Array.from({ length: 3_000 }, () => ({
      title: text(),
      authors: next(5) === 0 ? [] : [text()],
      published: next(6) === 0 ? null : `20${10 + next(9)}-0${1 + next(9)}-11`,
      upvotes: next(6) === 0 ? null : next(30),
    })),
  );
  const plain = (
    rows: number[],
    key: (at: number) => string | number | null,
    reversed: boolean,
    locale: string,
  ) => {
    const { compare } = new Intl.Collator(locale, {
      sensitivity: "base",
      numeric: true,
      ignorePunctuation: true,
    });
    return [...rows].sort((a, b) => {
      const [one, other] = [key(a), key(b)];
      if (one === null || other === null) return Number(one === null) - Number(other === null);
      const way = typeof one === "string" ? compare(one, other as string) : (other as number) - one;
      return reversed ? -way : way;
    });
  };
  const every = Array.from({ length: listing.size }, (_, at) => at);
  const some = every.map(() => next(listing.size)).filter((at, place, all) => all.indexOf(at) === place);
  for (const locale of ["en", "sv", "da"]) {
    for (const reversed of [false, true]) {
      for (const rows of [some.slice(0, 90), some, every]) {
        const sorted = (key: "title" | "author" | "date" | "upvotes") =>
          sortRows(listing, [...rows], { key, reversed }, locale);
        const of = (at: number) => listing.paper(at);
        assert.deepEqual(
          sorted("title"),
          plain(rows, (at) => of(at).title, reversed, locale),
        );
        assert.deepEqual(
          sorted("upvotes"),
          plain(rows, (at) => of(at).upvotes, reversed, locale),
        );
        // The newest first: days are numbers here.
        const day = (at: number) => of(at).published?.replaceAll("-", "") ?? null;
        assert.deepEqual(
          sorted("date"),
          plain(rows, (at) => (day(at) === null ? null : Number(day(at))), reversed, locale),
        );
      }
    }
  }
});
