/** A day of Daily Papers for the pictures, in our own words: no paper, person or laboratory of it exists. */
interface Entry {
  readonly title: string;
  readonly abstract: string;
  readonly summary: string;
  readonly authors: string;
  readonly votes: number;
  readonly comments: number;
  readonly published: string;
  readonly organization?: string;
  readonly code?: readonly [path: string, stars: number];
  readonly project?: string;
  readonly keywords?: string;
}

/** The day of the listing, and a morning on it. */
export const pictureDay = "2026-08-20";

const entries: readonly Entry[] = [
  {
    title: "Tidewater: Streaming Attention in $\\mathcal{O}(n \\log n)$ with Exact Recall",
    abstract:
      "Long contexts are expensive: attention costs $\\mathcal{O}(n^2)$ in the length $n$ of the text, and the usual shortcuts forget what was said early. We present Tidewater, an attention layer that keeps the $k$ most surprising keys of each window exactly and summarizes the rest in a tree, so that a step costs $\\mathcal{O}(\\log n)$. A key is kept where its surprise $s_i = -\\log p(x_i \\mid x_{<i})$ exceeds a running threshold $\\tau_t$. No retraining is needed; a model of 8 billion weights is converted in two hours. On four benchmarks of long documents, Tidewater matches full attention within 0.3 points while it is $11\\times$ faster at 256k tokens. We also show that the error of a read is at most $\\epsilon \\leq \\sqrt{2/k}$. Code and converted models are available at https://github.com/example/tidewater.",
    summary:
      "Tidewater replaces full attention by an exact store of surprising keys and a tree of the rest, and reads 256k tokens eleven times faster at the same quality.",
    authors: "Mira Vale, Otto Reed, Ines Holm, Jun Aoki, Tal Brenner, Priya Raman, Lena Fors",
    votes: 214,
    comments: 9,
    published: "2026-08-18",
    organization: "Example Lab",
    code: ["example/tidewater", 1284],
    project: "https://tidewater.example.org",
    keywords: "long context, attention, streaming inference",
  },
  {
    title: "Who Checks the Checker? Auditing Reward Models with Counterfactual Pairs",
    abstract:
      "Reward models decide what language models learn, and nobody grades them. In this paper, we introduce Pairwise Audit, a benchmark of 12,000 answers that differ in one property only. We find that nine of ten public reward models prefer longer answers by 61% to 39% even where the added sentences are empty. A filter of 40 lines removes most of that preference.",
    summary:
      "A benchmark of counterfactual answers shows that most public reward models pay for length alone.",
    authors: "Priya Raman, Sol Okafor, Nils Aker",
    votes: 131,
    comments: 4,
    published: "2026-08-19",
    code: ["example/pairwise-audit", 310],
  },
  {
    title: "Kettle: A Small Vision–Language Model That Says When It Cannot See",
    abstract:
      "Vision–language models answer questions about things that are not in the picture. We propose Kettle, a model of 2 billion weights with a head that predicts whether the question can be answered at all. Kettle outperforms models four times its size on three tests of hallucination and refuses 94% of unanswerable questions.",
    summary: "A small model with a head for answerability beats larger ones on hallucination.",
    authors: "Jun Aoki, Emma Lind, Carlos Prado, Yara Haddad",
    votes: 97,
    comments: 2,
    published: "2026-08-19",
    organization: "Open Sight",
    code: ["example/kettle", 152],
  },
  {
    title: "Learning $\\nabla \\log p(x)$ from Ten Pictures: Few-Shot Score Matching",
    abstract:
      "Score models need millions of pictures. We show how ten are enough where the score $\\nabla \\log p(x)$ is written as a correction to that of a related, larger set. The correction is of low rank, $\\Delta s = U V^\\top x$, and is fitted in closed form.",
    summary: "A closed-form, low-rank correction adapts a score model to a new set from ten pictures.",
    authors: "Lena Fors, Tal Brenner",
    votes: 76,
    comments: 1,
    published: "2026-08-17",
  },
  {
    title: "Agents That Ask: Clarifying Questions Halve the Cost of Software Repair",
    abstract:
      "Agents that repair software rarely ask what is meant. We give an agent the choice to ask one question before each attempt. On 500 issues it solves as many with 48% fewer tokens.",
    summary: "One clarifying question before each attempt halves what an agent spends on an issue.",
    authors: "Sol Okafor, Mira Vale, Ben Castell",
    votes: 64,
    comments: 7,
    published: "2026-08-19",
    code: ["example/ask-first", 95],
  },
  {
    title: "Sparse Autoencoders Find the Same Features Twice",
    abstract:
      "We train 64 sparse autoencoders on one layer with different seeds. Of the features, 37% are found by all, and those explain nearly all of the loss that is recovered.",
    summary: "A third of the features is found whatever the seed, and they are the ones that matter.",
    authors: "Nils Aker, Hana Sato, Ines Holm",
    votes: 58,
    comments: 3,
    published: "2026-08-16",
  },
  {
    title: "A Map of Every Optimizer: Twelve Update Rules as One Family",
    abstract:
      "Optimizers are compared one against one. We write twelve of them as one rule with three numbers, and draw where each of them works best.",
    summary: "Twelve optimizers are points of one family of three numbers.",
    authors: "Tal Brenner, Yara Haddad, Emma Lind",
    votes: 49,
    comments: 0,
    published: "2026-08-18",
  },
  {
    title: "SpeakPlain: Speech Synthesis without a Vocoder",
    abstract: "We generate waveforms directly from text with a flow of four steps.",
    summary: "A flow of four steps generates speech directly from text.",
    authors: "Carlos Prado, Lea Winter",
    votes: 41,
    comments: 1,
    published: "2026-08-14",
    code: ["example/speakplain", 77],
  },
  {
    title: "Robots Learn to Fold from Video of People Who Fail",
    abstract: "Failures teach more than successes where they are labelled by where they begin.",
    summary: "Videos of failed attempts teach a robot to fold cloth.",
    authors: "Hana Sato, Ben Castell, Jun Aoki, Lea Winter",
    votes: 33,
    comments: 2,
    published: "2026-08-18",
  },
  {
    title: "Benchmarks Decay: How Fast Test Sets Leak into Training Data",
    abstract: "We date 80 test sets and measure how much of each is found in later crawls.",
    summary: "Half of a test set is in the crawls 14 months after it was published.",
    authors: "Emma Lind, Sol Okafor",
    votes: 27,
    comments: 5,
    published: "2026-08-12",
  },
  {
    title: "Graph Transformers with Contrastive Positions",
    abstract: "Positions of nodes are learned by contrast with the same graph under edge dropout.",
    summary: "Contrastive positions help graph transformers on molecules.",
    authors: "Yara Haddad, Nils Aker",
    votes: 22,
    comments: 0,
    published: "2026-08-15",
  },
  {
    title: "Proofs by Retrieval: 4,000 Lemmas Are Enough",
    abstract: "A prover that only looks lemmas up solves 41% of a test of school geometry.",
    summary: "A prover that looks lemmas up solves 41% of a geometry test.",
    authors: "Ben Castell, Ines Holm, Otto Reed",
    votes: 18,
    comments: 1,
    published: "2026-08-19",
  },
  {
    title: "Weather from Windows: Forecasts by Phones behind Glass",
    abstract: "Pressure sensors of phones behind windows give forecasts for the next hour.",
    summary: "Pressure sensors of phones give good forecasts for one hour.",
    authors: "Lea Winter, Hana Sato",
    votes: 11,
    comments: 0,
    published: "2026-08-13",
  },
  {
    title: "Contrastive Decoding with a Model of Yesterday",
    abstract: "We subtract the scores of an earlier checkpoint, which costs no second model in memory.",
    summary: "An earlier checkpoint serves as the weak model of contrastive decoding.",
    authors: "Otto Reed, Priya Raman",
    votes: 9,
    comments: 0,
    published: "2026-08-18",
  },
];

