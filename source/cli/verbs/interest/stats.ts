import { today, userDirectories } from "../../../app/environment.js";
import { localDay } from "../../../app/interest/days.js";
import { problemText } from "../../../app/loading/listing-problems.js";
import { Opener } from "../../../app/loading/reading.js";
import { readActivity } from "../../../library/activity.js";
import type { Listing } from "../../../papers/listing.js";
import type { Paper } from "../../../papers/paper.js";
import { heatMap, weekdays } from "../../../reader/figures/heat-map.js";
import { type Tally, type TallyKind, tallyKinds, tallyOf } from "../../../reader/figures/tally.js";
import { readConfig } from "../../../settings/settings.js";
import { cellWidth } from "../../../text/cells.js";
import { clean } from "../../../text/clean.js";
import { counted, thousands } from "../../../text/numbers.js";
import { forPrinting, jsonForPrinting } from "../../../text/shown.js";
import type { Invocation } from "../../arguments/arguments.js";
import { print } from "../../print.js";
import { sayWaiting } from "../open.js";

/**
 * Prints the figures of the panel `I`: reading by day, from the journals of all machines, and the listings that
 * are named, by year, category, organisation and keyword. Resolves to the exit code.
 */
export async function stats({ sources, options }: Extract<Invocation, { verb: "stats" }>): Promise<number> {
  const { state, config } = userDirectories();
  const { days, problems } = readActivity(state, localDay);
  for (const problem of problems) process.stderr.write(`papers-tui: ${clean(problem)}\n`);
  let listing: Listing | null = null;
  if (sources.length > 0) {
    const opener = new Opener(readConfig(config, Date.now).settings, options.date);
    listing = await opener.read(sources, options.limit, { progress: () => {}, waiting: sayWaiting });
    for (const problem of listing.problems) process.stderr.write(`papers-tui: ${problemText(problem)}\n`);
  }
  const tally = listing === null ? null : tallyOf(papersOf(listing));
  const map = heatMap(days, today(), options.ascii);
  if (options.json) {
    const listed = listing && tally && { name: listing.name, papers: listing.size, ...named(tally) };
    const { read, starred } = map;
    const figures = { reading: { weeks: 26, read, starred, days }, listing: listed };
    await print([`${jsonForPrinting(JSON.stringify(figures, null, 2))}\n`]);
    return 0;
  }
  const lines = [
    `${counted(map.read, "paper")} read, ${thousands(map.starred)} starred in 26 weeks`,
    "",
    `     ${map.months}`,
    ...map.rows.map((row, day) => `${weekdays[day]}  ${row}`.trimEnd()),
  ];
  if (listing !== null && tally !== null) {
    lines.push("", `${listing.name}: ${counted(listing.size, "paper")}`);
    for (const kind of tallyKinds) lines.push(...tallyLines(kind, tally[kind], options.ascii));
  }
  await print([`${lines.map(forPrinting).join("\n")}\n`]);
  return 0;
}

function* papersOf(listing: Listing): Generator<Paper> {
  for (let at = 0; at < listing.size; at += 1) yield listing.paper(at);
}

/** Tallies as objects, whose keys say what the numbers are. */
function named(tally: Readonly<Record<TallyKind, Tally>>): Record<string, unknown> {
  return Object.fromEntries(
    tallyKinds.map((kind) => [kind, tally[kind].map(([name, papers]) => ({ name, papers }))]),
  );
}

const barWidth = 24;
const titles: Readonly<Record<TallyKind, string>> = {
  year: "Year",
  category: "Category",
  organization: "Organisation",
  keyword: "Keyword",
};

function tallyLines(kind: TallyKind, tally: Tally, ascii: boolean): string[] {
  if (tally.length === 0) return [];
  const most = Math.max(...tally.map(([, count]) => count));
  const widest = Math.max(...tally.map(([name]) => cellWidth(name)));
  const bars = tally.map(([name, count]) => {
    const bar = (ascii ? "#" : "█").repeat(Math.max(1, Math.round((barWidth * count) / most)));
    return `  ${name}${" ".repeat(widest - cellWidth(name))}  ${bar} ${thousands(count)}`;
  });
  return ["", titles[kind], ...bars];
}
