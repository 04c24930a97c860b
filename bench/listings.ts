import { readFileSync } from "node:fs";
import { paperRecord } from "../source/exports/json.js";
import { dailyPage } from "../source/formats/web/daily-page.js";
import { makePaper, type Paper } from "../source/papers/paper.js";

/** A listing in a JSON format, with any number of papers. */
export interface JsonWriter {
  /** The `name` of its `Format`. */
  readonly format: string;
  write(count: number): string;
}

/**
 * Ordinary listings in each JSON format: the papers of the bundled page, repeated, with the fields that the
 * format's own server or program writes. (Every paper of the fixtures is an odd case, so they cannot measure
 * speed.)
 */
export const jsonWriters: readonly JsonWriter[] = [
  {
    format: "Daily Papers API response (JSON)",
    write: (count) => JSON.stringify(ordinary(count).map(huggingFaceEntry)),
  },
  {
    format: "CSL-JSON bibliography",
    write: (count) => JSON.stringify(ordinary(count).map(cslItem), null, 2),
  },
  {
    format: "Semantic Scholar API response (JSON)",
    write: (count) => JSON.stringify({ total: count, offset: 0, data: ordinary(count).map(scholarPaper) }),
  },
  {
    format: "OpenAlex API response (JSON)",
    write: (count) => JSON.stringify({ meta: { count }, results: ordinary(count).map(openAlexWork) }),
  },
  {
    format: "papers-tui list (JSON)",
    write: (count) =>
      `[\n${ordinary(count)
        .map((paper) => JSON.stringify(paperRecord(paper, 0)))
        .join(",\n")}\n]\n`,
  },
  {
    format: "arXiv metadata snapshot (JSON Lines)",
    write: (count) =>
      ordinary(count)
        .map((paper, at) => `${JSON.stringify(snapshotLine(paper, at))}\n`)
        .join(""),
  },
];

const page = dailyPage.parse(readFileSync(new URL("../fixtures/daily-papers.txt", import.meta.url), "utf8"), {
  today: "2026-11-23",
}).papers;
const names = [
  "Ada Example",
  "Bo B. Muster",
  "Carol de la Sample",
  "Dai Test",
  "Zoë Probe",
  "Jan van Beispiel",
];

/** Papers of a server: two abstracts of the page have the average length, 1,400 characters. */
function ordinary(count: number): Paper[] {
  return Array.from({ length: count }, (_, at) => {
    const { title, abstract, published, authorCount } = page[at % page.length] as Paper;
    const id = `2510.${String(at % 100_000).padStart(5, "0")}`;
    return makePaper({
      id,
      title,
      abstract: `${abstract} ${(page[(at + 1) % page.length] as Paper).abstract}`,
      authors: Array.from(
        { length: authorCount ?? 1 },
        (_, one) => names[(at + one) % names.length] as string,
      ),
      organization: at % 2 === 0 ? "Example Lab" : null,
      published,
      updated: published,
      categories: ["cs.LG", "cs.AI"],
      keywords: ["graph neural networks", "pruning", "self-attention"],
      upvotes: at % 90,
      comments: at % 7,
      url: `https://huggingface.co/papers/${id}`,
      pdf: `https://arxiv.org/pdf/${id}`,
      code: at % 2 === 0 ? "https://github.com/example/code" : null,
      codeStars: at % 2 === 0 ? at : null,
      doi: `10.1000/example.${at}`,
      journal: "Journal of Examples",
    });
  });
}

function huggingFaceEntry(paper: Paper, at: number): unknown {
  const time = `${paper.published}T00:00:00.000Z`;
  const summary = inLines(paper.abstract);
  return {
    paper: {
      id: paper.id,
      authors: paper.authors.map((name) => ({ _id: key(at, 24), name, hidden: false })),
      publishedAt: time,
      submittedOnDailyAt: "2025-10-29T01:58:28.190Z",
      title: paper.title,
      submittedOnDailyBy: person(at),
      summary,
      upvotes: paper.upvotes,
      discussionId: key(at, 24),
      ai_summary: paper.abstract.slice(0, 200),
      ai_keywords: paper.keywords,
      ...(paper.code === null ? {} : { githubRepo: paper.code, githubStars: paper.codeStars }),
      ...(paper.organization === null
        ? {}
        : { organization: { _id: key(at, 24), name: "lab", fullname: paper.organization } }),
    },
    publishedAt: time,
    title: paper.title,
    summary,
    thumbnail: `https://cdn.example.org/${paper.id}.png`,
    numComments: paper.comments,
    submittedBy: person(at),
    isAuthorParticipating: at % 2 === 0,
  };
}

