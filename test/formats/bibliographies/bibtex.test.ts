import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { bibtex } from "../../../source/formats/bibtex/bibtex.js";
import { makePaper, type Paper } from "../../../source/papers/paper.js";
import { personName } from "../../../source/text/names.js";
import { plainTex } from "../../../source/text/tex/render.js";
import { sized } from "../../support/long.js";

const options = { today: "2026-11-23" };
const read = (name: string) => readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url), "utf8");
const fixture = read("library.bib");
const samples = new URL("../../../../../shared/samples/bibtex/", import.meta.url);
const parse = (text: string) => bibtex.parse(text, options);
const withoutEntry = ({ entry: _, ...paper }: Paper): Paper => paper;
const one = (fields: string): Paper => {
  const { papers } = parse(`@misc{x, title = {A Title}, ${fields}}`);
  assert.equal(papers.length, 1);
  return papers[0] as Paper;
};

function assertClean(papers: readonly Paper[]): void {
  for (const paper of papers) {
    assert.notEqual(paper.title, "");
    assert.doesNotMatch(Object.values(paper).flat().join(""), /[\x00-\x1f\x7f-\x9f]/);
    if (paper.published !== null) assert.match(paper.published, /^\d{4}(?:-\d\d(?:-\d\d)?)?$/);
  }
}

test("the library is read, a broken entry as far as it goes", () => {
  const { papers, day, problems } = parse(fixture);
  const expected: (Partial<Paper> & { title: string })[] = JSON.parse(read("library.expected.json"));
  assert.deepEqual(papers.map(withoutEntry), expected.map(makePaper));
  assert.equal(day, null);
  assert.deepEqual(problems, [
    { line: 45, message: "the entry “broken” is not closed before the next entry" },
    { line: 50, message: "the entry “empty” has no fields of a paper and was skipped", skips: 1 },
  ]);
  assert.equal(bibtex.detect(fixture), 1);
  assert.ok(bibtex.detect(fixture.slice(fixture.indexOf("Notes"))) >= 0.8);
});

test("real libraries are read", { skip: !existsSync(samples) }, () => {
  const sample = (name: string) => parse(readFileSync(new URL(name, samples), "utf8"));
  const library = sample("library-with-abstracts.bib");
  assert.equal(library.papers.length, 20);
  assert.deepEqual(library.problems, []);
  const last = library.papers.at(-1);
  assert.equal(last?.title, "Lucretius II: An Ethics of Motion");
  assert.equal(last?.published, "2020-03-01");
  assert.equal(library.papers[13]?.title, "Jatropha: A magic bullet filled with oil");
  assert.equal(library.papers.filter(({ abstract }) => abstract.length > 100).length, 19);
  assert.ok(library.papers.every(({ keywords }) => keywords.length > 3));
  const small = sample("small.bib");
  assert.equal(small.papers.length, 2);
  assert.equal(small.papers[0]?.authors[1], "Shanaka L DeSilva");
  assert.deepEqual(
    small.problems.map(({ line }) => line),
    [10],
  );
  const [article] = sample("author-splitting.bib").papers;
  assert.equal(article?.id, "doi:10.1002/pssa.2210930226");
  assert.match(article?.title ?? "", /Index of Cu\$_2\$O Thin Film/);
  assert.equal(article?.published, "1986");
  assert.equal(article?.authors.length, 4);
});

test("the identifier is found where exporters put it", () => {
  assert.equal(one("eprint = {2510.22543v2}, eprinttype = {arxiv}").id, "2510.22543");
  assert.equal(one("eprint = {2510.22543}").id, "2510.22543");
  assert.equal(one("eprint = {2510.22543}, eprinttype = {jstor}").id, "title:a-title");
  assert.equal(one("journal = {CoRR}, volume = {abs/1706.03762}").id, "1706.03762");
  assert.equal(one("doi = {10.48550/arXiv.1706.03762}").id, "1706.03762");
  assert.equal(one("eid = {arXiv:1706.03762}").id, "1706.03762");
  assert.equal(one("url = {http://arxiv.org/abs/math.GT/0309136v1}").id, "math/0309136");
  assert.equal(one("url = {javascript:alert(1)}").url, null);
});

