import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../source/formats/index.js";
import type { ParsedListing } from "../../source/papers/listing.js";
import type { Paper } from "../../source/papers/paper.js";

async function listingOf(text: string): Promise<ParsedListing> {
  const result = await readListing(Buffer.from(text), { today: "2026-11-28" });
  assert.ok(result.ok, result.ok ? "" : result.reason);
  return result.listing;
}

async function assertFirst(text: string, expected: Partial<Paper>): Promise<void> {
  const [paper] = (await listingOf(text)).papers;
  for (const [name, value] of Object.entries(expected)) {
    assert.deepEqual(paper?.[name as keyof Paper], value, `${name} of ${text.slice(0, 80)}`);
  }
}

const authors = ["Ines Holm", "Otto T. Reed"];
const title = "Counting kettles";
const doi = "10.5555/kettle.1";

test("JSON of services and programs keeps its DOI, people, journal and the paper's own date", async () => {
  const mendeley = {
    title,
    type: "journal",
    authors: [
      { first_name: "Ines", last_name: "Holm" },
      { first_name: "Otto T.", last_name: "Reed" },
    ],
    year: 2021,
    month: 3,
    day: 9,
    source: "Kettle Lett.",
    identifiers: { doi, arxiv: "2101.00001" },
    created: "2024-01-01T00:00:00.000Z",
    abstract: "We count.",
  };
  await assertFirst(JSON.stringify([mendeley]), {
    id: "2101.00001",
    authors,
    doi,
    journal: "Kettle Lett.",
    published: "2021-03-09",
  });
  const openCitations = {
    id: `doi:${doi} openalex:W1 omid:br/1`,
    title,
    author: "Holm, Ines [orcid:0000-0002-1825-0097 omid:ra/1]; Reed, Otto T. [omid:ra/2]",
    pub_date: "2021-03-09",
    venue: "Kettle Lett. [issn:1234-5678 omid:br/2]",
  };
  await assertFirst(JSON.stringify([openCitations]), { authors, doi, journal: "Kettle Lett." });
  const paperpile = {
    _id: "1",
    title,
    author: [
      { first: "Ines", last: "Holm" },
      { first: "Otto T.", last: "Reed" },
    ],
    journal: "Kettle Lett.",
    published: { year: "2021", month: "03", day: "09" },
    arxivid: "2101.00001",
  };
  await assertFirst(JSON.stringify([paperpile]), { authors, id: "2101.00001", published: "2021-03-09" });
  const cinii = {
    "@id": "https://search.example/articles?q=x",
    title: "Articles - x",
    items: [
      {
        title,
        link: { "@id": "https://search.example/crid/1" },
        "dc:creator": [{ "@value": "Ines Holm" }, { "@value": "Otto T. Reed" }],
        "prism:publicationName": [{ "@value": "Kettle Lett." }],
        "prism:publicationDate": "2021-03",
        "dc:identifier": [
          { "@type": "cir:NAID", "@value": "1" },
          { "@type": "cir:DOI", "@value": doi },
        ],
      },
    ],
  };
  await assertFirst(JSON.stringify(cinii), {
    authors,
    doi,
    journal: "Kettle Lett.",
    url: "https://search.example/crid/1",
  });
  const doaj = {
    total: 1,
    results: [
      {
        bibjson: {
          title,
          identifier: [{ type: "doi", id: doi }],
          journal: { title: "Kettle Lett." },
          month: "3",
          year: "2021",
          author: [{ name: "Ines Holm" }, { name: "Otto T. Reed" }],
          link: [{ type: "fulltext", url: "https://kettles.example/1" }],
        },
      },
    ],
  };
  await assertFirst(JSON.stringify(doaj), { doi, published: "2021-03", url: "https://kettles.example/1" });
  const zenodo = {
    hits: {
      hits: [
        {
          id: "abcde-12345",
          pids: { doi: { identifier: doi, provider: "datacite" } },
          metadata: {
            title,
            creators: authors.map((name) => ({ person_or_org: { type: "personal", name } })),
            publication_date: "2021-03-09",
            description: "<p>We count.</p>",
          },
        },
      ],
    },
  };
  await assertFirst(JSON.stringify(zenodo), { authors, doi, abstract: "We count." });
  const core = {
    results: [{ title, authors: [{ name: "Holm, Ines" }], journals: [{ title: "Kettle Lett." }], doi }],
  };
  await assertFirst(JSON.stringify(core), { journal: "Kettle Lett." });
});