function person(at: number): unknown {
  const avatarUrl = `https://cdn.example.org/avatars/${key(at, 32)}.jpeg`;
  return { _id: key(at, 24), avatarUrl, fullname: "Eve Sender", name: "eve", type: "user", isPro: false };
}

function cslItem(paper: Paper, at: number): unknown {
  return {
    id: `muster${at}`,
    type: "article-journal",
    title: paper.title,
    "container-title": paper.journal,
    // Libraries have abstracts for some papers; Crossref has them in JATS.
    ...(at % 2 === 0 ? { abstract: `<jats:p>${paper.abstract}</jats:p>` } : {}),
    volume: "12",
    page: "1-12",
    author: paper.authors.map((name) => ({ family: name.split(" ").at(-1), given: name.split(" ")[0] })),
    issued: { "date-parts": [[2023, 1 + (at % 12), 7]] },
    DOI: paper.doi,
    URL: `https://doi.org/${paper.doi}`,
  };
}

function scholarPaper(paper: Paper, at: number): unknown {
  return {
    paperId: key(at, 40),
    externalIds: { ArXiv: paper.id, DOI: paper.doi, CorpusId: at },
    url: `https://www.semanticscholar.org/paper/${key(at, 40)}`,
    title: paper.title,
    abstract: paper.abstract,
    venue: paper.journal,
    year: 2023,
    citationCount: at % 50,
    openAccessPdf: { url: paper.pdf, status: "GREEN" },
    fieldsOfStudy: ["Computer Science"],
    publicationDate: paper.published,
    journal: { name: paper.journal, volume: "12" },
    authors: paper.authors.map((name, one) => ({ authorId: String(one), name })),
  };
}

function openAlexWork(paper: Paper, at: number): unknown {
  const places: Record<string, number[]> = {};
  for (const [place, word] of paper.abstract.split(" ").entries()) {
    places[word] = [...(places[word] ?? []), place];
  }
  const location = {
    is_oa: true,
    landing_page_url: `https://arxiv.org/abs/${paper.id}`,
    pdf_url: paper.pdf,
    source: { id: "https://openalex.org/S1", display_name: paper.journal, type: "repository" },
    version: "submittedVersion",
  };
  return {
    id: `https://openalex.org/W${at}`,
    doi: `https://doi.org/${paper.doi}`,
    title: paper.title,
    display_name: paper.title,
    publication_year: 2023,
    publication_date: paper.published,
    primary_location: location,
    best_oa_location: location,
    authorships: paper.authors.map((name) => ({
      author_position: "middle",
      author: { id: "https://openalex.org/A1", display_name: name, orcid: null },
      institutions: [],
      raw_author_name: name,
    })),
    primary_topic: { display_name: "Learning", subfield: { display_name: "Artificial Intelligence" } },
    keywords: paper.keywords.map((display_name) => ({ display_name, score: 0.5 })),
    is_retracted: false,
    abstract_inverted_index: places,
  };
}

function snapshotLine(paper: Paper, at: number): unknown {
  return {
    id: paper.id,
    submitter: paper.authors[0],
    authors: paper.authors.join(", "),
    title: paper.title,
    comments: at % 2 === 0 ? "12 pages, 3 figures" : null,
    "journal-ref": null,
    doi: at % 2 === 0 ? paper.doi : null,
    "report-no": null,
    categories: paper.categories.join(" "),
    license: "http://creativecommons.org/licenses/by/4.0/",
    abstract: `  ${inLines(paper.abstract)}\n`,
    versions: [{ version: "v1", created: "Mon, 2 Apr 2007 19:18:42 GMT" }],
    update_date: "2025-11-26",
    authors_parsed: paper.authors.map((name) => [name.split(" ").at(-1), name.split(" ")[0], ""]),
  };
}

/** Broken into lines like arXiv's abstracts, after at most 78 characters. */
function inLines(text: string): string {
  return text.replace(/(.{1,78}) /g, "$1\n");
}

/** Hexadecimal digits, like database ids. */
function key(at: number, length: number): string {
  return (at + 1).toString(16).padStart(length, "6a1f");
}