/** How many papers were put up after the visit before. */
const late = 4;

/** The day as the interface of Daily Papers answers it; `isEarly`: before the last papers were put up. */
export function dayAnswer(isEarly: boolean): string {
  const papers = entries.map((entry, at) => ({ ...entry, id: `2608.${String(11_000 + 37 * at)}` }));
  // The last to come are of any number of votes.
  const isLate = (at: number) => at % 3 === 0 && at / 3 < late;
  const shown = papers.filter((_, at) => !isEarly || !isLate(at));
  return JSON.stringify(shown.map(answered));
}

function answered(paper: Entry & { readonly id: string }) {
  const { id, title, abstract, summary, authors, votes, comments, published, code, project } = paper;
  return {
    paper: {
      id,
      title,
      summary: abstract,
      ai_summary: summary,
      ai_keywords: paper.keywords?.split(", ") ?? [],
      authors: authors.split(", ").map((name) => ({ name, hidden: false })),
      publishedAt: `${published}T00:00:00.000Z`,
      submittedOnDailyAt: `${pictureDay}T00:00:00.000Z`,
      upvotes: votes,
      ...(code ? { githubRepo: `https://github.com/${code[0]}`, githubStars: code[1] } : {}),
      ...(project ? { projectPage: project } : {}),
      ...(paper.organization ? { organization: { name: "example", fullname: paper.organization } } : {}),
    },
    title,
    publishedAt: `${published}T00:00:00.000Z`,
    numComments: comments,
  };
}