test("commands of looks leave their text, quotations get marks, unknown ones lose their name", () => {
  const title = (text: string) => parse(`@misc{x, title = {${text}}}`).papers[0]?.title;
  assert.equal(title(String.raw`{H\textsubscript{2}O} in 10\textsuperscript{3} \ce{CO2}`), "H₂O in 10³ CO₂");
  assert.equal(
    title(String.raw`\mkbibquote{Intentionalit{\"a}t} und \enquote{Sinn}`),
    "“Intentionalität” und “Sinn”",
  );
  assert.equal(
    title(String.raw`Loom\hyphen based {\guillemotleft}Weaving{\guillemotright}`),
    "Loom-based «Weaving»",
  );
  assert.equal(title(String.raw`\href{https://example.org}{The {Loom}} page`), "The Loom page");
  assert.equal(title(String.raw`a\quad b\,c`), "a b c");
  assert.equal(title(String.raw`a\begin{it}b\end{it}c`), "abc");
  assert.equal(
    title(String.raw`\nicefrac{1}{{DNA} x} of \Foo {Bar} {Baz}`),
    String.raw`\nicefrac{1}{DNA x} of Bar Baz`,
  );
  assert.equal(title(String.raw`\texttt{A} {\it b} \protect\emph{C}`), "A b C");
  assert.equal(
    title(String.raw`\enquote{a $\frac{b}{c}$ d} {at $\sqrt{s}$} \Foo{$x$}`),
    String.raw`“a $\frac{b}{c}$ d” at $\sqrt{s}$ $x$`,
  );
  assert.equal(title("An {{open"), undefined);
});

test("TeX that Mendeley has escaped is TeX again", () => {
  const abstract = (text: string) => one(`abstract = {${text}}`).abstract;
  assert.equal(
    abstract(String.raw`R$\backslash$'enyi and $\backslash$emph{\{}R{\'{e}}nyi{\}}`),
    "Rényi and Rényi",
  );
  const formula = String.raw`{\$}E{\_}{\{}\backslashmax{\}} {\textless} 2{\^{}}n{\$}`;
  assert.equal(abstract(`For ${formula} at 5{\\%}.`), String.raw`For $E_{\max} < 2^n$ at 5%.`);
  assert.equal(abstract(String.raw`From {\$}5 to {\$}10, {\$}n{\_}1{\$}`), "From $5 to $10, $n_1$");
});

test("escapes of web pages and scripts in an abstract are what they stand for", () => {
  const shown = (text: string) => plainTex(one(`abstract = {${text}}`).abstract);
  const cases: readonly (readonly [written: string, read: string])[] = [
    [
      String.raw`gradients.\n\nMETHODS: We, \n(up to 5) \nu and $\nu$`,
      "gradients. METHODS: We, (up to 5) ν and ν",
    ],
    [
      String.raw`a.\textbackslash{}n\textbackslash{}nRESULTS $\backslash$n$\backslash$nMETHODS b.\textbackslash n**C {\textbackslash}r{\textbackslash}n`,
      "a. RESULTS METHODS b. **C",
    ],
    [String.raw`planet\textbackslash u2019s name`, "planet’s name"],
    [String.raw`\textbackslash emph\{WFIRST\} and {\textbackslash}textbf\{ELTs\}`, "WFIRST and ELTs"],
    [
      String.raw`of \$T{$>$}12\$. The \$p\$ value at \$z{\textgreater}6\$, 9.79\$-\$76`,
      "of T>12. The p value at z>6, 9.79-76",
    ],
    [String.raw`masses 58\^\{+21\}\_\{-20\} M`, "masses 58⁺²¹₋₂₀ M"],
    [String.raw`US\$3 or \$5, {$>$} \$7`, "US$3 or $5, > $7"],
  ];
  for (const [written, read] of cases) assert.equal(shown(written), read, written);
  assert.deepEqual(one(String.raw`author = {Terr{\'o}n-D\'\iaz, Mar\'\ia and \'\I, B}`).authors.slice(0, 1), [
    "María Terrón-Díaz",
  ]);
});

