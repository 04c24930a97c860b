import type { Listing } from "../../papers/listing.js";
import { paperElsewhere } from "../../reader/filter/filtering.js";
import { proposalFor } from "../../reader/filter/proposal.js";
import { outcomeIn } from "../../reader/filter/search-index.js";
import type { Pane } from "../../reader/layout.js";
import type { Model } from "../../reader/model.js";
import type { Query } from "../../search/query/query.js";
import type { WhyNothing } from "../../search/query/why-nothing.js";
import { numberColumns } from "../../search/text/fields.js";
import { counted } from "../../text/numbers.js";
import type { TexStyle } from "../../text/tex/rendered.js";
import { wrap } from "../../text/wrap.js";
import { composed, fit } from "../line.js";
import { type Line, type Style, span, styles } from "../style.js";

/** A sentence, or keys and what they do. */
type Said = string | readonly (readonly [key: string, does: string])[];

/** Why a list is empty, and what to press. */
export function emptyLines(model: Model, pane: Pane): Line[] {
  const lines = emptyText(model).flatMap((said, index) =>
    linesOf(said, index === 0 ? styles.plain : styles.faint, pane.width),
  );
  const above = Math.max(0, Math.min(Math.floor(pane.height / 3), pane.height - lines.length));
  return Array.from({ length: pane.height }, (_, y) => lines[y - above] ?? fit([], pane.width));
}

/** The text as lines of this width, its keys in bold. */
function linesOf(said: Said, style: Style, width: number): Line[] {
  let text = typeof said === "string" ? said : "";
  const bold: TexStyle[] = [];
  for (const [at, [key, does]] of typeof said === "string" ? [] : said.entries()) {
    if (at > 0) text += "; ";
    bold.push({ start: text.length, end: text.length + key.length, style: "bold" });
    text += `${key} ${does}`;
  }
  if (bold.length > 0) text += ".";
  return wrap(text, Math.max(1, width - 4)).map(({ start, end }) =>
    fit(
      [
        span("  ", style),
        ...composed(text.slice(start, end), bold.length > 0 ? styles.plain : style, { styles: bold }, start),
      ],
      width,
    ),
  );
}

/** Why a filter found nothing, if the listing or the filter shows it. */
function reason({ terms }: Query, listing: Listing): string | null {
  const { has } = listing;
  for (const term of terms) {
    if (
      (term.kind === "word" || term.kind === "phrase") &&
      term.field === "category" &&
      !hasCategories(listing)
    )
      return "This listing does not name categories.";
    if ((term.kind === "word" || term.kind === "phrase") && term.field === "author" && !has.authors)
      return "This listing does not name authors.";
    const column = term.kind === "number" ? numberColumns[term.field] : null;
    if (term.kind === "number" && column !== null && !has[column])
      return `This listing has no ${term.field}.`;
    if (term.kind === "word" && term.field === null && /^(19|20)\d\d$/.test(term.text))
      return `year:${term.text} finds the papers of that year.`;
  }
  return null;
}

/** Whether one of the first papers has a category: a source names them for all papers or for none. */
function hasCategories({ size, paper }: Listing): boolean {
  return Array.from({ length: Math.min(size, 100) }, (_, at) => paper(at)).some(
    ({ categories }) => categories.length > 0,
  );
}

/** Says in a few words which word has no match. */
function blame({ blamed, isNowhere, without }: WhyNothing): string {
  if (isNowhere) return `no paper has “${blamed}”`;
  return without === null ? "no paper has all of these" : `no paper has “${blamed}” with the rest`;
}

/** Says that the filter finds papers in other views; `null` if it finds none. */
function foundElsewhere({ filter, view, found, listing }: Model): string | null {
  const isOfMarks = filter.query.terms.some(({ kind }) => kind === "is");
  if (view === "all" || isOfMarks || found?.listing !== listing || found.papers.length === 0) return null;
  return `${counted(found.papers.length, "paper")} in other views match: V shows them.`;
}

function emptyText(model: Model): Said[] {
  const { filter, view, listing, working, awaited } = model;
  // Papers that are still loading are not missing.
  if (listing.size === 0 && working !== null) return [`${working} …`, [["Esc", "stops it"]]];
  if (awaited !== null)
    return [`Looking for “${filter.query.text.trim()}” …`, [["Esc", "clears the filter"]]];
  if (filter.query.text.trim() !== "") {
    const where = view === "all" ? "" : ` in ${view}`;
    const elsewhere = paperElsewhere(model);
    const why = elsewhere === null ? outcomeIn(model).why : null;
    const proposed = proposalFor(filter.query);
    const said = proposed === null ? reason(filter.query, listing) : null;
    const found = why === null ? foundElsewhere(model) : null;
    return [
      `Nothing${where} matches “${filter.query.text.trim()}”${why === null || why.blamed === filter.query.text.trim() ? "" : `: ${blame(why)}`}.`,
      ...(said === null ? [] : [said]),
      ...(found === null ? [] : [found]),
      ...(elsewhere
        ? [
            [
              [
                "Enter",
                `opens ${elsewhere.count > 1 ? `these ${elsewhere.count} papers` : "this paper"} from ${elsewhere.site}`,
              ],
            ] as Said,
          ]
        : []),
      ...(proposed ? [[["Enter", `takes “${proposed.conditions.join(" ")}”`]] as Said] : []),
      ...(why?.instead ? [[["Enter", `takes “${why.instead.word}”`]] as Said] : []),
      ...(why?.without ? [[["Tab", `leaves it out: ${counted(why.without.count, "paper")}`]] as Said] : []),
      [["Esc", "clears the filter"]],
    ];
  }
  if (listing.size === 0 && listing.whyEmpty !== null)
    return [listing.whyEmpty, [["a", "opens another source"]]];
  if (listing.size === 0)
    return [
      "No papers here.",
      "arXiv and Daily Papers have none on some days.",
      [
        ["r", "looks again"],
        ...(listing.hasDays ? [["[", "goes to the day before"] as const] : []),
        ["a", "opens another source"],
      ],
    ];
  if (model.watch !== null) {
    const name = model.interests.find(({ id }) => id === model.watch)?.title ?? "";
    return [
      `Nothing here for the watch “${name}”.`,
      [
        ["v", "shows the next view"],
        ["w", "lists the watches"],
      ],
    ];
  }
  if (view === "all" && model.counts.muted > 0)
    return [
      "All papers here are muted.",
      [
        ["/ is:muted", "shows them"],
        ["w", "lists what you mute"],
      ],
    ];
  switch (view) {
    case "unread":
      return [
        "All read.",
        [
          ["v", "shows the starred ones"],
          ["V", "shows all"],
          ["a", "opens another source"],
        ],
      ];
    case "for-you":
      return ["All read.", [["V", "goes back"]]];
    case "starred":
      return [
        "Nothing starred in this listing.",
        [
          ["s", "stars a paper"],
          ["a", "opens “starred”: all that you starred"],
          ["V", "goes back"],
        ],
      ];
    default:
      return [
        "Nothing kept for later in this listing.",
        [
          ["L", "keeps a paper for later"],
          ["a", "opens “later”: all that you kept"],
          ["v", "shows all"],
        ],
      ];
  }
}
