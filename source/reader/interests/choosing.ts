import { type Interest, interestId, interestKind } from "../../papers/interests/interest.js";
import { companyOf, isBy, joinCompany, personKey, personOf } from "../../papers/interests/people.js";
import type { PaperChange } from "../../papers/marks.js";
import type { Paper } from "../../papers/paper.js";
import { hasPaper } from "../../search/interests/judged.js";
import { parseQuery, type Query } from "../../search/query/query.js";
import { counted, thousands } from "../../text/numbers.js";
import { plainTex } from "../../text/tex/render.js";
import type { CacheName } from "../caches.js";
import { whyNotKept } from "../filter/proposal.js";
import { emptyLine } from "../keys/line-editor.js";
import { nothingHere } from "../list/marking.js";
import { current, type Model, type PanelKind } from "../model.js";
import { matching, type PanelEntry } from "../panels/entry.js";
import { watchCounts } from "./counts.js";
import { watchesIn } from "./judging.js";
import { ending } from "./saving.js";

/** How many authors of a paper are offered. */
const mostAuthors = 100;
/** How many co-authors are named to tell namesakes apart. */
const mostNamed = 3;

/** Opens the panel of watches, or of what can be followed or muted of the paper under the cursor. */
export function openInterests(model: Model, kind: "watches" | "follow" | "mute"): Model {
  const opened: Model = { ...model, mode: "panel", panel: { kind, line: emptyLine, cursor: 0, top: 0 } };
  // In the panel of mutes words can be typed.
  const isOfUse = kind === "mute" && current(model) !== null;
  if (isOfUse || interestEntries(opened).length > 0) return opened;
  const text =
    kind === "watches"
      ? "no watches yet · / filters, then W saves the filter as a watch"
      : "this listing names no author or organisation of this paper";
  if (kind !== "watches" && current(model) === null) return nothingHere(model)[0];
  return { ...model, notice: { text, tone: "info" } };
}

/** What the lines of a panel were made of, and the lines. */
interface LastEntries {
  readonly madeOf: readonly unknown[];
  readonly entries: readonly PanelEntry[];
}

const lastEntries: CacheName<{ last: LastEntries | null }> = { make: () => ({ last: null }) };

/** The lines of these panels. Each key asks for them several times, and there may be thousands. */
export function interestEntries(model: Model): readonly PanelEntry[] {
  const { caches, panel, interests, judged, marks, filter, listing } = model;
  const madeOf = [panel.kind, interests, judged, marks, filter, listing, current(model)];
  const cache = caches.of(lastEntries);
  if (cache.last?.madeOf.every((part, at) => part === madeOf[at])) return cache.last.entries;
  const entries = makeEntries(model);
  cache.last = { madeOf, entries };
  return entries;
}

function makeEntries(model: Model): readonly PanelEntry[] {
  switch (model.panel.kind) {
    case "watches":
      return allEntries(model);
    case "follow":
      return numbered(followEntries(model));
    case "mute":
      return numbered(muteEntries(model));
    default:
      return [];
  }
}

/** Whether the lines of a panel have numbers: a typed number leaves the lines whose number begins with it. */
export function isNumbered(kind: PanelKind): boolean {
  return kind === "follow" || kind === "mute";
}

function numbered(entries: readonly PanelEntry[]): readonly PanelEntry[] {
  return entries.map((entry, at) => ({ ...entry, label: String(at + 1) }));
}

function allEntries(model: Model): readonly PanelEntry[] {
  return model.interests
    .flatMap((one): PanelEntry[] => {
      const { id, title, filter } = one;
      const kind = interestKind(id);
      if (kind === "watch") {
        const counts = watchCounts(model, id);
        const found =
          counts === null ? "…" : `${counted(counts.total, "paper")}, ${thousands(counts.unread)} unread`;
        return [
          {
            group: "Watches",
            label: title,
            text: `${found} · ${filter}`,
            chosen: { type: "watch", id },
            removal: { type: "interest", label: `watch “${title}” removed`, change: ending(one) },
          },
        ];
      }
      if (kind !== "follow" && kind !== "mute") return [];
      const isFollow = kind === "follow";
      const what = id.slice(id.indexOf(":") + 1, id.indexOf("/"));
      return [
        {
          group: isFollow ? "Followed" : "Muted",
          label: title,
          text: `${whatWords[what] ?? what} · ${foundWords(model, one)}`,
          chosen: { type: "filter", text: filterFor(one, what) },
          removal: {
            type: "interest",
            label: isFollow ? `no longer following ${title}` : `${title} unmuted`,
            change: ending(one),
          },
        },
      ];
    })
    .sort((one, other) => rank(one) - rank(other));
}