test("TeX that Zotero and Better BibTeX have escaped is TeX again, and prices are prices", () => {
  const abstract = (text: string) => one(`abstract = {${text}}`).abstract;
  const zotero = String.raw`For \${\textbackslash}mathcal\{\vphantom{\}}O\vphantom{\{}\}(n\_1)\$ and \$O(n{\textasciicircum}2)\$, \$n {\textgreater} 3\$, \$5 and \$10.`;
  assert.equal(abstract(zotero), String.raw`For $\mathcal{O}(n_1)$ and $O(n^2)$, $n > 3$, $5 and $10.`);
  assert.equal(
    abstract(
      String.raw`{\textbackslash}emph\{\vphantom{\}}Two\vphantom{\{}\} of \{\vphantom{\}}a, b\vphantom{\{}\}`,
    ),
    "Two of {a, b}",
  );
  assert.equal(
    abstract(String.raw`From \$5 to \$10, US\$3 per user\_id and \$7 each`),
    String.raw`From \$5 to \$10, US\$3 per user\_id and \$7 each`,
  );
  assert.equal(
    abstract("{$<$}p{$>$}In {$<$}i{$>$}vivo{$<$}/i{$>$}, $x < y$ {$<$}/p{$>$}"),
    "In vivo, $x < y$",
  );
  assert.equal(abstract(String.raw`\glqq \"Uber\grqq{} \flqq x\frqq`), "„Über“ «x»");
});

test("a journal may be one of astronomy's macros", () => {
  assert.equal(one(String.raw`journal = {\mnras}`).journal, "MNRAS");
  assert.equal(one(String.raw`journal = "{\aap}"`).journal, "A&A");
  assert.equal(one(String.raw`journal = {\cpc}`).journal, String.raw`\cpc`);
});

test("what exporters put into notes is no remark", () => {
  const remark = (fields: string) => one(fields).comment;
  assert.equal(remark("note = {15 pages}"), "15 pages");
  assert.equal(remark("note = {cited By 3}"), null);
  assert.equal(remark("note = {10.1007/x}"), null);
  assert.equal(remark("annotation = {A typical entry}"), null);
  const zotero = one("note = {arXiv: 1706.03762 [cs, stat]}, annote = {Comment: 15 pages, withdrawn}");
  assert.equal(zotero.comment, "15 pages, withdrawn");
  assert.equal(zotero.withdrawn, true);
  assert.equal(zotero.id, "1706.03762");
  assert.deepEqual(zotero.categories, ["cs", "stat"]);
});

test("“others” is not an author, a collaboration is", () => {
  const paper = one('author = "{Aad}, G. and others and et al.", collaboration = "ATLAS"');
  assert.deepEqual(paper.authors, ["G. Aad"]);
  assert.equal(paper.organization, "ATLAS");
  const names = (text: string) => one(`author = {${text}}`).authors;
  assert.deepEqual(names("{Lovelace, Ada} and {Babbage, C.}"), ["Ada Lovelace", "C. Babbage"]);
  assert.deepEqual(names("{Loom, Thread and Co.} and Babbage, C."), ["Loom, Thread and Co.", "C. Babbage"]);
});

test("names are parted where every part looks like one, else the text stays whole", () => {
  const names = (text: string) => one(`author = {${text}}`).authors;
  assert.deepEqual(names("Smith, J., Doe, K., and Roe, L."), ["J. Smith", "K. Doe", "L. Roe"]);
  assert.deepEqual(names("Smith, John; Doe, Jane; Roe, Lee"), ["John Smith", "Jane Doe", "Lee Roe"]);
  assert.deepEqual(names("Pardee F., Kirk T., Mac K. and Whit D."), [
    "Pardee F.",
    "Kirk T.",
    "Mac K.",
    "Whit D.",
  ]);
  assert.deepEqual(names("Ann One, Bo Two, Cy Three, Di Four"), ["Ann One", "Bo Two", "Cy Three", "Di Four"]);
  assert.deepEqual(names("A. One, B. Two, and C. Three"), ["A. One", "B. Two", "C. Three"]);
  assert.deepEqual(names("Ann One, Bo Two, and Cy Three"), ["Ann One", "Bo Two", "Cy Three"]);
  assert.deepEqual(names("Ann One \\& Bo Two"), ["Ann One", "Bo Two"]);
  assert.deepEqual(names('M{\\"u}ller, K., Roe, L., Jr.'), ["K. Müller", "L. Roe Jr."]);
  for (const whole of [
    "Johnson & Johnson",
    "Acme, Inc., Foo, Ltd.",
    "Hall A, Department of Music, Ulm, Germany",
  ]) {
    assert.deepEqual(names(whole), [whole]);
  }
  assert.deepEqual(names("Smith, Jr., John and de la Cruz, Ana Maria"), [
    "John Smith Jr.",
    "Ana Maria de la Cruz",
  ]);
  assert.deepEqual(names('"Own", Ann and {"Two"}, Bo'), ["Ann Own", "Bo Two"]);
  assert.deepEqual(names("family={de Own}, given={Ann B.}, prefix=van"), ["Ann B. van de Own"]);
  assert.deepEqual(
    names("{\\relax Ph}. Alpha and {\\noopsort{x}}{de Own}, Ann and Mar\\i\\'a D\\textquotesingle Own"),
    ["Ph. Alpha", "Ann de Own", "María D'Own"],
  );
  assert.deepEqual(names("\\v{S}ime {\\AA}se and {\\cyrchar\\CYRI}{\\cyrchar\\cyrv}"), ["Šime Åse", "Ив"]);
  for (const more of ["Own, Ann and others", "Own, Ann, et al.", "Own, Ann et al", "Own, Ann; et al."]) {
    const paper = one(`author = {${more}}`);
    assert.deepEqual([paper.authors, paper.andOthers], [["Ann Own"], true], more);
  }
  assert.equal(one("author = {Own, Ann}").andOthers, undefined);
});

