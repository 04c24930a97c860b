import { existsSync, readFileSync } from "node:fs";
import { type Listing, makeListing } from "../../source/papers/listing.js";
import { makePaper, type Paper } from "../../source/papers/paper.js";
import { buildIndex, type SearchIndex } from "../../source/search/index/search-index.js";
import { highlights, matcherFor } from "../../source/search/match/highlight.js";
import { search } from "../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../source/search/query/query.js";

/** A dozen papers with difficult cases for the search. */
export const papers: readonly Paper[] = [
  makePaper({
    id: "1706.04454",
    title: "Empirical Analysis of the Hessian of Over-Parametrized Neural Networks",
    abstract: "We study the eigenvalues of the Hessian and find a bulk around zero, with a few outliers.",
    authors: ["Levent Sagun", "Utku Evci", "V. Ugur Guney", "Yann Dauphin", "Leon Bottou"],
    published: "2017-06-14",
    categories: ["cs.LG"],
  }),
  makePaper({
    id: "2312.12475",
    title: "Learning to Reweight for Graph Neural Network",
    abstract: "L2R-GNN reweights the training graphs; it runs 2.78x faster and self supervised.",
    authors: ["Zhengyu Chen", "Teng Xiao"],
    published: "2023-12-19",
    categories: ["cs.LG", "cs.AI"],
    upvotes: 21,
  }),
  makePaper({
    id: "2402.10380",
    title: "Subgraph-level Universal Prompt Tuning with GPT-4",
    abstract: "A state-of-the-art selfsupervised method for graphs, tuned with Llama3.1 and Qwen2.5.",
    authors: ["Junhyun Lee", "Geoffrey E. Hinton"],
    published: "2024-02-16",
    keywords: ["prompting", "few-shot"],
    upvotes: 4,
  }),
  makePaper({
    id: "2010.00001",
    title: "Self-Supervised Representations of Speech",
    abstract: "Speech is learnt without labels. The loss is contrastive.",
    authors: ["Klaus-Robert Müller", "G. Hinton"],
    published: "2020-10-01",
    organization: "DeepMind",
    upvotes: 20,
  }),
  makePaper({
    id: "2405.00002",
    title: 'Regularity in H\\"older Spaces: A Note',
    abstract: "On functions in Schr\\\"odinger's problem and the $\\alpha$-divergence.",
    authors: ['Otto H\\"older'],
    published: "2024-05-31",
  }),
  makePaper({
    id: "2406.00003",
    title: "RAG against Rage: Retrieval for Fragments",
    abstract: "The rag of fragments is retrieved by a Müller oscillator.",
    authors: ["Jane Roe"],
    published: "2024-06-01",
  }),
  makePaper({
    id: "2407.00004",
    title: "Attention Is All You Need Less Of",
    abstract: "Attention heads of transformers are pruned. Hessians tell which, under standard assumptions.",
    authors: ["Ashish Vaswani"],
    authorCount: 8,
    published: "2024-07-04",
  }),
  makePaper({
    title: "深度学习 and 🤗 Transformers on the ∇ Operator",
    abstract: "This paper’s abstract mentions a kernel, hypotheses and matrices, 10,000 of them.",
    authors: ["李 明", "Łukasz Kaiser"],
  }),
  makePaper({
    id: "2501.00005",
    title: "Less is More: Loss Landscapes of Autoencoders",
    abstract: "We look at gradients. Networks that were trained with fewer samples have networks' flatness.",
    authors: ["Mu\u0308ller, Anna", "Smith"],
    published: "2025-01-01",
    upvotes: 0,
  }),
  makePaper({
    id: "2502.00006",
    title: "Vision–Language–Action Models for Model-Free Control",
    abstract: "Robots act. A gradient is computed for each action of the hessian-free optimizer.",
    authors: ["Ada O'Brien"],
    published: "2025-02-02",
    doi: "10.1000/xyz-123",
  }),
  makePaper({
    id: "hep-th/9901001",
    title: "Conjugate Directions for Matrix Equations",
    abstract: "The hypothesis is tested on one matrix.",
    authors: ["Emmy Noether"],
    published: "1999-01-01",
  }),
  makePaper({ title: "!!!", abstract: "" }),
];

/** The index of each paper above, by a keyword. */
export const at = {
  hessian: 0,
  reweight: 1,
  prompt: 2,
  speech: 3,
  holder: 4,
  rag: 5,
  attention: 6,
  chinese: 7,
  loss: 8,
  robots: 9,
  matrix: 10,
  signs: 11,
} as const;

export const listing: Listing = makeListing("test", { papers, day: null, problems: [] });
export const index: SearchIndex = buildIndex(listing);

/** The papers that a typed query finds, best first. */
export function find(typed: string, marks: (index: number) => number = () => 0, within = index): number[] {
  return search(within, parseQuery(typed), marks);
}

/** The text with the highlights of a typed query in brackets. */
export function lit(typed: string, text: string, field: "title" | "authors" | "abstract" = "title"): string {
  let shown = "";
  let reached = 0;
  for (const { start, end } of highlights(matcherFor(index, parseQuery(typed)), text, field)) {
    shown += `${text.slice(reached, start)}[${text.slice(start, end)}]`;
    reached = end;
  }
  return shown + text.slice(reached);
}

/** A seeded random number generator (mulberry32): integers from 0 to below a bound. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The bundled listing, parsed by the simplest rule (title, abstract, trailer); `null` if it is absent. */
export function bundledListing(): Listing | null {
  const file = new URL("../../fixtures/daily-papers.txt", import.meta.url);
  if (!existsSync(file)) return null;
  const blocks = readFileSync(file, "utf8")
    .split(/\n\s*\n/)
    .map((block) => block.trim());
  const found: Paper[] = [];
  blocks.forEach((block, place) => {
    const title = blocks[place - 1] ?? "";
    if (block.length > 200 && title.length < 200) found.push(makePaper({ title, abstract: block }));
  });
  return makeListing("bundled", { papers: found, day: null, problems: [] });
}
