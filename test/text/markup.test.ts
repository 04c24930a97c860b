import assert from "node:assert/strict";
import { test } from "node:test";
import { fromMarkup } from "../../source/text/markup.js";
import { fromTexAccents, personName } from "../../source/text/names.js";

test("tags and entities become text, everything else stays", () => {
  for (const [text, plain] of [
    ["plain $a<b$ and x_1", "plain $a<b$ and x_1"],
    ["a &amp; b &lt; c &eacute;", "a & b < c é"],
    ["&amp;lt;b&amp;gt;", ""],
    [
      "<jats:title>Abstract</jats:title><jats:p>We <jats:italic>show</jats:italic> it.</jats:p>",
      "Abstract We show it.",
    ],
    ["one<br/>two", "one two"],
    ['see <a href="https://x.example/a?b=1">the code</a>.', "see the code."],
    ["H<sub>2</sub>O", "H2O"],
    ["<mml:math><mml:mi>x</mml:mi><mml:mo>=</mml:mo><mml:mn>1</mml:mn></mml:math>", "x=1"],
    ["<think> tokens", "<think> tokens"],
    ["AT&T & a <- b -> c", "AT&T & a <- b -> c"],
    ["&#27;[2J&#x9b;2J", "›2J"],
  ] as const)
    assert.equal(fromMarkup(text), plain, text);
});

test("accents written in TeX become letters", () => {
  for (const [tex, text] of [
    ['H\\"older', "Hölder"],
    ["{\\'e}", "{é}"],
    ["\\'{e}t\\'e", "été"],
    ["Erd{\\H o}s", "Erd{ő}s"],
    ["Erd\\H{o}s", "Erdős"],
    ["Fran\\c{c}ois", "François"],
    ["\\v{S}koda \\v Z", "Škoda Ž"],
    ['na\\"{\\i}ve', "naïve"],
    ["\\L ukasz \\O{}rsted Stra\\ss e", "Łukasz Ørsted Straße"],
    ["Ga\\'\\i", "Gaí"],
    ['\\r{A}ngstr\\"om', "Ångström"],
    ["\\alpha and \\url{x}", "\\alpha and \\url{x}"],
    ["plain", "plain"],
  ] as const)
    assert.equal(fromTexAccents(tex), text, tex);
});

test("names are read first name first", () => {
  for (const [written, name] of [
    ["Lovelace, Ada", "Ada Lovelace"],
    ["{van der Berg}, Jan", "Jan van der Berg"],
    ["King, Jr., Martin Luther", "Martin Luther King Jr."],
    ["King, Jr.", "King Jr."],
    ["Ada Lovelace", "Ada Lovelace"],
    ["{\\'E}variste~Galois", "Évariste Galois"],
    ['M{\\"u}ller, J.', "J. Müller"],
    ["{OpenAI}", "OpenAI"],
    [" , ", ""],
  ] as const)
    assert.equal(personName(written), name, written);
});