test("types of any sign are types, and what is wrong with an entry is said with its key", () => {
  const types = ["web_page", "book-section", "web.page", "x:y", "a+b", "3d_model", "thèse", "Article "];
  const { papers } = parse(types.map((type, at) => `@${type}{k${at}, title = {T${at}}}`).join("\n"));
  assert.deepEqual(
    papers.map(({ entry }) => entry?.type),
    types.map((type) => type.trim()),
  );
  assert.equal(parse("x,@article{a, title={T}}text@misc{b, title={U}} me@misc.org (x)").papers.length, 2);
  const faulty = parse("@misc{none title = {No comma}}\n@misc{key}\n@misc{note, note = {x}}");
  assert.equal(faulty.papers[0]?.entry?.key, "none");
  assert.deepEqual(faulty.problems, [
    { line: 1, message: "the entry “none” has no comma after its key" },
    { line: 2, message: "the entry “key” has no fields of a paper and was skipped", skips: 1 },
    { line: 3, message: "the entry “note” has no fields of a paper and was skipped", skips: 1 },
  ]);
});

test("an entry without a title is called by its citation", () => {
  const title = (fields: string) => parse(`@article{key, ${fields}}`).papers[0]?.title;
  const rest = "journal={J. Pebbles}, volume={12}, pages={345--350}, year={2018}";
  assert.equal(title(`author={Ines Holm and Otto Reed}, ${rest}`), "Holm & Reed 2018, J. Pebbles 12, 345");
  assert.equal(title(`author={Ines van der Holm}, ${rest}`), "van der Holm 2018, J. Pebbles 12, 345");
  assert.equal(title(`author={Holm, Ines and others}, ${rest}`), "Holm et al. 2018, J. Pebbles 12, 345");
  assert.equal(title("year={2018}"), "2018, key");
  assert.equal(title("doi={10.1000/a}"), "10.1000/a");
  assert.equal(title("author={任政}, year=2018"), "任政 2018");
});

test("signs of Better BibTeX's table are those signs, also in formulas", () => {
  const title = (tex: string) => parse(`@misc{x, title = {${tex}}}`).papers[0]?.title;
  assert.equal(title("z {$\\lessequivlnt$} 1"), "z $≲$ 1");
  assert.equal(title("\\texttheta{} \\textsurd{} \\textasciimacron{}"), "θ √ ¯");
  assert.equal(title("\\textcommabelow{s}i \\textcommabelow sia"), "și șia");
  assert.equal(
    title("a 5\\$" + "{$\\sigma$\\$} limit in \\$" + "{$\\Lambda\\$$}CDM"),
    "a 5$\\sigma$ limit in $\\Lambda$CDM",
  );
  assert.equal(
    title("the \\acrshort[x]{desi} survey \\say{linear} \\Dash \\BibTeX"),
    "the desi survey “linear” — BibTeX",
  );
  assert.equal(title("10\\textsuperscript{-6} \\SI{5}{\\mega\\hertz}"), "10⁻⁶ 5 MHz");
  assert.equal(
    title("\\ensuremath{\\beta} \\texorpdfstring{$\\alpha$}{alpha} \\[x^2\\]"),
    "$\\beta$ $\\alpha$ \\[x^2\\]",
  );
  assert.equal(title("\\ensuremath{x} and $a_\\ensuremath{b}$"), "$x$ and $a_\\ensuremath{b}$");
  // Names that papers define for themselves stay.
  assert.equal(title("$\\AC^0$ and $\\r_{keep}$"), "$\\AC^0$ and $\\r_{keep}$");
  // Decoded, they would be taken for an index and a group.
  assert.equal(title("the l\\_2 norm of \\{a, b\\} by $x$"), "the l\\_2 norm of \\{a, b\\} by $x$");
  assert.equal(title("90\\% of R\\&D for \\$5"), "90% of R&D for $5");
});