function rank({ group }: PanelEntry): number {
  return ["Watches", "Followed", "Muted"].indexOf(group);
}

const whatWords: Readonly<Record<string, string>> = {
  author: "author",
  org: "organisation",
  keyword: "keyword",
  category: "category",
  filter: "filter",
};

function foundWords({ judged }: Model, { id }: Interest): string {
  const held = judged?.byId.get(id);
  return held === undefined ? "…" : `${counted(held.papers.length, "paper")} here`;
}

/** A filter that shows the papers of a follow or a mute. */
function filterFor({ id, title }: Interest, what: string): string {
  const text = title.replaceAll('"', "");
  const isMuted = interestKind(id) === "mute" ? " is:muted" : "";
  if (what === "filter") return `(${title})${isMuted}`;
  const field = { author: "author", org: "org", keyword: "keyword", category: "category" }[what] ?? "all";
  return `${field}:"${text}"${isMuted}`;
}

function paperOf(model: Model): Paper | null {
  const at = current(model);
  return at === null ? null : model.listing.paper(at);
}

function followEntries(model: Model): readonly PanelEntry[] {
  const paper = paperOf(model);
  if (paper === null) return [];
  return [
    ...authorEntries(model, paper, "follow"),
    ...(paper.organization === null ? [] : [plainEntry(model, "follow", "org", paper.organization)]),
  ];
}

function muteEntries(model: Model): readonly PanelEntry[] {
  const paper = paperOf(model);
  const ofFilter = filterEntries(model, model.filter.query);
  if (paper === null) return ofFilter;
  const { organization, keywords, categories } = paper;
  const [category] = categories;
  // The filter mutes most, so Enter alone does not choose it.
  return [
    ...(category === undefined ? [] : [plainEntry(model, "mute", "category", category)]),
    ...keywords.map((keyword) => plainEntry(model, "mute", "keyword", keyword)),
    ...(organization === null ? [] : [plainEntry(model, "mute", "org", organization)]),
    ...authorEntries(model, paper, "mute"),
    ...ofFilter,
    ...mutedFilters(model),
  ];
}

/** What mutes a filter, or says why it cannot be muted; empty where there is nothing to mute. */
function filterEntries(model: Model, query: Query): readonly PanelEntry[] {
  const filter = query.isEmpty ? "" : query.text.trim();
  // Muting what is muted already would look like a second mute.
  if (filter === "" || /\bis[:=]muted\b/i.test(filter)) return [];
  const why = whyNotKept(query);
  if (why === null) return [plainEntry(model, "mute", "filter", filter)];
  return [{ group: "Filter", label: "", text: `${filter} · not muted: ${why}`, chosen: null }];
}

/**
 * Whether the name on a line has every typed word, or its group is what is typed. Parts of "Keyword", and "muted" and
 * "papers" after the name, are words that people may want to mute: Enter must not choose the line for them.
 */
export function isNamed(entry: PanelEntry, typed: string): boolean {
  if (typed !== "" && entry.group.toLowerCase() === typed.toLowerCase()) return true;
  const [name = ""] = entry.text.split(" · ", 1);
  return matching(typed, [{ ...entry, group: "", label: "", text: name }]).length > 0;
}

/** What mutes the words that are typed in the panel; it comes after the lines that they find. */
export function typedEntries(model: Model, typed: string): readonly PanelEntry[] {
  const filter = model.filter.query.text.trim();
  // A number chooses a line, and the filter that is on has one.
  if (typed === "" || /^\d+$/.test(typed) || typed === filter) return [];
  return filterEntries(model, parseQuery(typed, model.today, watchesIn(model))).map((one) => ({
    ...one,
    text: one.text === typed ? `${typed} · papers with what you typed` : one.text,
  }));
}

