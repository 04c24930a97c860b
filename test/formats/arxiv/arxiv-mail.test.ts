import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { arxivMail } from "../../../source/formats/arxiv/mail.js";
import { sized } from "../../support/long.js";
import {
  assertLinear,
  assertSurvives,
  filledFields,
  fixture,
  read,
  sample,
  samples,
} from "../line-formats.js";

const whole = fixture("arxiv-mail.txt");
const ids = (text: string) => read(arxivMail, text).papers.map(({ id }) => id);

test("every paper of a digest is read, with its fields and the mail's day", () => {
  const { papers, day, problems } = read(arxivMail, whole);
  assert.deepEqual(
    { papers: papers.map(filledFields), day, problems },
    JSON.parse(fixture("arxiv-mail.expected.json")),
  );
  assert.equal(arxivMail.detect(whole), 1);
});

test("the real digests are read", { skip: !existsSync(samples) }, () => {
  const digest = read(arxivMail, sample("arxiv-mail/digest-2025-07-10.txt"));
  assert.equal(digest.papers.length, 77);
  assert.equal(digest.day, "2025-07-10");
  assert.deepEqual(digest.problems, []);
  assert.equal(digest.papers.filter(({ abstract }) => abstract !== "").length, 38);
  assert.equal(digest.papers.filter(({ published }) => published !== null).length, 38);
  assert.deepEqual(
    digest.papers.filter(({ withdrawn }) => withdrawn).map(({ id }) => id),
    ["2408.02739"],
  );
  const braneworld = digest.papers.find(({ id }) => id === "2507.07193");
  assert.deepEqual(braneworld?.authors.at(-1), "Yuri Shtanov");
  assert.equal(braneworld?.authors.length, 5);

  const listing = read(arxivMail, sample("arxiv-mail/listing-new-astro-ph.HE.txt"));
  assert.equal(listing.papers.length, 27);
  assert.equal(listing.day, "2023-03-03");
  assert.deepEqual(listing.problems, []);
  for (const { authors, categories } of [...digest.papers, ...listing.papers]) {
    assert.ok(authors.length > 0 && categories.length > 0);
    for (const name of authors) assert.doesNotMatch(name, /[(){}\\,]/);
  }
});

test("without the mail's headers the day is the end of the span it covers", () => {
  assert.equal(read(arxivMail, whole.slice(whole.indexOf("Subject:"))).day, "2025-10-24");
  assert.equal(read(arxivMail, whole.slice(whole.indexOf("\\\\"))).day, null);
});

test("line ends of another system make no difference", () => {
  assert.deepEqual(read(arxivMail, whole.replaceAll("\n", "\r\n")), read(arxivMail, whole));
  assert.equal(arxivMail.detect(whole.replaceAll("\n", "\r\n")), 1);
});

