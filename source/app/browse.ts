import { openLibrary } from "../library/library.js";
import { SeenPapers } from "../library/papers-seen.js";
import type { Listing } from "../papers/listing.js";
import { type Movement, numbersOf } from "../papers/movement.js";
import { Caches } from "../reader/caches.js";
import { makeAhead } from "../reader/detail/prefetch-pages.js";
import type { Effect } from "../reader/messages.js";
import type { Model, Notice } from "../reader/model.js";
import { start } from "../reader/start.js";
import { Store } from "../reader/store.js";
import { placeEffects } from "../reader/text/leaving.js";
import { dependsOnBackground } from "../reader/theme.js";
import { messageOf } from "../reader/typing.js";
import { rowsOf } from "../screen/regions.js";
import { encode } from "../screen/style.js";
import { themed } from "../screen/theme/themed.js";
import { loadConfigWriter } from "../settings/config-writer.js";
import { defaultPosition } from "../settings/listing-position.js";
import { thisMachine } from "../settings/machine.js";
import { cacheProblem } from "../settings/open-folders.js";
import { saveTheme } from "../settings/save.js";
import type { Config } from "../settings/settings.js";
import type { Watched } from "../sources/watched.js";
import { unfinishedMoveProblem } from "../sync/unfinished-move.js";
import { onEndingSignal } from "../terminal/endings.js";
import { knowsLinks } from "../terminal/links.js";
import { Painter } from "../terminal/painter/painter.js";
import { TerminalSession } from "../terminal/session.js";
import { drawOnScreen } from "../terminal/streams.js";
import { followJobControl } from "../terminal/suspend.js";
import { clean } from "../text/clean.js";
import type { MountedScreen } from "../ui/mount.js";
import { Effects } from "./effects.js";
import {
  answersQuestions,
  colorDepth,
  sortingLocale,
  today,
  userDirectories,
  wantsColor,
} from "./environment.js";
import { Preparing } from "./idle-work.js";
import { keyInput } from "./key-input.js";
import { ListingPositions } from "./listing-positions.js";
import { problemText, summaryOf } from "./loading/listing-problems.js";
import type { Opener, Reading } from "./loading/reading.js";
import { settingName } from "./loading/subscriptions.js";
import type { ShowAgain } from "./loading/visited-listings.js";
import { marksOf, mostVisited, snapshotLocation } from "./marks-of.js";
import type { Options } from "./options.js";

export interface Browsing {
  /** What is open at first. */
  readonly reading: Reading;
  /** Reads sources, and knows what the morning is made of. */
  readonly opener: Opener;
  /** Opens another source. Rejects with a SourceError where it cannot be. */
  readonly open: (named: readonly string[]) => Promise<Reading>;
  /** Absolute paths of the files opened so far: nothing is exported over them. */
  readonly openFiles: () => readonly string[];
  /** Asks arXiv for one paper. */
  readonly readPaper: (arxiv: string, watched: Watched) => Promise<Listing>;
  readonly config: Config;
  readonly options: Pick<Options, "ascii" | "color">;
}

/** After so many ms without a change the pages that may be asked for next are made: less than a held key takes. */
const aheadDelay = 15;

/** A visit that ends sooner than this, in milliseconds, and without a key but the one that ends it is a glance. */
const glance = 5_000;

/** What shells say of a program whose terminal has gone away: 128 + SIGHUP. */
const hangUp = 129;

/**
 * Opens the screen on a listing and stays until the reader leaves. The first screen is painted
 * before Ink is loaded, from the same rows that Ink then draws; keys are taken from the start.
 * Resolves to the exit code. Rejects with what anything throws, when the terminal is as it was.
 */