/** The number of the paper whose text can be read. */
export const textId = "2608.11000";

const math = (tex: string) => `<math alttext="${tex}"></math>`;
const display = (number: number, tex: string) =>
  `<table id="S2.E${number}" class="ltx_equation"><tr><td class="ltx_eqn_cell">${math(tex)}</td><td><span class="ltx_tag ltx_tag_equation">(${number})</span></td></tr></table>`;
const paragraph = (id: string, text: string) =>
  `<div id="${id}" class="ltx_para"><p class="ltx_p">${text}</p></div>`;
const section = (number: number, title: string, body: string) =>
  `<section id="S${number}" class="ltx_section"><h2 class="ltx_title ltx_title_section"><span class="ltx_tag">${number} </span>${title}</h2>${body}</section>`;
const cite = (number: number) =>
  `<cite class="ltx_cite">[<a href="#bib.bib${number}" class="ltx_ref">${number}</a>]</cite>`;

/** The text of that paper, in the shape of LaTeXML's pages. */
export const textPage = `<!DOCTYPE html><html><head><title>Tidewater</title></head><body><article class="ltx_document">
<h1 class="ltx_title ltx_title_document">Tidewater: Streaming Attention in ${math("\\mathcal{O}(n \\log n)")} with Exact Recall</h1>
${section(
  1,
  "Introduction",
  paragraph(
    "S1.p1",
    `A reader of a long document remembers two kinds of things: what surprised them, word by word, and the gist of the rest ${cite(1)}. Attention remembers everything alike, and pays for it.`,
  ),
)}
${section(
  2,
  "Method",
  [
    paragraph(
      "S2.p1",
      `Let ${math("q_t")} be the query at step ${math("t")}. A key ${math("k_i")} is kept exactly where its surprise exceeds a running threshold:`,
    ),
    display(1, "s_i = -\\log p(x_i \\mid x_{<i}) > \\tau_t = \\frac{1}{w}\\sum_{j=t-w}^{t} s_j + \\sigma_t"),
    paragraph(
      "S2.p2",
      `All other keys are summarized in a tree. A read sums over the exact store ${math("E_t")} and one node of each level:`,
    ),
    display(
      2,
      "o_t = \\frac{\\sum_{i \\in E_t} e^{q_t^\\top k_i} v_i + \\sum_{\\ell=0}^{\\log n} e^{q_t^\\top \\bar{k}_\\ell} \\bar{v}_\\ell}{\\sum_{i \\in E_t} e^{q_t^\\top k_i} + \\sum_{\\ell=0}^{\\log n} e^{q_t^\\top \\bar{k}_\\ell}}",
    ),
    paragraph(
      "S2.p3",
      `so a step costs ${math("\\mathcal{O}(|E_t| + \\log n)")}. The error of a read is bounded as for hashing ${cite(2)}: with ${math("k")} exact keys it is at most ${math("\\epsilon \\leq \\sqrt{2/k}")}.`,
    ),
  ].join(""),
)}
${section(3, "Results", paragraph("S3.p1", "On four benchmarks Tidewater matches full attention within 0.3 points."))}
<section id="bib" class="ltx_bibliography"><h2 class="ltx_title ltx_title_bibliography">References</h2><ul class="ltx_biblist">
<li id="bib.bib1" class="ltx_bibitem"><span class="ltx_tag">[1]</span><span class="ltx_bibblock">Ines Holm. </span><span class="ltx_bibblock">What readers keep. </span><span class="ltx_bibblock">2024.</span></li>
<li id="bib.bib2" class="ltx_bibitem"><span class="ltx_tag">[2]</span><span class="ltx_bibblock">Otto Reed. </span><span class="ltx_bibblock">Bounds for keyed stores. </span><span class="ltx_bibblock">2023.</span></li>
</ul></section></article></body></html>`;