test("lines lost between two papers do not merge them", () => {
  assert.deepEqual(ids(whole.replace(/^-+$/gm, "")), ids(whole));
  assert.deepEqual(ids(whole.replace(/^\\\\ \(.*$/gm, "")), ids(whole));
  assert.equal(ids(whole.replace(/^.*https:\/\/arxiv\.org\/abs\/hep.*\n-+\n.*\n/m, "")).length, 4);
});

test("a digest cut off gives the papers before the cut, and says where it ends", () => {
  const { papers, problems } = read(arxivMail, whole.slice(0, whole.indexOf("Short, and cross") + 10));
  assert.deepEqual(
    papers.map(({ id }) => id),
    ["2510.22543", "2510.20001"],
  );
  assert.equal(papers[1]?.abstract, "Short, and");
  assert.deepEqual(
    problems.map(({ line }) => line),
    [40],
  );
  assert.match(problems[0]?.message ?? "", /cut off/);
});

test("a paper without a title is skipped and said; a strange identifier is said", () => {
  const noTitle = read(arxivMail, whole.replace("Title: A paper of another archive\n", ""));
  assert.equal(noTitle.papers.length, 3);
  assert.deepEqual(noTitle.problems, [
    { line: 40, message: "a paper without a title was skipped", skips: 1 },
  ]);
  const strange = read(arxivMail, whole.replace("arXiv:2408.00002", "arXiv:nothing"));
  assert.equal(strange.papers[3]?.id, "title:a-paper-that-is-no-more/five");
  assert.equal(strange.problems.length, 1);
});

test("a paper whose abstract is its withdrawal is withdrawn", () => {
  const note = "This paper has been withdrawn by the authors.";
  const [, paper] = read(arxivMail, whole.replace("Short, and cross-listed.", note)).papers;
  assert.deepEqual([paper?.abstract, paper?.withdrawn], [note, true]);
});

/** RFC 2045, section 6.7, as mail servers do it. */
function quotedPrintable(text: string): string {
  const line = (one: string) =>
    [...new TextEncoder().encode(one)]
      .map((byte) => (byte < 0x7f && byte !== 0x3d ? String.fromCharCode(byte) : hex(byte)))
      .join("")
      .replace(/ $/, "=20")
      .replace(/.{72}(?:=..)?(?=.)/g, "$&=\n");
  const hex = (byte: number) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  return text.split("\n").map(line).join("\n");
}

test("a mail in quoted-printable is decoded, with and without the header that says so", () => {
  const mail = whole.replace("Comments: 12", "Comments: Erdős, x=20, 12");
  const decoded = read(arxivMail, mail);
  assert.equal(decoded.papers[0]?.comment?.slice(0, 15), "Erdős, x=20, 12");
  const sent = quotedPrintable(mail);
  assert.match(sent, /=C5=91s, x=3D20/);
  assert.deepEqual(read(arxivMail, sent), decoded);
  const header = "Content-Transfer-Encoding: quoted-printable\n";
  assert.deepEqual(read(arxivMail, header + sent).papers, decoded.papers);
  assert.equal(arxivMail.detect(header + sent), 1);
  // Saved by a program that had decoded it, but kept its header.
  assert.deepEqual(read(arxivMail, header + mail).papers, decoded.papers);
  const latin1 = sent.replace("=C5=91s", "=F3s").replaceAll("\n", "\r\n");
  assert.equal(read(arxivMail, latin1).papers[0]?.comment?.slice(0, 5), "Erdós");
});

test("of a mail in quoted-printable the lines are those of the file", () => {
  const sent = quotedPrintable(whole.replace("Title: A paper of another archive\n", ""));
  const line = sent.split("\n").findIndex((one) => one.startsWith("arXiv:2510.20001")) + 1;
  assert.deepEqual(read(arxivMail, sent).problems, [
    { line, message: "a paper without a title was skipped", skips: 1 },
  ]);
});

test("an equals sign at the end of a line is no encoding", () => {
  const formula = "Title: A listing that is long enough to end in the middle of a formula, a =";
  const [paper] = read(arxivMail, whole.replace(/^Title: A listing.*$/m, formula)).papers;
  assert.equal(paper?.title, `${formula.slice(7)} line of its title`);
});

test("no damage makes it throw, and it takes linear time", () => {
  assertSurvives(arxivMail, whole);
  assertSurvives(arxivMail, quotedPrintable(whole));
  const open = "\\\\\narXiv:2510.22543\nTitle: T\nAuthors: ";
  assertLinear(
    arxivMail,
    open + "(".repeat(sized(1e6)),
    `${open}A${" ".repeat(sized(1e6))}B`,
    `${open}${"A and ".repeat(sized(2e5))}`,
    "\\\\\narXiv:2510.22543\n".repeat(sized(1e5)),
    `arXiv:${"a".repeat(sized(1e6))}`,
    `${open}\n\\\\\n${"\\\\\n".repeat(sized(5e5))}`,
    `received from ${" ".repeat(sized(1e6))}`,
    `${open}${"x".repeat(70)}=\n${"=41=\n".repeat(sized(3e5))}`,
    `${open}${"x".repeat(70)}=\n${"= ".repeat(sized(5e5))}`,
  );
});
