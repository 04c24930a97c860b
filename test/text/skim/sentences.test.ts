import assert from "node:assert/strict";
import { test } from "node:test";
import { sentences } from "../../../source/text/skim/sentences.js";

/** Each row is a text, with `|` where a sentence ends and the blank before the next one begins. */
const cases: readonly string[] = [
  // Plain ends.
  "We try it.| It works.",
  "Does it work?| It does.",
  "It works!| Nobody knows why.",
  "One sentence without an end",
  "One sentence.",
  "It goes on ...| Then it ends.",
  "It goes on … and on.| Then it ends.",
  "It goes on... and on.| Then it ends.",
  "Really?!| Yes.",
  "First.|  Second.|\tThird.",
  // Quotes and brackets.
  "They call it “closed.”| We do not.",
  "They call it ``closed.''| We do not.",
  'They call it "closed."| We do not.',
  "It closes (most of the time).| It opens too.",
  "It closes (as in Sec. 3. of the book).| It opens too.",
  "We ask (Who? When? Where?) and answer.| Then we stop.",
  "(We tried twice.)| Then we stopped.",
  "This is [see Ref. 4] known.| It is old.",
  "This is known.[12]| It is old.",
  "This is known. [12] and more.",
  "It holds.)| A stray bracket is no pair.",
  "Steps 1) and 2) come first.| Then comes 3).",
  // Abbreviations that go on.
  "Small models, e.g. Ant, are fast.| They are small.",
  "Small models, e.g., Ant, are fast.| They are small.",
  "Small models (e.g. Ant and Bee) are fast.| They are small.",
  "The first, i.e. Ant, is fast.| It is small.",
  "The first, i.e., Ant, is fast.| It is small.",
  "Ants vs. Bees is a game.| We play it.",
  "Compare cf. Holm for that.| We do.",
  "As in Fig. 3 and Figs. 4–5, it grows.| It stops in Fig. 6.",
  "By Eq. (2) it grows.| By Eqs. 3 and 4 it stops.",
  "Dr. Holm and Prof. Reed agree.| We do too.",
  "The loss w.r.t. Theta is low.| It is flat.",
  "The norm, a.k.a. Length, is one.| It is kept.",
  "It costs approx. 30 days.| We wait.",
  "The gains, resp. Losses, are small.| We list them.",
  "It lasts ca. 20 minutes.| We wait.",
  "It is in Sec. IV of Ref. Holm.| We cite it.",
  "St. Petersburg is a game.| We play it.",
  "By Thm. A and Lem. B it holds.| We prove it.",
  // Abbreviations that may end.
  "Ants, bees, etc. are small.| We like them.",
  "We count ants, bees, etc.| The rest is left.",
  "Holm et al. show it.| We use it.",
  "Holm et al. (2019) show it.| We use it.",
  "Holm et al. [12] show it.| We use it.",
  "It was shown by Holm et al.| We use it.",
  "Holm et al. Proposed methods vary.",
  "The data are i.i.d. samples.| They are few.",
  "The data are i.i.d.| We draw more.",
  "Pebbles Inc. Research made it.| We buy it.",
  "It was made by Pebbles Inc.| We buy it.",
  "At 5 p.m. Tuesday it stops.| At 6 a.m. it goes on.",
  // Initials and names.
  "J. Holm wrote it.| We read it.",
  "J. K. Holm wrote it.| We read it.",
  "O.R. Holm wrote it.| We read it.",
  "The U.S. Army has it.| We do not.",
  "It was sold in the U.S.| We were not there.",
  "It contains vitamin C.| We measure it.",
  "Plan B follows Plan A.| The plans are short.",
  // Numbers.
  "It gains 3.5 points and loses .2 of them.| That is all.",
  "It was made in 2019.| We know.",
  "It gains 12.| The rest is lost.",
  "It improves.| 13 of 20 agree.",
  "Version 2.0.1 is out.| Version 3 is not.",
  "Rule no. 5 is kept.| The answer is no.| We stop.",
  "It closed on Jan. 5 and Sept. 12.| It is open now.",
  "1. We begin here.| 2. We end here.",
  "(i) We begin here.| (ii) We end here.",
  "On p. 5 and pp. 6–9 it holds.| It fails on p. 10.",
  // Names of models, and signs in names.
  "Yahoo! Answers is a corpus.| We use it.",
  "We try GPT-3.5 and Llama 3.| gpt-4o is left out.",
  "We try two.| mT5 wins.",
  "The .NET runtime and Node.js run it.| Both do.",
  "We write file.txt and main.py.| We read them.",
  // Addresses.
  "Code is at https://example.org/a.b/c.| We thank all.",
  "Code is at https://example.org/v1.2/Read.Me and www.example.org.| We thank all.",
  "Write to a.holm@example.org.| We answer.",
  // TeX.
  "We have $x = 1. Y$ and stop.| It holds.",
  "We have $x = 1.$| It holds.",
  "It is $0.5\\%$ better.| $n$ is small.",
  "It costs $5.| We pay $7 for it.",
  "Holm et~al. show it, e.g.\\ Ant, in Fig.~2.| We use it.",
  "\\textbf{It holds.}| \\emph{We} prove it.",
  // Glued sentences, paragraphs, lists, other scripts.
  "It has quality.|Furthermore, we show more.",
  "It is known.12| We use it.",
  "It has a title\n|\nIt has a text.",
  "We have:\n|- one thing\n|- another thing",
  "It is\nbroken into\nlines.| It is one text.",
  "我们提出一种方法。|它很快！|真的吗？|是的。",
  "これは「速い。」|という意味だ。",
  "Es geht.| Über allem steht es.",
  "¿Funciona?| ¡Sí!| Funciona.",
];

for (const marked of cases) {
  test(`sentences of ${JSON.stringify(marked.slice(0, 60))}`, () => {
    const wanted = marked.split("|").map((part) => part.trim());
    const text = marked.replaceAll("|", "");
    assert.deepEqual(
      sentences(text).map(({ start, end }) => text.slice(start, end)),
      wanted,
    );
  });
}

test("there are at least 80 cases", () => assert.ok(cases.length >= 80, String(cases.length)));

test("no text, and text of signs alone, have no sentence", () => {
  for (const text of ["", " ", "\n\n", "...", ". . .", "—"]) assert.deepEqual(sentences(text), [], text);
});

test("long texts of one sign are split in time that grows with their length", () => {
  for (const sign of [
    ".",
    "(",
    ")",
    "a.",
    "A. ",
    "$",
    "$a. ",
    "\n",
    ". ",
    "[1].",
    "https://a.",
    "e.g. ",
    "。",
  ]) {
    const text = sign.repeat(100_000 / sign.length);
    const begin = performance.now();
    sentences(text);
    const took = performance.now() - begin;
    assert.ok(took < 1_500, `${JSON.stringify(sign)}: ${took.toFixed()} ms`);
  }
});