test("a DOI is found in the address of any resolver", () => {
  for (const address of [
    "http://doi.acm.org/10.1145/1.2",
    "https://www.doi.org/10.1145/1.2",
    "https://doi-org.proxy.example.edu/10.1145/1.2",
    "https://doi.org/10.1145%2F1.2",
    "doi.ieeecomputersociety.org/10.1145/1.2",
  ]) {
    assert.equal(one(`doi = {${address}}`).doi, "10.1145/1.2", address);
  }
  assert.equal(
    one("doi = {10.1002/(SICI)1097$<$1::AID-A$>$3.0.CO;2-X}").doi,
    "10.1002/(sici)1097<1::aid-a>3.0.co;2-x",
  );
});

test("an address is found under the names of BibDesk, ADS and DBLP", () => {
  for (const [fields, id, url] of [
    ["bdsk-url-1 = {https://doi.org/10.5555/k.1}", "doi:10.5555/k.1", "https://doi.org/10.5555/k.1"],
    ["bdsk-url-1 = {http://arxiv.org/abs/2001.00001}", "2001.00001", "http://arxiv.org/abs/2001.00001"],
    ["adsurl = {https://ui.adsabs.example/abs/1}", null, "https://ui.adsabs.example/abs/1"],
    ["ee = {https://doi.org/10.5555/k.2}", "doi:10.5555/k.2", "https://doi.org/10.5555/k.2"],
    ["url = {https://k.example}, ee = {https://e.example}", null, "https://k.example"],
  ] as const) {
    const paper = one(fields);
    if (id !== null) assert.equal(paper.id, id);
    assert.equal(paper.url, url);
  }
});

test("a child has the author of the entry that it names", () => {
  const { papers } = parse(
    "@inbook{a, title={A}, crossref={B}}\n@book{b, title={The B}, author={Own, Ann}, year=2001}",
  );
  assert.deepEqual(
    [papers[0]?.authors, papers[0]?.published, papers[0]?.journal],
    [["Ann Own"], "2001", "The B"],
  );
  assert.deepEqual(parse("@misc{a, title={A}, crossref={a}}").papers.length, 1);
});

test("the DOI is the first of several, or that of the address", () => {
  assert.equal(one("doi = {10.1234/A, 10.1234/b}").doi, "10.1234/a");
  assert.equal(one("url = {https://doi.org/10.1234/C}").doi, "10.1234/c");
});

test("escaped characters are not read as TeX again", () => {
  const title = (tex: string) => parse(`@misc{x, title = {${tex}}}`).papers[0]?.title;
  assert.equal(title("\\textbackslash{}emph\\textbraceleft{}x\\textbraceright{}"), "\\emph{x}");
  assert.equal(title("{\\textbackslash}\\& and \\{a\\} and \\%"), "\\& and \\{a\\} and %");
  assert.equal(title('\\textbackslash{}\\textbackslash{}"o'), '\\\\"o');
  assert.equal(title("a-{}-b, a--b, '{}'c''"), "a--b, a–b, ''c”");
});

test("keywords are parted outside of braces, and braces around the list are none of them", () => {
  const keywords = (tex: string) => one(`keywords = {${tex}}`).keywords;
  assert.deepEqual(keywords("a, {b, c}; d"), ["a", "b, c", "d"]);
  assert.deepEqual(keywords("{a; b}"), ["a", "b"]);
  assert.deepEqual(keywords("{{a, b}}"), ["a, b"]);
  assert.deepEqual(keywords("{{a},{b}}"), ["a", "b"]);
});

test("a command alone in braces does not run into the letters after them", () => {
  const shown = (tex: string) => plainTex(one(`abstract = {${tex}}`).abstract);
  assert.equal(shown("{\\mu}m {\\alpha}helix, {\\pm}3 {{\\beta}}x"), "μm αhelix, ±3 βx");
  assert.equal(shown("Ragnhei{\\d}ur {\\o}re {\\LaTeX}ed {\\it}x {\\it x}y"), "Ragnheiur øre LaTeXed x xy");
});

