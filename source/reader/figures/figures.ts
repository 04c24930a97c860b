import type { Listing } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { counted, thousands } from "../../text/numbers.js";
import type { CacheName } from "../caches.js";
import { emptyLine } from "../keys/line-editor.js";
import type { Model } from "../model.js";
import type { PanelEntry } from "../panels/entry.js";
import { heatMap, weekdays } from "./heat-map.js";
import { type Tally, type TallyKind, tallyFilter, tallyKinds, tallyOf } from "./tally.js";

/** Only the first papers of a longer listing are counted: more would make a key wait. */
const mostCounted = 10_000;
const barWidth = 24;

const tallies: CacheName<WeakMap<Listing, Readonly<Record<TallyKind, Tally>>>> = {
  make: () => new WeakMap(),
};

const groups: Readonly<Record<TallyKind, string>> = {
  year: "Year",
  category: "Category",
  organization: "Organisation",
  keyword: "Keyword",
};

/** Opens the panel of figures. */
export function openFigures(model: Model): Model {
  return { ...model, mode: "panel", panel: { kind: "figures", line: emptyLine, cursor: 1, top: 0 } };
}

/** Its lines: the listing by year, category, organisation and keyword, and reading by day. */
export function figureEntries(model: Model): readonly PanelEntry[] {
  return [...barEntries(model), ...readingEntries(model)];
}

function barEntries({ caches, listing, settings }: Model): readonly PanelEntry[] {
  const known = caches.of(tallies);
  let tally = known.get(listing);
  if (tally === undefined) {
    tally = tallyOf(firstPapers(listing));
    known.set(listing, tally);
  }
  const sign = settings.ascii ? "#" : "█";
  const isPart = listing.size > mostCounted;
  return tallyKinds.flatMap((kind) => {
    const rows = tally[kind];
    if (rows.length === 0) return [];
    const most = Math.max(1, ...rows.map(([, count]) => count));
    const said = isPart ? `of the first ${thousands(mostCounted)} papers` : "";
    const bars = rows.map(([name, count]): PanelEntry => {
      const bar = sign.repeat(Math.max(1, Math.round((barWidth * count) / most)));
      return {
        group: groups[kind],
        label: `  ${name}`,
        text: `${bar} ${thousands(count)}`,
        chosen: { type: "filter", text: tallyFilter(kind, name) },
      };
    });
    return [heading(groups[kind], said), ...bars];
  });
}

/** A heading for the lines after it. */
function heading(label: string, text: string): PanelEntry {
  return { group: label, label, text, chosen: null };
}

function* firstPapers(listing: Listing): Generator<Paper> {
  for (let at = 0; at < Math.min(listing.size, mostCounted); at += 1) yield listing.paper(at);
}

function readingEntries({ activity, today, settings }: Model): readonly PanelEntry[] {
  if (activity === null || today === null) return [];
  const map = heatMap(activity, today, settings.ascii);
  const line = (label: string, text: string): PanelEntry => ({ group: "Reading", label, text, chosen: null });
  return [
    heading("Reading", `${counted(map.read, "paper")} read, ${thousands(map.starred)} starred in 26 weeks`),
    line("", map.months),
    ...map.rows.map((text, day) => line(`  ${weekdays[day]}`, text)),
  ];
}