export async function browse({
  reading,
  opener,
  open,
  openFiles,
  readPaper,
  config,
  options,
}: Browsing): Promise<number> {
  const { listing, notice, working } = reading.atOnce;
  const directories = userDirectories();
  const { settings } = config;
  const places = new ListingPositions(config.places);
  const machine = thisMachine();
  const { state } = directories;
  const { library, problems: journalProblems } = openLibrary(state, machine, Date.now, snapshotLocation());
  const seen = new SeenPapers(state, machine, Date.now);
  const colorSupport = {
    color: wantsColor(options.color, settings.color, true),
    links: knowsLinks(),
    depth: colorDepth(process.env),
  };
  // Asked where the answer changes what is shown, and only after the first screen.
  const askBackground = () => {
    const { theme } = store.getModel().settings;
    if (colorSupport.color && answersQuestions(process.env) && dependsOnBackground(theme ?? "terminal"))
      session.askBackground();
  };
  const painter = new Painter(drawOnScreen);
  // A frame that comes after the key that suspends must not land among the shell's lines.
  const paint = (rows: readonly string[]) => {
    if (session.isUp) painter.paint(rows);
  };

  let keysPressed = 0;
  let mounted: MountedScreen | null = null;
  const session = new TerminalSession(
    keyInput(),
    process.stdout,
    (keys) => {
      keysPressed += keys.length;
      for (let at = 0; at < keys.length; ) {
        const { message, taken } = messageOf(store.getModel(), keys, at);
        store.dispatch(message);
        at += taken;
      }
    },
    () => effects.quit(hangUp),
    (brightness) => {
      if (brightness !== store.getModel().brightness) store.dispatch({ type: "background", brightness });
    },
  );
  const effects = new Effects({
    library,
    seen,
    stateDirectory: directories.state,
    session,
    reading,
    settings,
    readPaper,
    opener,
    open,
    openFiles,
    keepScreen: (next) => keepScreen(next),
    openReading: (next, filter) => {
      current = next;
      const { listing, notice, working } = next.atOnce;
      store.dispatch({
        type: "opened",
        source: settingName(next),
        listing,
        marks: marksOf(listing, library, seen),
        leftOff:
          filter === undefined ? places.of(next) : { ...defaultPosition, history: places.of(next).history },
        ...(filter === undefined ? {} : { filter }),
        notice:
          filter === undefined
            ? firstNotice([], listing, notice)
            : { text: "your papers with this · Backspace goes back", tone: "info" },
        recent: places.recent(next.name),
        working,
      });
    },
    listing: () => store.getModel().listing,
    interests: () => store.getModel().interests,
    isFiltered: () => {
      const { mode, filter } = store.getModel();
      return mode === "filter" || !filter.query.isEmpty;
    },
    isUsed: () => store.getModel().isUsed,
    write: (text) => {
      if (session.isUp) drawOnScreen(text);
    },
    dispatch: (message) => store.dispatch(message),
    keepTheme: async (theme) => {
      askBackground();
      return saveTheme(await loadConfigWriter(), directories.config, theme);
    },
    redraw: () => {
      // Draws anew, in whatever size the terminal has by now.
      session.refreshSize();
    },
  });
  let current = reading;
  /** Whether a day that was walked to is on the screen, and not what was opened. */
  let isDay = false;
  const keepScreen = (next: "source" | "day"): ShowAgain => {
    const before = { current, isDay };
    // What was computed for its rows is made again when they are seen again.
    const model: Model = { ...store.getModel(), caches: new Caches() };
    places.leave(current, model, isDay);
    isDay = next === "day";
    return (notice, left) => {
      places.leave(current, store.getModel(), isDay);
      ({ current, isDay } = before);
      const marks = marksOf(model.listing, library, seen);
      const others = places.recent(current.name).filter((one) => one !== left);
      const recent = left === null ? others : [left, ...others];
      store.dispatch({ type: "returned", model, marks, notice, recent });
    };
  };
  const unfinished = unfinishedMoveProblem(state);
  const problems = [
    ...(unfinished === null ? [] : [unfinished]),
    ...journalProblems,
    ...seen.problems,
    ...config.problems,
  ];
  const store = new Store(
    start({
      listing,
      marks: marksOf(listing, library, seen),
      size: session.size(),
      settings: {
        markReadAfter: settings.markReadAfter,
        summary: settings.summary,
        columns: settings.columns,
        rows: settings.rows,
        ascii: options.ascii || settings.ascii,
        theme: settings.theme,
        locale: sortingLocale(process.env),
      },
      leftOff: places.of(reading),
      recent: places.recent(reading.name),
      source: settingName(reading),
      subscriptions: opener.subscriptions,
      working,
      today: today(),
      isFirstRun: seen.isFirstVisit && library.isEmpty,
      interests: library.interests(),
      isFirst: true,
      notice: firstNotice(problems, listing, notice),
    }),
    effects.run,
  );
  let noted: Listing | null = null;
  const noteShown = () => {
    const { listing } = store.getModel();
    if (listing === noted || listing.size > mostVisited) return;
    noted = listing;
    const moved = new Map<number, Movement>();
    for (let at = 0; at < listing.size; at += 1) {
      const id = listing.id(at);
      const movement = seen.show(id, numbersOf(listing.paper(at)));
      if (movement !== null) moved.set(at, movement);
    }
    // After the message that brought the listing.
    if (moved.size > 0) queueMicrotask(() => store.dispatch({ type: "moved", listing, moved }));
  };
  // Once, when nobody has pressed a key for a moment.
  const ahead = setTimeout(() => makeAhead(store.getModel()), aheadDelay).unref();
  store.subscribe(() => ahead.refresh());
  const paintNow = () => {
    const model = store.getModel();
    const themedColors = themed(colorSupport, model.settings.theme, model.brightness);
    paint(rowsOf(model).map((line) => encode(line, themedColors)));
  };

  session.enter();
  onEndingSignal((code) => effects.quit(code));
  followJobControl(
    session,
    () => effects.run({ type: "suspend" }),
    () => session.refreshSize(),
  );
  process.on("uncaughtException", effects.fail);
  process.on("unhandledRejection", effects.fail);
  // Until Ink draws: once a read, however many keys it held.
  let isPainting = false;
  const stopPainting = store.subscribe(() => {
    if (isPainting) return;
    isPainting = true;
    queueMicrotask(() => {
      isPainting = false;
      if (mounted === null) paintNow();
    });
  });
  // Also where the size is the same again by the time we hear of it: then nothing is left of what was shown.
  process.on("SIGWINCH", () => {
    const size = session.size();
    const before = store.getModel().size;
    painter.forget();
    if (size.columns !== before.columns || size.rows !== before.rows)
      store.dispatch({ type: "resized", size });
    else paintNow();
  });
  store.dispatch({ type: "started" });
  paintNow();
  store.subscribe(noteShown);
  noteShown();
  const began = performance.now();
  const { interests, judged } = store.getModel();
  // What the first screen did not wait for; of a long listing the search in the background is asked anyway.
  if (judged !== null) store.dispatch({ type: "interests", interests, isElsewhere: false });
  askBackground();
  const openCache = cacheProblem(directories.cache);
  if (openCache !== null && problems.length > 0) problems.push(openCache);
  else if (openCache !== null)
    store.dispatch({ type: "noticed", notice: { text: clean(openCache), tone: "warning", stays: true } });
  effects.begin();
  const preparing = new Preparing(store.getModel);
  try {
    const { mount } = await import("../ui/mount.js");
    stopPainting();
    mounted = mount(store, colorSupport, paint);
    store.subscribe(preparing.wait);
    preparing.wait();
    const code = await Promise.race([effects.ended, mounted.ended.then(() => 0)]);
    await session.settle();
    session.leave();
    keepOpenPlace(store.getModel(), effects.run);
    places.leave(current, store.getModel(), isDay);
    const lost = await effects.save();
    // The footer has had room for one of them. A full disk is one sentence, however much it keeps from being saved.
    // Of a program that was opened and left at once nobody has seen the papers: they stay new.
    const isGlance = keysPressed <= 1 && performance.now() - began < glance;
    const unsaved = [
      lost,
      library.flush(),
      isGlance ? null : seen.endVisit(),
      await places.save(directories.config),
    ];
    const sentences = [...problems.slice(1), ...unsaved].filter((one) => one !== null).map(clean);
    for (const sentence of new Set(sentences)) process.stderr.write(`papers-tui: ${sentence}\n`);
    // Whoever closes the terminal does not wait for it.
    if (code === 0) library.keepSnapshot();
    return code;
  } finally {
    clearTimeout(ahead);
    preparing.stop();
    session.leave();
    mounted?.unmount();
  }
}

/** Keeps where the reader was in a text that is open when they leave. */
function keepOpenPlace({ text }: Model, run: (effect: Effect) => void): void {
  for (let open = text; open !== null; open = open.parent)
    for (const effect of placeEffects(open)) run(effect);
}

/** What must be said first: damage to what the reader keeps, then to the listing, then the rest. */
function firstNotice(problems: readonly string[], listing: Listing, said: string | null): Notice | null {
  const [problem] = problems;
  if (problem) return { text: clean(problem), tone: "warning", stays: true };
  const [first, ...others] = listing.problems;
  if (first) {
    // How much it is, and the way to see it all: the footer may have no room for more.
    const kind = first.isRemark ? "remarks" : "problems";
    const count = others.length === 0 ? null : `${others.length + 1} ${kind} (! lists them)`;
    const parts = [summaryOf(listing), count, problemText(first)].filter((part) => part !== null);
    return { text: parts.join(" · "), tone: first.isRemark ? "info" : "warning" };
  }
  return said === null ? null : { text: said, tone: "info", isOfListing: true };
}