test("in names a tilde on a letter is an accent, and a tie between words is a space", () => {
  const authors = (tex: string) => one(`author = {${tex}}`).authors.join("; ");
  for (const tex of ["Mu\\~noz", "Mu\\~{n}oz", "Mu{\\~n}oz", "Mu{\\~{n}}oz", "Mu{\\~}noz", "Mu\\~ noz"])
    assert.equal(authors(tex), "Muñoz", tex);
  assert.equal(
    authors("Sim{\\~o}es, Jo{\\~a}o and {\\~N}u, A. and Y{\\~\\i}, B."),
    "João Simões; A. Ñu; B. Yĩ",
  );
  for (const tex of ["A.~N. Own", "A.\\~N. Own", "A.\\~B. Own", "A.~N.\\~{}Own"])
    assert.match(authors(tex), /^A\. [NB]\. Own$/, tex);
});

test("an accent alone in braces is dropped, or is on the letter after it, in names as in texts", () => {
  const cases = {
    "Ragnhei{\\d}ur Bogad{\\'}ottir": "Ragnheiur Bogadóttir",
    "{\\v}Reed {\\c }Cane": "Reed Cane",
    "a{{\\d}}b {\\H}o": "ab o",
    "S{\\^}ur O{\\'}Brien": "Sûr O'Brien",
    "{\\d u}r {\\dh}ur": "ụr ður",
  };
  for (const [tex, plain] of Object.entries(cases)) {
    const { authors, abstract } = one(`author = {${tex}}, abstract = {${tex}}`);
    assert.deepEqual([authors[0], abstract], [plain, plain], tex);
    assert.equal(personName(tex), plain, tex);
  }
});

test("an address inside of a text keeps its signs", () => {
  const abstract = (tex: string) => one(`abstract = {${tex}}`).abstract;
  assert.equal(
    abstract("At~last {\\emph{see} \\url{https://a.example/~me/x--y_z\\%20}}"),
    "At last see https://a.example/~me/x--y_z%20",
  );
  assert.equal(abstract("\\path{/a/~b} and~so, \\nolinkurl{c--d}"), "/a/~b and so, c--d");
});

test("an address keeps what looks like HTML in its query", () => {
  assert.equal(one("url = {https://e.org/?a=1&copy=2&lt=3&amp;x}").url, "https://e.org/?a=1&copy=2&lt=3&x");
});

test("dates are as exact as the entry is", () => {
  const day = (fields: string) => one(fields).published;
  assert.equal(day("year = {2012}"), "2012");
  assert.equal(day("year = 2012, month = mar"), "2012-03");
  assert.equal(day('year = 2012, month = "4", day = 30'), "2012-04-30");
  assert.equal(day('year = 2012, month = 4 # "~" # 31'), "2012-04");
  assert.equal(day("year = 2012, month = {5--6 October}"), "2012-10-05");
  assert.equal(day("date = {2012-24}"), "2012");
  assert.equal(day("year = {January 1978}"), "1978-01");
  assert.equal(day("date = {1990}"), "1990");
  assert.equal(day("year = {in press}"), null);
  assert.equal(day("note = {x}"), null);
});

test("what a paper says itself goes before what its collection says", () => {
  const book = "@book{all, title = {All}, date = {2012-05}}\n@misc{title = {No key}, year = 1990}\n";
  const [, , own, none] = parse(
    `${book}@inbook{a, title = {A}, year = 2013, crossref = {ALL}}@inbook{b, title = {B}, crossref = {}}`,
  ).papers;
  assert.deepEqual([own?.published, own?.journal], ["2013", "All"]);
  assert.deepEqual([none?.published, none?.journal], [null, null]);
});

