import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { simpleParser } from "mailparser";
import { type Digest, digestFormats } from "../../source/exports/digest/digest.js";
import { writeDigest } from "../../source/exports/digest/index.js";
import { readListing } from "../../source/formats/index.js";
import { makePaper, type Paper } from "../../source/papers/paper.js";
import { cellWidth } from "../../source/text/cells.js";

const envelope = { from: "ada@host.example", to: "me@example.org", unique: "a1b2c3" };

const hostile: readonly Paper[] = [
  makePaper({
    id: "2611.00001",
    title: "Über <script>alert(1)</script> & “$\\alpha$-divergences” *bold* [x](y)",
    abstract: `A long abstract. ${"Words of it go on & on. ".repeat(60)}`,
    authors: ["Å. Ångström", "李伟", "C", "D"],
    published: "2026-11-02",
    categories: ["cs.LG", "stat.ML"],
    url: "https://arxiv.org/abs/2611.00001",
  }),
  makePaper({
    id: "title:no address",
    title: "=?UTF-8?Q?not_a_word?= 🦊 \u{1F468}\u200d\u{1F469}\u200d\u{1F467} title",
    url: "javascript:alert(1)",
  }),
  makePaper({
    id: "doi:10.1000/a<b>",
    title: "lone \ud800 surrogate",
    doi: "10.1000/a<b>",
    published: "2026",
  }),
  makePaper({ id: "2611.00004", title: "  - a list item? 1. # heading", published: "2026-11" }),
];

const digest: Digest = {
  title: "Papers of 2 Nov 2026",
  at: Date.parse("2026-11-02T08:24:15Z"),
  sections: [
    {
      title: "Watch: théorie <des> LLM\r\nBcc: evil@example.org",
      isBrief: false,
      items: hostile.slice(0, 2).map((paper) => ({ paper, why: "4 of yours by Xu · langevin <b>" })),
    },
    { title: "The rest", isBrief: true, items: hostile.slice(2).map((paper) => ({ paper, why: null })) },
  ],
  problems: ["cannot fetch feed.example.org: server error (HTTP 503)"],
};

describe("a digest as a mail", () => {
  const mail = writeDigest(digest, "eml", envelope);
  const [head = ""] = mail.split("\r\n\r\n");

  it("has only lines that RFC 5322 allows, in ASCII", () => {
    assert.match(mail, /^[\x20-\x7e\r\n]*$/);
    assert.ok(!/[^\r]\n|\r[^\n]/.test(mail), "every line ends in CR LF");
    for (const line of mail.split("\r\n")) assert.ok(line.length <= 78, line);
  });

  it("has each header once, and none that a title has smuggled in", () => {
    const names = head.split("\r\n").filter((line) => !line.startsWith(" "));
    assert.deepEqual(
      names.map((line) => line.split(":")[0]),
      ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Auto-Submitted"],
    );
    for (const word of head.match(/=\?[^?]*\?B\?[^?]*\?=/g) ?? []) assert.ok(word.length <= 75, word);
  });

  it("is read back by mailparser as it was written", async () => {
    const read = await simpleParser(mail);
    assert.equal(read.from?.value[0]?.address, "ada@host.example");
    assert.equal([read.to].flat()[0]?.value[0]?.address, "me@example.org");
    assert.equal(
      read.subject,
      "Papers of 2 Nov 2026: Watch: théorie <des> LLM Bcc: evil@example.org 2 · The rest 2",
    );
    assert.equal(read.date?.toISOString(), "2026-11-02T08:24:15.000Z");
    assert.equal(read.bcc, undefined);
    assert.equal(read.attachments.length, 0);
    assert.equal(read.text?.trim(), writeDigest(digest, "text", envelope).trim());
    assert.equal((read.html as string).trim(), writeDigest(digest, "html", envelope).trim());
  });

  it("has a short subject however many watches there are, and characters stay whole", async () => {
    const [section] = digest.sections;
    const sections = Array.from({ length: 60 }, (_, at) => ({
      ...(section as Digest["sections"][number]),
      title: `Watch: 🦊🦊 ${at}`,
    }));
    const many = writeDigest({ ...digest, sections }, "eml", { ...envelope, to: null });
    const read = await simpleParser(many);
    assert.ok([...(read.subject ?? "")].length <= 180);
    assert.ok(!read.subject?.includes("\ufffd"));
    assert.equal(read.to, undefined);
    for (const line of many.split("\r\n")) assert.ok(line.length <= 78, line);
  });

  it("keeps a long subject in ASCII on lines that are short enough", async () => {
    const title = `Papers ${"of many words ".repeat(9)}`;
    const sections = digest.sections.slice(1);
    const long = writeDigest({ ...digest, title, sections }, "eml", envelope);
    for (const line of long.split("\r\n")) assert.ok(line.length <= 78, line);
    const read = await simpleParser(long);
    assert.match(read.subject ?? "", /^Papers of many words of many words/);
  });
});

