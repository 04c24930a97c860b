import { clean } from "../../text/clean.js";

/** A field of a paper that a column may hold. */
export type ColumnName =
  | "title"
  | "authors"
  | "abstract"
  | "journal"
  | "date"
  | "year"
  | "doi"
  | "arxiv"
  | "url"
  | "pdf"
  | "code"
  | "keywords"
  | "categories"
  | "pmid"
  | "volume"
  | "pages"
  | "upvotes"
  | "citations"
  | "comments"
  | "stars"
  | "organization"
  | "summary"
  | "project"
  | "comment";

/** The heads under which tables have each field, best first, as `headOf` writes them. */
export const names: Readonly<Record<ColumnName, string>> = {
  title:
    "title|document title|article title|item title|paper title|ti|publication title (article)|paper|primary title|titles|display name|titel|titre|título|titulo|titolo|标题|题名|題名|論文名|タイトル|название",
  authors:
    "author full names|af|authors full name|authors|author|author names|au|author(s)|creator|creators|authors list|autoren|autor|autor:in|verfasser|auteurs|auteur|autores|autori|author/s|authorships.author.display name|作者|著者|著者名|авторы|автор|paper authors|autor, herausgeber oder institution|author, editor or organization|first author|first authors",
  abstract:
    "abstract|ab|abstract note|paper abstract|summaries|summary|description|abstracts|zusammenfassung|résumé|resumen|resumo|riassunto|摘要|抄録|аннотация",
  journal:
    "source title|journal|journal/book|primary location.source.display name|primary location display name|publication title|publication|venue|so|conference|conference name|source|journal title|pubtitle|booktitle|container title|publication name|book title|zeitschrift|zeitschrift/zeitung|periodical|revue|revista|rivista|periódico|期刊|刊名|文献来源|雑誌名|журнал",
  date: "date|publication date|published|create date|online date|cover date|issue date|date published|pub date|publish time|出版日付|publicationdate|pubdate|publication date (online)|dp|submitted",
  year: "year|publication year|py|publication year (yyyy)|pub year|published year|yr|jahr|jahr ermittelt|year derived|erscheinungsjahr|pubyear|année|annee|año|ano|anno|年份|年|発行年|出版年|год",
  doi: "doi|item doi|di|article doi|doi link|doi name|url(doi)|digital object identifier",
  arxiv: "arxiv|arxiv id|arxiv number|eprint|paper id|id|arxiv identifier",
  url: "url|link|item url|article url|articleurl|web link|links|scopus link|paper url|paper link|page|external url|primary location.landing page url|documenturl|plink|urls|online adresse|online address",
  pdf: "pdf|pdf link|pdf url|open access pdf|fulltexturl",
  code: "code|github|code link|repository|code url|repo",
  keywords:
    "author keywords|keywords|de|schlagwörter|schlagworte|mots clés|palabras clave|palavras chave|关键词|キーワード|ключевые слова|tags|manual tags|document tags|keyword|automatic tags|keywords.display name",
  categories: "categories|category|subjects|subject|primary category|field|fields of study|terms",
  pmid: "pmid|pubmed id",
  volume: "volume|journal volume|vl",
  pages: "pages|page start|start page|bp|first page",
  upvotes: "upvotes|votes",
  citations:
    "cited by|times cited|times cited, wos core|times cited, all databases|tc|z9|article citation count|citation count|citations|cited by count|cites|total citations|total cites|citing works count|number of citations",
  comments: "comment count|number of comments|num comments|numcomments",
  stars: "stars|github stars|code stars|githubstars",
  organization: "organization|organisation",
  summary: "takeaway|abstract summary|tldr|tl;dr|ai summary|one sentence summary",
  project: "project|project page|project url|projectpage|homepage",
  comment: "comment|comments (arxiv)",
};

/** A header normalized to the form used in `names`. */
export function headOf(cell: string): string {
  return clean(cell).toLowerCase().replace(/^"|"$/g, "").replace(/[_-]+/g, " ");
}

/** The field of the column with a header as `headOf` writes it; programs also write "ArxivId" and "PubYear". */
export function columnOf(head: string): ColumnName | undefined {
  return columns.get(head) ?? joined.get(head);
}

const columns: ReadonlyMap<string, ColumnName> = new Map(
  (Object.keys(names) as ColumnName[]).flatMap((name) =>
    names[name].split("|").map((head) => [head, name] as const),
  ),
);
const joined: ReadonlyMap<string, ColumnName> = new Map(
  [...columns]
    .filter(([head]) => /^[a-z ]+$/.test(head))
    .map(([head, name]) => [head.replaceAll(" ", ""), name]),
);
