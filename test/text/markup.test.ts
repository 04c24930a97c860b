import assert from "node:assert/strict";
import { test } from "node:test";
import { fromMarkup } from "../../source/text/markup.js";
import { fromTexAccents, personName } from "../../source/text/names.js";
import { sized } from "../support/long.js";

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
    ["H<sub>2</sub>O", "H₂O"],
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

/** MathML as JATS writes it. */
const math = (inner: string) => `<mml:math>${inner.replace(/<(\/?)m/g, "<$1mml:m")}</mml:math>`;

test("powers and indices keep their place", () => {
  for (const [text, plain] of [
    ["below 10<sup>-3</sup>, or 2<sup>10</sup>", "below 10⁻³, or 2¹⁰"],
    ["10&lt;sup&gt;−6&lt;/sup&gt; and 10&amp;lt;sup&amp;gt;9&amp;lt;/sup&amp;gt;", "10⁻⁶ and 10⁹"],
    ["Ca<jats:sup>2+</jats:sup>, <sup>14</sup>C, log<inf>2</inf> n", "Ca²⁺, ¹⁴C, log₂ n"],
    ["T<sub>eff</sub>, x<sub>max</sub> and k<SUB>B</SUB>T", "T_eff, xₘₐₓ and k_BT"],
    ["e<sup>x<sup>2</sup></sup>", "e^(x²)"],
    [
      "the 1<sup>st</sup> and 12<sup>th</sup>, Foo<sup>TM</sup>, Bar<sup>®</sup>",
      "the 1st and 12th, Foo™, Bar®",
    ],
    ["Ada<sup>1,2</sup>", "Ada¹,²"],
    ["x<sup> 2 </sup>y<sup></sup>z", "x² yz"],
    ["<sup>never closed", "never closed"],
    ["<a><sup>2</a> closed by another", "2 closed by another"],
    ["x</sup>y", "xy"],
    [`<sup>${"a long note ".repeat(9)}</sup>`, "a long note ".repeat(9).trim()],
  ] as const)
    assert.equal(fromMarkup(text), plain, text);
});

test("MathML is read as a formula on one line", () => {
  for (const [inner, plain] of [
    ["<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"],
    ["<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a+b)/c"],
    ["<msqrt><mi>n</mi></msqrt>", "√n"],
    ["<mroot><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow><mn>3</mn></mroot>", "∛(x+1)"],
    ["<msup><mn>10</mn><mrow><mo>−</mo><mn>3</mn></mrow></msup>", "10⁻³"],
    ["<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "xᵢ²"],
    ["<mover accent='true'><mi>x</mi><mo>¯</mo></mover>", "x̄"],
    ["<mover><mi>x</mi><mo>^</mo></mover>", "x̂"],
    [
      "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><msub><mi>x</mi><mi>i</mi></msub>",
      "∑ᵢ₌₁ⁿxᵢ",
    ],
    ["<munder><mo>lim</mo><mrow><mi>n</mi><mo>→</mo><mi>∞</mi></mrow></munder>", "lim_(n→∞)"],
    ["<mfenced open='[' close=')'><mi>a</mi><mi>b</mi></mfenced>", "[a,b)"],
    ["<mmultiscripts><mi>C</mi><mprescripts/><none/><mn>14</mn></mmultiscripts>", "¹⁴C"],
    ["<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>", "(n choose k)"],
    ["<mi>&alpha;</mi><mo>&lt;</mo><mn>5%</mn>", "α<5%"],
    ["<mi>sin</mi><mi>θ</mi>", "sin θ"],
    ["\n  <msqrt>\n  <mi>n</mi>\n  </msqrt>\n", "√n"],
    ["<mfrac><mn>7</mn></mfrac>", "7"],
  ] as const)
    assert.equal(fromMarkup(math(inner)), plain, inner);
  assert.equal(fromMarkup(`Spin-${math("<mfrac><mn>1</mn><mn>2</mn></mfrac>")} chains`), "Spin-1/2 chains");
});

test("of the two forms of a formula the authors' TeX is taken", () => {
  const both = `<jats:tex-math>$G$</jats:tex-math>${math("<mi>G</mi>")}`;
  for (const inner of [both, `<jats:alternatives>${both}</jats:alternatives>`])
    assert.equal(fromMarkup(`of <jats:inline-formula>${inner}</jats:inline-formula>, that`), "of $G$, that");
  assert.equal(fromMarkup(`a ${both} b`), "a $G$ b");
  const document = "\\documentclass{minimal}\\begin{document}$$x^2$$\\end{document}";
  assert.equal(fromMarkup(`<tex-math>${document}</tex-math>`), "$$x^2$$");
});

test("words are separated from a formula or name between them that has no spaces", () => {
  for (const [text, plain] of [
    [`the group<jats:inline-formula>${math("<mi>G</mi>")}</jats:inline-formula>is`, "the group G is"],
    [
      "targeting<jats:italic>SMARCB1</jats:italic>for and<jats:italic>MLH1</jats:italic>via",
      "targeting SMARCB1 for and MLH1 via",
    ],
    [
      `the ${math("<mi>n</mi>")}th, a${math("<mi>K</mi>")}-theory, (${math("<mi>p</mi>")})`,
      "the nth, a K-theory, (p)",
    ],
    [`SU${math("<mo>(</mo><mn>2</mn><mo>)</mo>")} and ${math("<mi>μ</mi>")}m`, "SU(2) and μm"],
  ] as const)
    assert.equal(fromMarkup(text), plain, text);
});

test("a link whose text says nothing gives its address", () => {
  for (const [text, plain] of [
    ['page: <a href="https://a.example/">this https URL.</a>', "page: https://a.example/."],
    [
      "page: &lt;a href='http://a.example/x?a=1&amp;amp;b=2'&gt;this http URL&lt;/a&gt;",
      "page: http://a.example/x?a=1&b=2",
    ],
    ['Code is <a rel="x" href="https://a.example/c">here</a>.', "Code is here (https://a.example/c)."],
    ['by <a href="https://a.example/p">Ada Lovelace</a>', "by Ada Lovelace"],
    ['<a href="javascript:x">this https URL</a>', "this https URL"],
  ] as const)
    assert.equal(fromMarkup(text), plain, text);
});

test("markup without an end takes linear time", () => {
  for (const piece of [
    "<sup>",
    "</sup>",
    "<math>",
    "<mfrac>",
    '<a href="',
    "<sup>a</sup>",
    "<math><mi>a</mi></math>",
    "x<jats:italic>a</jats:italic>",
    "<tex-math>$a$</tex-math><math>",
    "&lt;",
  ]) {
    fromMarkup(piece.repeat(sized(1e6) / piece.length));
    fromMarkup(`<math>${piece.repeat(sized(1e6) / piece.length)}`);
  }
});