test("tables of OpenAlex and Covidence keep people, journal and year", async () => {
  const openAlex =
    "id,doi,display_name,title,publication_year,publication_date,primary_location.source.display_name,authorships.author.display_name,keywords.display_name\n" +
    `https://openalex.org/W1,https://doi.org/${doi},Counting kettles,Counting kettles,2021,2021-03-09,Kettle Lett.,Ines Holm|Otto T. Reed,Tea|Dusk\n`;
  const filled = {
    authors,
    doi,
    journal: "Kettle Lett.",
    keywords: ["Tea", "Dusk"],
    published: "2021-03-09",
  };
  await assertFirst(openAlex, filled);
  const former = `id,title,publication_date,author_names,primary_location_display_name,doi\nhttps://openalex.org/W1,Counting kettles,2021-03-09,Ines Holm|Otto T. Reed,Kettle Lett.,https://doi.org/${doi}\n`;
  await assertFirst(former, { authors, journal: "Kettle Lett." });
  const covidence = `Title,Authors,Abstract,Published Year,Published Month,Journal,DOI\nCounting kettles,"Holm, Ines; Reed, Otto T.",We count.,2021,March,Kettle Lett.,${doi}\n`;
  await assertFirst(covidence, { authors, published: "2021" });
});

test("ADS's portable format has all authors in one tag, and its identifiers in another", async () => {
  const text = `%R 2021KtlL...12....1H
%T Counting kettles
%A Holm, Ines; Reed, Otto T.
%D 2021/03
%J Kettle Lett.
%B We count.
%Y DOI:${doi}; eprintid:arXiv:2101.00001
%U https://ads.example/abs/2021KtlL...12....1H
`;
  await assertFirst(text, {
    id: "2101.00001",
    title,
    authors,
    doi,
    abstract: "We count.",
    published: "2021-03",
  });
});

test("ACM's keywords for EndNote are parted at commas if they are in one line", async () => {
  const enw = (keywords: string) => `%0 Journal Article\n%A Ines Holm\n%T Counting kettles\n${keywords}\n`;
  await assertFirst(enw("%K tea, dusk"), { keywords: ["tea", "dusk"] });
  await assertFirst(enw("%K leaves, green\ntea"), { keywords: ["leaves, green", "tea"] });
});

test("an entry of J-STAGE has the people and the journal in the language of its title", async () => {
  const feed = (name: string) =>
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><title>Articles</title><entry><article_title><en>Counting kettles</en><ja>やかんを数える</ja></article_title><author><en><name>Ines Holm</name><name>Otto T. Reed</name></en><ja><name>山田 太郎</name><name>鈴木 花子</name></ja></author><material_title><en>Kettle Lett.</en><ja>やかん</ja></material_title><pubyear>2021</pubyear><prism:doi>${doi}</prism:doi><title>${name}</title><id>https://kettles.example/1</id></entry></feed>`;
  await assertFirst(feed(title), { authors, journal: "Kettle Lett.", published: "2021", doi });
  await assertFirst(feed("やかんを数える"), { authors: ["山田 太郎", "鈴木 花子"], journal: "やかん" });
});

test("braces that protected a name in TeX are no part of the text", async () => {
  const abstract = String.raw`A \{PID\} loop on \{NGC-1\}, for \{a, b\} and a \{label\}, with $\{AB\}$.`;
  const read = String.raw`A PID loop on NGC-1, for \{a, b\} and a \{label\}, with $\{AB\}$.`;
  const ads = {
    response: { docs: [{ bibcode: "2021KtlL..12....3H", title: [String.raw`The \{PID\}`], abstract }] },
  };
  await assertFirst(JSON.stringify(ads), { title: "The PID", abstract: read });
  await assertFirst(`@article{a, title = {A}, abstract = {${abstract}}}`, { abstract: read });
});

