import type { BibliographyFormat } from "../../papers/bibliography-entry.js";
import type { Paper } from "../../papers/paper.js";
import { arxivOf, kindOf } from "../exported-paper.js";

/**
 * Entry types by their names in BibTeX (BibLaTeX's manual, 2.1), RIS and CSL. The first row with a name gives
 * its type in the other formats; further names follow a bar.
 */
const rows = `
article|suppperiodical|journal_article : JOUR|EJOUR|INPR|ABST : article-journal|article
inproceedings|conference|conference_paper|conference_proceeding : CONF|CPAPER : paper-conference
incollection|inbook|bookinbook|suppbook|suppcollection|book_section|book_chapter|chapter : CHAP|ECHAP : chapter
inreference|encyclopedia_article|dictionary_entry : ENCYC|DICT : entry-encyclopedia|entry|entry-dictionary
book|mvbook|collection|mvcollection|reference|mvreference|proceedings|mvproceedings|edited_book : BOOK|EBOOK|EDBOOK|CLSWK|SER|CTLG : book|classic|collection
phdthesis|mastersthesis|thesis|bathesis|candthesis : THES : thesis
techreport|report|government_document|working_paper : RPRT|GOVDOC : report
manual : BOOK : book
unpublished|manuscript : UNPB|MANSCPT|UNBILL : manuscript
online|electronic|www|webpage|web_page|website|blog_post|forum_post : ELEC|BLOG|ICOMM|WEB : webpage|post|post-weblog
booklet : PAMP : pamphlet
patent : PAT : patent
dataset : DATA|AGGR|DBASE : dataset
software|computer_program : COMP : software
standard : STAND : standard
periodical : JFULL|JFUL : periodical
article|newspaper_article : NEWS : article-newspaper
article|magazine_article : MGZN : article-magazine
review : JOUR : review|review-book
legislation|statute : STAT|BILL|LEGAL : legislation|bill|regulation|treaty
jurisdiction|case : CASE|HEAR : legal_case|hearing
letter|email : PCOMM : personal_communication
video|movie|film : VIDEO|MPCT|ADVS : motion_picture|broadcast
audio|music : SOUND|MUSIC : song|musical_score
image|artwork : ART|FIGURE : graphic|figure
misc|document|generic : GEN|EQUA|MULTI|GRANT|CHART : document|event|interview
misc|presentation : SLIDE : speech|performance
misc|map : MAP : map
`
  .trim()
  .split("\n")
  .map((row) => {
    const [bibtex = [], ris = [], csl = []] = row.split(" : ").map((names) => names.trim().split("|"));
    return { bibtex, ris, "csl-json": csl };
  });

const generic = rows.find(({ ris }) => ris.includes("GEN")) as (typeof rows)[number];

/** The type of a paper in a format: that of its own entry, else the nearest one. */
export function typeOf(paper: Paper, format: BibliographyFormat): string {
  const { entry } = paper;
  const kind = kindOf(paper);
  const byKind = {
    article: { bibtex: "article", ris: "JOUR", "csl-json": "article-journal" },
    conference: { bibtex: "inproceedings", ris: "CONF", "csl-json": "paper-conference" },
    preprint: { bibtex: "misc", ris: "UNPB", "csl-json": "article" },
  }[kind];
  if (entry === undefined || entry.type === "") return byKind[format];
  if (entry.format === format) return entry.type;
  const type = entry.format === "ris" ? entry.type.toUpperCase() : entry.type.toLowerCase();
  const isMisc = /^(?:misc|gen|unpb|article|document)$/i.test(type);
  if (isMisc && arxivOf(paper) !== null && kind === "preprint") return byKind[format];
  // Only in BibTeX does "article" mean a journal article.
  if (entry.format === "csl-json" && type === "article") return byKind[format];
  const row = rows.find((one) => one[entry.format].includes(type)) ?? generic;
  return row[format][0] as string;
}