describe("a digest as a feed", () => {
  const feed = writeDigest(digest, "atom", envelope);

  it("is read back as the papers it has", async () => {
    const result = await readListing(Buffer.from(feed), { today: "2026-11-02" });
    assert.ok(result.ok);
    if (!result.ok) return;
    const papers = [...result.listing.papers];
    assert.deepEqual(result.listing.problems, []);
    assert.equal(papers.length, 4);
    const [first] = papers as [Paper];
    assert.equal(first.id, "2611.00001");
    assert.deepEqual(first.authors, ["Å. Ångström", "李伟", "C", "D"]);
    assert.equal(first.published, "2026-11-02");
    assert.match(first.title, /^Über <script>alert\(1\)<\/script> & “.*-divergences”/);
    assert.equal(papers[2]?.title, "lone \ufffd surrogate");
  });

  it("has what RFC 4287 wants of each entry", () => {
    const entries = feed.split("<entry>").slice(1);
    const ids = entries.map((entry) => {
      assert.match(entry, /<updated>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z<\/updated>/);
      assert.match(entry, /<title>[^<]+<\/title>/);
      const id = /<id>([^<]+)<\/id>/.exec(entry)?.[1] as string;
      assert.ok(URL.canParse(id.replaceAll("&amp;", "&")), id);
      return id;
    });
    assert.equal(new Set(ids).size, 4);
    assert.ok(!feed.includes("javascript:"));
  });
});

describe("a digest as HTML", () => {
  const page = writeDigest(digest, "html", envelope);
  it("is one file that runs and fetches nothing", () => {
    assert.ok(!/<script|<img|<link|<iframe|\son\w+=|javascript:|url\(|@import/i.test(page));
    assert.match(page, /&lt;script&gt;alert\(1\)&lt;\/script&gt; &amp;/);
    assert.match(page, /<a href="https:\/\/arxiv\.org\/abs\/2611\.00001">/);
    assert.match(page, /^<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">/);
    assert.match(page, /HTTP 503/);
  });
});

describe("a digest as text and Markdown", () => {
  it("has lines of at most 76 cells, but for addresses", () => {
    const text = writeDigest(digest, "text", envelope);
    for (const line of text.split("\n")) {
      if (!line.includes("https://")) assert.ok(cellWidth(line) <= 76, line);
    }
    assert.match(text, /4 of yours by Xu · langevin/);
    assert.ok(!text.includes("javascript:"));
  });

  it("has no Markdown of a title's own", () => {
    const text = writeDigest(digest, "md", envelope);
    assert.match(text, /\\\*bold\\\*/);
    assert.match(text, /\\\[x\\\]\(y\)/);
    assert.match(text, /^# Papers of 2 Nov 2026\n\n## Watch: théorie \\<des\\> LLM/);
    assert.ok(!/^\s*- - /m.test(text));
  });
});

describe("a digest of papers that are too much", () => {
  const long = "A title that goes on ".repeat(10_000);
  const papers = [
    makePaper({
      id: "2611.00001",
      title: long,
      authors: Array.from({ length: 10_000 }, (_, at) => `A. ${at}`),
    }),
    makePaper({ id: "2611.00002", title: "\u{1F98A}".repeat(100_000), authors: ["x".repeat(100_000)] }),
  ];
  const items = papers.map((paper) => ({ paper, why: null }));
  const large: Digest = { ...digest, problems: [], sections: [{ title: "New", isBrief: false, items }] };

  it("is short in every format", () => {
    for (const format of digestFormats) {
      const text = writeDigest(large, format, envelope);
      assert.ok(text.length < 20_000, `${format}: ${text.length}`);
      if (format !== "eml") assert.match(text, /A title that goes on A title .* …/s);
      assert.doesNotMatch(text, /\ufffd|\p{Surrogate}/u);
    }
  });

  it("says how many authors an entry of Atom does not name", () => {
    const names = writeDigest(large, "atom", envelope).match(/<author><name>A\. \d+|and [\d,]+ more/g) ?? [];
    assert.deepEqual([names.length, names.at(-1)], [101, "and 9,900 more"]);
  });
});