test("of databases' exports for people to read the identifiers are read, and what is missing is reported", async () => {
  const scopus = (id: string) =>
    `Holm, I., Reed, O.T.\nCounting kettles\n(2021) Kettle Lett., 12 (3), pp. 1-12. \n${id}ABSTRACT: We count.\nDOCUMENT TYPE: Article\nSOURCE: Scopus\n`;
  const both = `Scopus\nEXPORT DATE: 09 March 2024\n\n${scopus(`DOI: ${doi}\n`)}\n${scopus("")}`;
  const elsevier = `Ines Holm,\nCounting kettles,\nKettle Lett.,\nVolume 12,\n2021,\nPages 1-12,\nhttps://doi.org/${doi}.\n(https://www.sciencedirect.com/science/article/pii/S1)\nAbstract: We count.\n`;
  const embase = `"TITLE","Counting kettles"\n"AUTHOR NAMES","Holm I.","Reed O.T."\n"DOI","${doi}"\n\n"TITLE","Cups"\n"AUTHOR NAMES","Holm I."\n`;
  const wiki = `* {{cite journal |last=Holm |title=Counting kettles |doi=${doi}}}\n* {{Cite book |title=Cups |year=1998}}\n`;
  const pubmed = `1. Kettle Lett. 2021;12:1. doi: ${doi}.\n\nCounting kettles.\n\nHolm I.\n\nPMID: 1\n\n2. Kettle Lett. 2020;11:3.\n\nCups.\n\nPMID: 2\n`;
  for (const [text, name, skips] of [
    [both, "Scopus’s text export", 1],
    [elsevier, "ScienceDirect’s text export", undefined],
    [embase, "Embase’s table with fields by row", 1],
    [pubmed, "PubMed’s text", 1],
    [wiki, "Wikipedia’s citations", 1],
  ] as const) {
    const { papers, problems } = await listingOf(text);
    assert.deepEqual(
      papers.map(({ id }) => id),
      [`doi:${doi}`],
    );
    assert.match(problems[0]?.message ?? "", new RegExp(`^of ${name} only identifiers are read; export `));
    assert.equal(problems[0]?.skips, skips);
  }
});

test("names in databases' tables and answers are in reading order, with every initial", async () => {
  const table = (people: string) => `title,authors,year\nCounting kettles,"${people}",2021\n`;
  await assertFirst(table("Holm, I., Reed, O.T."), { authors: ["I. Holm", "O.T. Reed"] });
  await assertFirst(table("Holm I., Wei D.-Q."), { authors: ["I. Holm", "D.-Q. Wei"] });
  const medline = "PMID- 1\nTI  - Counting kettles\nAU  - Holm I\nAU  - van Reed OT\nDP  - 2021\n";
  await assertFirst(medline, { authors: ["I Holm", "OT van Reed"] });
  const europePmc = (more: object) => ({
    resultList: { result: [{ source: "MED", title, authorString: "Holm I, Reed OT.", ...more }] },
  });
  await assertFirst(JSON.stringify(europePmc({})), { authors: ["I Holm", "OT Reed"] });
  const author = [
    { fullName: "Holm I", firstName: "Ines", lastName: "Holm" },
    { fullName: "Reed OT", firstName: "Otto T.", lastName: "Reed" },
  ];
  await assertFirst(JSON.stringify(europePmc({ authorList: { author } })), { authors });
  const ris = "TY  - JOUR\nTI  - Counting kettles\nAU  - Holm, Ines and Reed, Otto T.\nER  - \n";
  await assertFirst(ris, { authors });
});

test("tables of EBSCO, ProQuest, Notion and of data sets with lists of Python are read by their heads", async () => {
  const ebsco = `an,doi,title,authors,publicationDate,source,plink\n1,${doi},Counting kettles,"Holm, Ines;Reed, Otto T.",20210309,Kettle Lett.,https://kettles.example/1\n`;
  await assertFirst(ebsco, { authors, published: "2021-03-09", url: "https://kettles.example/1" });
  const proQuest = `Title,Authors,pubdate,pubtitle,year,DocumentURL\nCounting kettles,"Holm, Ines; Reed, Otto T.",Mar 2021,Kettle Lett.,2021,https://kettles.example/1\n`;
  const filled = { published: "2021-03", journal: "Kettle Lett.", url: "https://kettles.example/1" };
  await assertFirst(proQuest, filled);
  const notion = `Name,Tags,URL,Created,Authors,Year\nCounting kettles,"tea, dusk",https://arxiv.org/abs/2101.00001,"March 9, 2024","Ines Holm, Otto T. Reed",2021\n`;
  await assertFirst(notion, { id: "2101.00001", title, authors, published: "2021" });
  const python = `titles,summaries,terms\nCounting kettles,We count.,"['cs.LG', 'cs.AI']"\n`;
  await assertFirst(python, { title, abstract: "We count.", categories: ["cs.LG", "cs.AI"] });
  const hub = `paper_title,paper_authors,paper_url\nCounting kettles,"['Ines Holm', ""Otto T. Reed""]",https://arxiv.org/abs/2101.00001\n`;
  await assertFirst(hub, { title, authors });
});

