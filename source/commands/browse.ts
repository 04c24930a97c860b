import { type Library, openLibrary } from "../library/library.js";
import { thisMachine } from "../library/machine.js";
import { type Config, defaultPlace, savePlace } from "../library/settings.js";
import type { Listing } from "../papers/listing.js";
import type { Notice } from "../reader/model.js";
import { leaveOff, start } from "../reader/start.js";
import { Store } from "../reader/store.js";
import { rowsOf } from "../screen/regions.js";
import { encode } from "../screen/style.js";
import { Painter } from "../terminal/painter.js";
import { TerminalSession } from "../terminal/session.js";
import { clean } from "../text/clean.js";
import type { MountedScreen } from "../ui/mount.js";
import type { Options } from "./arguments.js";
import { Effects, type Standing, type Walk } from "./effects.js";
import { userDirectories, wantsColor } from "./environment.js";
import { keyInput } from "./key-input.js";
import { problemText } from "./list.js";

export interface Browsing {
  /** What the place is kept by where the reader leaves off: the source, however it is spelt. */
  readonly name: string;
  /** Whether what is read next under this name is likely the same; a pipe hardly ever is. */
  readonly keepsPlace: boolean;
  /** What is shown at once. */
  readonly listing: Listing;
  /**
   * Whether that is the newest there is, was kept from an earlier time, or only stands in for what
   * is not there yet. Where it is not the newest, `load` is called as soon as the screen is up.
   */
  readonly standing: Standing;
  readonly config: Config;
  /** Reads the listing; called again to refresh. Rejects where it cannot be read. */
  readonly load: () => Promise<Listing>;
  /** The day before and after, where the source has days. */
  readonly walk: Walk | null;
  readonly options: Pick<Options, "ascii" | "color">;
  /** Something to say at the start. */
  readonly notice: string | null;
}

/** Signals that end the program, with the exit codes by which shells tell them. */
const endings = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Opens the screen on a listing and stays until the reader leaves. The first screen is painted
 * before Ink is loaded, from the same rows that Ink then draws; keys are taken from the start.
 * Resolves to the exit code. Rejects with what anything throws, when the terminal is as it was.
 */
export async function browse({
  name,
  keepsPlace,
  listing,
  standing,
  config,
  load,
  walk,
  options,
  notice,
}: Browsing): Promise<number> {
  const places = userDirectories();
  const { settings, places: leftOff, problems } = config;
  const { library, problems: journalProblems } = openLibrary(places.state, thisMachine(), Date.now);
  const color = wantsColor(options.color, settings.color, true);
  const painter = new Painter((text) => void process.stdout.write(text));
  // A frame that comes late, behind the key that suspends, must not land among the shell's lines.
  const paint = (rows: readonly string[]) => {
    if (session.isUp) painter.paint(rows);
  };

  let mounted: MountedScreen | null = null;
  const session = new TerminalSession(
    keyInput(),
    process.stdout,
    (keys) => {
      for (const key of keys) store.dispatch({ type: "key", key });
    },
    () => effects.quit(0),
  );
  const effects = new Effects({
    library,
    session,
    load,
    walk,
    dispatch: (message) => store.dispatch(message),
    redraw: () => {
      session.refreshSize();
      painter.forget();
      paintNow();
    },
  });
  const before = leftOff[name] ?? defaultPlace;
  const place = keepsPlace ? before : { ...defaultPlace, history: before.history };
  const store = new Store(
    start({
      listing,
      marks: marksOf(listing, library),
      size: session.size(),
      settings: { markReadAfter: settings.markReadAfter, ascii: options.ascii || settings.ascii },
      leftOff: place,
      notice: firstNotice([...journalProblems, ...problems], listing, notice),
    }),
    effects.run,
  );
  const paintNow = () => paint(rowsOf(store.getModel()).map((line) => encode(line, color)));

  session.enter();
  for (const [signal, code] of Object.entries(endings)) process.on(signal, () => effects.quit(code));
  process.on("uncaughtException", effects.fail);
  process.on("unhandledRejection", effects.fail);
  const stopPainting = store.subscribe(paintNow);
  process.stdout.on("resize", () => {
    painter.forget();
    store.dispatch({ type: "resized", size: session.size() });
  });
  // Starts the clock of the paper that is on screen from the beginning.
  store.dispatch({ type: "resized", size: session.size() });
  paintNow();
  if (standing !== "current") void effects.renew(listing, standing);
  try {
    const { mount } = await import("../ui/mount.js");
    stopPainting();
    mounted = mount(store, color, paint);
    const code = await Promise.race([effects.ended, mounted.ended.then(() => 0)]);
    session.leave();
    const unsaved = [library.flush(), await savedPlace(places.config, name, place, store)];
    for (const sentence of unsaved) if (sentence) process.stderr.write(`papers-tui: ${sentence}\n`);
    return code;
  } finally {
    session.leave();
    mounted?.unmount();
  }
}

/** Saves where the reader left off, where that is another place than they came to. */
async function savedPlace(
  config: string,
  name: string,
  before: object,
  store: Store,
): Promise<string | null> {
  const now = leaveOff(store.getModel());
  if (JSON.stringify(now) === JSON.stringify(before)) return null;
  return savePlace(config, name, now);
}

function marksOf(listing: Listing, library: Library): Uint8Array {
  return Uint8Array.from({ length: listing.size }, (_, at) => library.bits(listing.paper(at).id));
}

/** What must be said first: damage to what the reader keeps, then to the listing, then the rest. */
function firstNotice(problems: readonly string[], listing: Listing, said: string | null): Notice | null {
  const [problem] = problems;
  if (problem) return { text: clean(problem), tone: "warning" };
  const [first, ...others] = listing.problems;
  if (first) {
    // The way to see them all first: the footer may have no room for more.
    const count =
      others.length === 0 ? "" : `${others.length + 1} problems (papers-tui list --problems tells all) · `;
    return { text: `${count}${problemText(first)}`, tone: "warning" };
  }
  return said === null ? null : { text: said, tone: "info" };
}