test("damage costs the field or the entry it is in, not the next one", () => {
  const after = "\n@misc{next, title = {Next}}\n";
  const titles = (text: string) => parse(text + after).papers.map(({ title }) => title);
  assert.deepEqual(titles("@misc{a, title = {Open"), ["Next"]);
  assert.deepEqual(titles('@misc{a, title = "Open,'), ["Next"]);
  assert.deepEqual(titles("@misc{a, title {No sign}, year = 2000}"), ["Next"]);
  assert.deepEqual(titles("@misc{a, title = {One} year = 2000}"), ["One", "Next"]);
  assert.deepEqual(titles("@misc{a, title = {One}, year = , url = }"), ["One", "Next"]);
  assert.deepEqual(titles("@misc{a, title = {One}}, stray = {x}}"), ["One", "Next"]);
  assert.deepEqual(titles("@misc{title = {No key}}"), ["No key", "Next"]);
  assert.deepEqual(titles("@comment{never closed"), ["Next"]);
  assert.deepEqual(titles("% @misc{off, title = {Off}}"), ["Next"]);
  assert.deepEqual(titles("@misc{a, title = {One}} @misc{b, title = {Two}}"), ["One", "Two", "Next"]);
});

test("a file cut off anywhere gives the papers before the cut, and says so", () => {
  const whole = parse(fixture).papers;
  for (let cut = 0; cut < fixture.length; cut += 23) {
    const { papers } = parse(fixture.slice(0, cut));
    assert.ok(papers.length <= whole.length);
    for (const [index, { title }] of papers.slice(0, -1).entries()) assert.equal(title, whole[index]?.title);
  }
  const { papers, problems } = parse("@misc{a, title = {One}}\n\n@misc{b, title = {Two}, abstract = {It en");
  assert.deepEqual(
    papers.map(({ title }) => title),
    ["One", "Two"],
  );
  assert.deepEqual(problems, [{ line: 3, message: "the entry “b” is cut off by the end of the file" }]);
  assert.match(parse("@misc{a, title = {One}}\n@mis").problems[0]?.message ?? "", /ends at the beginning/);
});

test("a file of strings only says so", () => {
  const { papers, problems } = parse('@string{jp = {J. Pebbles}}\n@preamble{"x"}');
  assert.deepEqual(papers, []);
  assert.deepEqual(problems, [{ line: null, message: "it has no entries, only @string and @preamble" }]);
});

test("other texts are not taken for a library", () => {
  assert.equal(bibtex.detect(""), 0);
  assert.equal(bibtex.detect("Write to me@example.org (soon), at = noon."), 0);
  assert.equal(bibtex.detect("@media (min-width: 3em) { a { color: red } }"), 0);
  assert.equal(bibtex.detect(read("daily-papers.txt")), 0);
  assert.ok(bibtex.detect(`# How to cite\n\n${fixture}`) < 1);
  assert.deepEqual(parse(""), { papers: [], day: null, problems: [] });
  assert.deepEqual(parse('{"papers": []}').papers, []);
});

test("macros that double themselves do not grow without bounds", () => {
  const doubling = Array.from({ length: 60 }, (_, n) => `@string{m${n + 1} = m${n} # m${n}}`).join("\n");
  const { papers } = parse(`@string{m0 = "ten chars "}\n${doubling}\n@misc{a, title = m60}`);
  assert.equal(papers.length, 1);
});

// What grows with the square takes hours here, which the runner's time-out ends.
test("hostile files are read to their end", () => {
  for (const piece of [
    "@a{b,title={",
    '@a{b,title="',
    "@a{b,title={x\n",
    "@comment{\n",
    "@a{b,",
    "{",
    "@ ",
    "{\\$}\\x",
    "\\backslash",
    "\\href{",
    "\\enquote {",
    "\\x{}",
    "\\text",
  ]) {
    parse(`@misc{a, title = {${piece.repeat(sized(40_000))}`);
    parse(`@misc{a, title = {T}, abstract = {${piece.replaceAll("{", "").repeat(sized(40_000))}}}`);
    parse(`@misc{a, title = {T}, abstract = {${`${piece}}`.repeat(sized(40_000))}`);
  }
});

test("no text makes the reader throw or lets a control character through", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => assertClean(parse(text).papers)));
  const junk = fc.constantFrom(
    "{",
    "}",
    '"',
    "@",
    "#",
    ",",
    "=",
    "\\",
    "$",
    "(",
    ")",
    "\n",
    "\x1b[2J",
    "\0",
    "@a{b,",
    "%",
  );
  const edit = fc.tuple(fc.nat(fixture.length), fc.nat(40), fc.oneof(junk, fc.string({ unit: "binary" })));
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
      let text = fixture;
      for (const [at, length, put] of edits) text = text.slice(0, at) + put + text.slice(at + length);
      assertClean(parse(text).papers);
      bibtex.detect(text);
    }),
  );
});