test("Crossref's works keep a date however it was selected, and other services' articles are no CSL", async () => {
  const work = { DOI: doi, title: [title], published: { "date-parts": [[2021, 3, 9]] } };
  const crossref = { "message-type": "work-list", message: { items: [work] } };
  await assertFirst(JSON.stringify(crossref), { published: "2021-03-09" });
  const publication = { title, doi, type: "article", authors: [{ first_name: "Ines", last_name: "Holm" }] };
  const dimensions = { _stats: { total_count: 1 }, publications: [publication] };
  await assertFirst(JSON.stringify(dimensions), { title, doi, authors: ["Ines Holm"] });
});

test("a link of Org mode names its paper", async () => {
  const { papers } = await listingOf("* Papers\n** [[https://arxiv.org/abs/2101.00001][Counting kettles]]\n");
  assert.deepEqual(
    papers.map(({ id }) => id),
    ["2101.00001"],
  );
});

test("files of Embase, Scopus and Zoological Record: cited journals, numbered fields, addresses after names", async () => {
  const embase =
    'Title,Author Names,Source,Abstract\nCounting kettles,"Holm I., Reed O.T.","Kettle Lett. (2021) 12:3 (1-9). Date of Publication: 9 Mar 2021",We count.\n';
  await assertFirst(embase, {
    authors: ["I. Holm", "O.T. Reed"],
    journal: "Kettle Lett.",
    published: "2021-03-09",
  });
  const ris = "TY  - JOUR\nTI  - Counting kettles\nA1  - Holm I.\nA1  - Reed O.T.\nER  - \n";
  await assertFirst(ris, { authors: ["I. Holm", "O.T. Reed"] });
  const scopus =
    "@ARTICLE{Holm2021,\nauthor={Holm, I.},\ntitle={Counting kettles},\nfunding_text 1={The Kettle Fund},\nfunding_text 2={Another},\nyear={2021},\n}\n";
  const { papers, problems } = await listingOf(scopus);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    papers[0]?.entry?.fields.map(([name]) => name),
    ["author", "title", "funding_text1", "funding_text2", "year"],
  );
  const zoological =
    "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nTI Counting kettles\nAU Holm, Ines (ines.holm@kettles.example) \n   Reed, Otto T.\nSO Kettle Lett.\nPY 2021\nER\n\nEF\n";
  await assertFirst(zoological, { authors });
});

test("degrees and signs of affiliations in Ovid's files are no names, and initials are no degrees", async () => {
  const ovid = (people: string) =>
    `<1>\nAuthor\n  ${people}\nTitle\n  Counting kettles.\nSource\n  Kettle Lett. 12(3):1-9, March 2021.\n`;
  await assertFirst(ovid("Holm, Ines MD *;  Reed, Otto T. MD, PhD +;  van Vale, Ada 1"), {
    authors: ["Ines Holm", "Otto T Reed", "Ada van Vale"],
  });
  await assertFirst(ovid("Holm, Ines RN; PhD; FAAN 1"), { authors: ["Ines Holm"] });
  await assertFirst(ovid("Holm MD. Reed DO."), { authors: ["MD Holm", "DO Reed"] });
});

test("OpenAlex's table with the columns chosen on its page has titles", async () => {
  const table = `"id","abstract","authorships.author.display_name","display_name","doi","publication_date"\nhttps://openalex.org/W1,We count.,Ines Holm|Otto T. Reed,Counting kettles,https://doi.org/${doi},2021-03-09\n`;
  await assertFirst(table, { title, authors, doi });
});

test("bibliographies in XML that are not read are named, whatever their prefix", async () => {
  for (const [root, said] of [
    ["mods:modsCollection", /MODS/],
    ["b:Sources", /Word/],
    ["zs:searchRetrieveResponse", /SRU.*export BibTeX or RIS/],
  ] as const) {
    const result = await readListing(Buffer.from(`<?xml version="1.0"?><${root}></${root}>`), {
      today: "2026-11-28",
    });
    assert.match(result.ok ? "" : result.reason, said);
  }
});