/** Muted filters that hide the paper under the cursor, to unmute them here. */
function mutedFilters({ judged, shown, cursor }: Model): readonly PanelEntry[] {
  const at = shown[cursor];
  return (judged?.held ?? [])
    .filter(
      ({ interest, papers }) =>
        interest.id.startsWith("mute:filter/") && at !== undefined && hasPaper(papers, at),
    )
    .map(({ interest }) =>
      entry(
        "Filter",
        `${interest.title} · muted; Enter shows its papers again`,
        `${interest.title} unmuted`,
        ending(interest),
      ),
    );
}

/** An organisation, keyword or category, identified by its name alone. */
function plainEntry(
  { interests }: Model,
  kind: "follow" | "mute",
  what: "org" | "keyword" | "category" | "filter",
  name: string,
): PanelEntry {
  // Filters that differ in case are different: "RAG" and "rag".
  const id = what === "filter" ? `${kind}:filter/${name}` : interestId(kind, `${what}/${name}`);
  const known = interests.find((one) => one.id === id);
  const group = { org: "Organisation", keyword: "Keyword", category: "Category", filter: "Filter" }[what];
  const shown = what === "filter" ? name : plainTex(name);
  if (known === undefined) {
    const change = { paper: id, title: name, on: true };
    return entry(group, shown, kind === "follow" ? `following ${shown}` : `muted ${shown}`, change);
  }
  const [now, label] = endingWords(kind, shown);
  return entry(group, `${shown} · ${now}`, label, ending(known));
}

function endingWords(kind: "follow" | "mute", name: string): readonly [now: string, label: string] {
  return kind === "follow"
    ? ["followed; Enter stops that", `no longer following ${name}`]
    : ["muted; Enter shows its papers again", `${name} unmuted`];
}

function entry(group: string, text: string, label: string, change: PaperChange): PanelEntry {
  return { group, label: "", text, chosen: { type: "interest", label, change } };
}

function authorEntries(model: Model, paper: Paper, kind: "follow" | "mute"): readonly PanelEntry[] {
  return paper.authors.slice(0, mostAuthors).flatMap((name) => authorEntry(model, paper, name, kind));
}

/** What can be done with an author. A namesake of a followed author is asked about. */
function authorEntry(
  model: Model,
  paper: Paper,
  name: string,
  kind: "follow" | "mute",
): readonly PanelEntry[] {
  const id = interestId(kind, `author/${personKey(name) || name}`);
  const company = companyOf(paper, name);
  const known = model.interests.find((one) => one.id === id);
  const doing = kind === "follow" ? `following ${name}` : `muted ${name}`;
  if (known === undefined) {
    const change = { paper: id, title: name, on: true, with: company, without: "" };
    return [entry("Author", name, doing, change)];
  }
  const [now, label] = endingWords(kind, name);
  if (isHeld(model, known) || isBy(personOf(known), paper) === "yes") {
    return [entry("Author", `${name} · ${now}`, label, ending(known))];
  }
  const person = kind === "follow" ? "the one you follow" : "the one you muted";
  const same = { paper: id, title: name, with: joinCompany(known.with, company), without: known.without };
  const other = { paper: id, title: name, with: known.with, without: joinCompany(known.without, company) };
  const isOther = isBy(personOf(known), paper) === "no";
  return [
    entry("Author", `${name} · ${person}, who writes with ${someOf(known.with)}`, doing, same),
    ...(isOther ? [] : [entry("Author", `${name} · somebody else of that name`, `another ${name}`, other)]),
  ];
}

/** Whether an interest holds for the paper under the cursor. */
function isHeld({ judged, shown, cursor }: Model, { id }: Interest): boolean {
  const at = shown[cursor];
  const held = judged?.byId.get(id);
  return at !== undefined && held !== undefined && hasPaper(held.papers, at);
}

/** The first names and the number of the others: "Ann Poe, Bob Roe +3". */
function someOf(lines: string): string {
  const people = lines.split("\n").filter((line) => line !== "" && !line.startsWith("="));
  if (people.length === 0) return "nobody known";
  const more = people.length - mostNamed;
  return people.slice(0, mostNamed).join(", ") + (more > 0 ? ` +${more}` : "");
}
