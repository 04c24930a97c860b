import { counted, thousands } from "../../text/numbers.js";
import type { Model } from "../model.js";
import { collections, defaultSources } from "./default-sources.js";
import { type Chosen, matching, type PanelEntry } from "./entry.js";
import { asPath, type Candidate, candidates, folderOf } from "./files.js";
import type { HomeMessage, KnownSource } from "./known-sources.js";
import { meaningsOf, openEntry, wordsMeant } from "./meanings.js";

/** The names of the panel's sources, for counting. */
export function homeSources({ recent, home }: Model): readonly string[] {
  const named = [...home.subscriptions, ...recent, ...defaultSources.map(({ name }) => name)];
  return [...new Set(named)].filter(
    (name) => name !== "morning" && name !== "sample" && name !== "-" && !name.includes("\n"),
  );
}

/** The lines of the panel of sources: the morning's sources, recent ones, and what the typed text may mean. */
export function sourceEntries(typed: string, model: Model): readonly PanelEntry[] {
  const { recent, folder, today, home, source } = model;
  const { subscriptions } = home;
  const said = (name: string, text: string) =>
    (name === source ? openText(model, text) : countsText(home.known.get(name))) ?? text;
  const sources =
    subscriptions.length === 1 ? "its source" : `its ${subscriptions.length} sources as one listing`;
  const all = source === "morning" ? `open · ${sources}` : sources;
  const isListed = (name: string) => name === source || name === "morning" || subscriptions.includes(name);
  const followed = subscriptions.map((name) => ({
    group: "Morning",
    label: name,
    text: home.known.get(name)?.isGone
      ? "the file is gone · Ctrl-T removes it"
      : said(name, isRemote(name) ? "nothing loaded yet" : ""),
    also: defaultSources.find((one) => one.name === name)?.also,
    chosen: { type: "source" as const, name },
  }));
  const entries: PanelEntry[] = [
    ...(subscriptions.length === 0
      ? []
      : [
          {
            group: "Morning",
            label: "morning",
            text: all,
            also: "subscriptions home",
            chosen: morningChosen,
          },
        ]),
    ...followed,
    ...openEntries(model),
    ...recent
      .filter((name) => !isListed(name))
      .map((name) => ({
        group: "Recent",
        label: sourceWords(name),
        text: said(name, ""),
        chosen: { type: "source" as const, name },
      })),
    ...defaultSources
      .filter(({ name }) => !recent.includes(name) && !isListed(name))
      .map(({ name, text, also }) => ({
        group: "Others",
        label: name,
        text: said(name, text),
        also: `${text} ${also}`,
        chosen: { type: "source" as const, name },
      })),
  ];
  const matched = matching(typed, entries);
  if (typed === "") return matched;
  // Who types looks for another one.
  const isOpen = ({ chosen }: PanelEntry) => chosen?.type === "source" && chosen.name === source;
  const found = [...matched.filter((one) => !isOpen(one)), ...matched.filter(isOpen)];
  const named = candidates(folder, typed);
  const files = named.map(fileEntry);
  const isPath = /^(?:[~./\\]|"|'|file:)|[/\\]/.test(typed);
  const isSource = /^(?:https?|arxiv|search|daily|trending|file):/i.test(typed) || typed === "-";
  const words = isPath || isSource ? [] : wordsMeant(typed);
  // The beginning of a file's name may look like a host: "my.bi" for my.bib.
  const isHalfName = !isPath && !isSource && named.some(({ path }) => path.startsWith(typed));
  const isHost = ({ label }: PanelEntry) => isHalfName && /^https?:/.test(label);
  const meanings = meaningsOf(typed, today);
  const [meant, hosts] = [meanings.filter((one) => !isHost(one)), meanings.filter(isHost)];
  const asTyped = typedEntry(typed, model, isPath, isSource);
  // Text with a character that only sources have is more likely a new source than a word of an old one.
  const isNew = isPath || isSource || /[:.]/.test(typed);
  const lines = isNew
    ? [...meant, ...files, ...hosts, ...asTyped, ...found, ...words]
    : [...meant, ...found, ...files, ...words, ...asTyped];
  // An exact name comes before names that contain it.
  const isTyped = ({ label, group }: PanelEntry) =>
    /^(?:Morning|Open now|Recent|Others|Files)$/.test(group) && (label === typed || label === `${typed}/`);
  return distinct([...lines.filter(isTyped), ...lines.filter((one) => !isTyped(one))]);
}

/** The open source, if it is not in the morning: Ctrl-T can add it. */
function openEntries(model: Model): readonly PanelEntry[] {
  const { source, home } = model;
  if (source === null || source === "morning" || home.subscriptions.includes(source)) return [];
  const label = sourceWords(source);
  const text = openText(model, "") ?? "";
  return [{ group: "Open now", label, text, also: "this listing", chosen: { type: "source", name: source } }];
}

/** The name of a source, or of several, for people. */
function sourceWords(name: string): string {
  return name
    .split("\n")
    .map((one) => (one === "-" ? "standard input" : one))
    .join(" + ");
}

/** What is on the screen of the open source. */
function openText({ source, listing, counts, fresh, home }: Model, text: string): string {
  const { read = null } = home.known.get(source ?? "") ?? {};
  const name = source ?? "";
  const shown = countsText({ name, total: listing.size, unread: counts.unread, fresh, read }) ?? text;
  return shown === "" ? "open" : `open · ${shown}`;
}

/** The line on which the panel opens: the first that opens something else. */
export function firstSource(model: Model): number {
  return Math.max(
    0,
    sourceEntries("", model).findIndex(({ group }) => group !== "Open now"),
  );
}

function isRemote(name: string): boolean {
  return /^(?:https?:|arxiv:|search:|daily\b|trending\b|\d{4}\.\d{4,5})/i.test(name);
}

const morningChosen: Chosen = { type: "source", name: "morning" };

/** "12 unread, 3 new · read 08:24"; of a collection "2 papers, 0 unread". */
function countsText(known: KnownSource | undefined): string | null {
  if (known?.isGone) return "the file is gone";
  if (known === undefined || (known.total === 0 && known.read === null)) return null;
  const total = collections.has(known.name) ? `${counted(known.total, "paper")}, ` : "";
  const count = known.total === 0 ? "no papers" : `${total}${thousands(known.unread)} unread`;
  const fresh = known.fresh === 0 ? "" : `, ${thousands(known.fresh)} new`;
  return count + fresh + (known.read === null ? "" : ` · read ${known.read}`);
}

/** What is typed, as it is; where it can only be a file and there is none, that is said. */
function typedEntry(
  typed: string,
  { folder }: Model,
  isPath: boolean,
  isSource: boolean,
): readonly PanelEntry[] {
  const entry = openEntry(typed);
  const looked = folderOf(typed);
  const isLooked = looked === folder.path && folder.isWhole === true && asPath(typed) === typed;
  if (isSource || !isLooked) return [entry];
  const name = typed.slice(folder.path.length);
  if (name === "" || folder.files.some((file) => file.name === name)) return [entry];
  const isFileName = isPath || /\.[a-z0-9]{2,5}$/i.test(typed);
  return isFileName ? [{ ...entry, text: "there is no such file", chosen: null }] : [];
}

/** Each source once, at its first position. */
function distinct(entries: readonly PanelEntry[]): readonly PanelEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ chosen }) => {
    if (chosen?.type !== "source") return true;
    const isNew = !seen.has(chosen.name);
    seen.add(chosen.name);
    return isNew;
  });
}

function fileEntry({ label, path, isFolder }: Candidate): PanelEntry {
  const chosen = isFolder ? { type: "folder" as const, path } : { type: "source" as const, name: path };
  return { group: "Files", label, text: "", chosen };
}

/** Takes in counts and subscriptions. */
export function onHome(model: Model, message: Extract<HomeMessage, { type: "home" }>): Model {
  const { subscriptions = model.home.subscriptions, known } = message;
  const all = known === undefined ? model.home.known : new Map(model.home.known).set(known.name, known);
  const next = { ...model, home: { subscriptions, known: all } };
  if (model.mode !== "panel" || model.panel.kind !== "sources" || message.subscriptions === undefined)
    return next;
  // The chosen line stays chosen when it moves.
  const typed = model.panel.line.text.trim();
  const sourceAt = (one: PanelEntry | undefined) => (one?.chosen?.type === "source" ? one.chosen.name : null);
  const name = sourceAt(sourceEntries(typed, model)[model.panel.cursor]);
  const at = sourceEntries(typed, next).findIndex((one) => name !== null && sourceAt(one) === name);
  return at < 0 ? next : { ...next, panel: { ...next.panel, cursor: at } };
}