test("a list of numbered references is no JSON, and those without identifiers are counted", async () => {
  const references = `[1] I. Holm, Counting kettles, arXiv:2101.00001, 2021.\n[2] O. Reed, Two kettles, doi:${doi}.\n[3] A. Vale, A book, 2019.\n`;
  const { papers, problems } = await listingOf(references);
  assert.deepEqual(
    papers.map(({ id }) => id),
    ["2101.00001", `doi:${doi}`],
  );
  assert.equal(problems[0]?.skips, 1);
  for (const [text, said] of [
    ["{Reference Type}: Journal Article\n{Title}: Counting kettles\n", /NoteExpress/],
    ["[1] I. Holm, Counting kettles, 2021.\n", /no papers were found/],
    ["[1, 2", /damaged JSON/],
  ] as const) {
    const result = await readListing(Buffer.from(text), { today: "2026-11-28" });
    assert.match(result.ok ? "" : result.reason, said);
  }
});

test("PubMed's summaries and citation data sets in JSON, and tables of CiNii and CORD-19, keep their fields", async () => {
  const summary = {
    uid: "1",
    pubdate: "2021 Mar 9",
    authors: [{ name: "Holm I" }, { name: "Reed OT" }],
    title,
    articleids: [
      { idtype: "pubmed", value: "1" },
      { idtype: "doi", value: doi },
    ],
    fulljournalname: "Kettle Lett.",
  };
  const filled = { authors: ["I Holm", "OT Reed"], doi, journal: "Kettle Lett.", published: "2021-03-09" };
  await assertFirst(JSON.stringify({ result: { uids: ["1"], "1": summary } }), filled);
  const line = {
    id: "1",
    title,
    authors: [{ name: "Ines Holm" }],
    venue: { raw: "Kettle Lett." },
    year: 2021,
  };
  await assertFirst(`${JSON.stringify(line)}\n${JSON.stringify(line)}\n`, { journal: "Kettle Lett." });
  const cinii = `論文名\t著者名\t雑誌名\t出版日付\tURL(DOI)\nやかん\t山田 太郎, 鈴木 花子\tやかん学会誌\t2021-03-09\thttps://doi.org/${doi}\n`;
  await assertFirst(cinii, { authors: ["山田 太郎", "鈴木 花子"], doi, published: "2021-03-09" });
  const cord = `cord_uid,title,doi,publish_time,authors\na,Counting kettles,${doi},2021-03-09,"Holm, Ines; Reed, Otto T."\n`;
  await assertFirst(cord, { authors, published: "2021-03-09" });
});

test("a family name in capitals or of one letter stays behind the given name in every format", async () => {
  const expected = { authors: ["Wei LI", "Weinan E"] };
  for (const text of [
    `TY  - JOUR\nTI  - ${title}\nAU  - LI, Wei\nAU  - E, Weinan\nPY  - 2021\nER  - \n`,
    `FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU LI, W\n   E, WN\nAF LI, Wei\n   E, Weinan\nTI ${title}\nPY 2021\nER\n\nEF\n`,
    `%0 Journal Article\n%A LI, Wei\n%A E, Weinan\n%T ${title}\n%D 2021\n`,
    `Title,Authors,Year\n${title},"LI, Wei; E, Weinan",2021\n`,
    JSON.stringify([{ title, year: 2021, authors: ["LI, Wei", "E, Weinan"] }]),
    JSON.stringify([
      {
        title,
        year: 2021,
        authors: [
          { first: "Wei", last: "LI" },
          { given: "Weinan", family: "E" },
        ],
      },
    ]),
  ]) {
    await assertFirst(text, expected);
  }
  await assertFirst(`Title,Authors,Year\n${title},"LI, Wei",2021\n`, { authors: ["Wei LI"] });
  for (const names of [["Wei LI", "Min XU"], ["Google AI"]])
    await assertFirst(JSON.stringify([{ title, year: 2021, authors: names }]), { authors: names });
});

test("a HAL citation is the title where it cannot be parted", async () => {
  const works = (label_s: string) => JSON.stringify({ response: { docs: [{ halId_s: "hal-1", label_s }] } });
  await assertFirst(works("Ines Holm. Counting kettles 2. Kettle Lett., 2021, 12, pp.3. ⟨hal-1⟩"), {
    title: "Counting kettles 2",
    authors: ["Ines Holm"],
    published: "2021",
  });
  await assertFirst(works("Kettles"), { title: "Kettles" });
});
