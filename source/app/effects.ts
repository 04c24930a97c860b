import { join } from "node:path";
import type { Library } from "../library/library.js";
import type { SeenPapers } from "../library/papers-seen.js";
import { type Interest, isInterestId } from "../papers/interests/interest.js";
import type { Listing } from "../papers/listing.js";
import type { Effect, Message } from "../reader/messages.js";
import type { Notice } from "../reader/model.js";
import type { ThemeName } from "../reader/theme.js";
import type { Settings } from "../settings/settings.js";
import { SourceError } from "../sources/source.js";
import type { Watched } from "../sources/watched.js";
import type { TerminalSession } from "../terminal/session.js";
import { suspend } from "../terminal/suspend.js";
import { today, toHome, userDirectories } from "./environment.js";
import { ForYouEffects } from "./interest/for-you.js";
import { Loading } from "./loading/loading.js";
import type { Opener, Reading } from "./loading/reading.js";
import type { ShowAgain } from "./loading/visited-listings.js";
import { keptForNow, marksOf } from "./marks-of.js";
import { CopyAndExport } from "./output/copy-and-export.js";
import { filesIn } from "./panels/folder.js";
import { listedChanges } from "./panels/history.js";
import { HomePanel } from "./panels/home.js";
import { Searching } from "./search-client.js";
import { backgroundDetails } from "./texts/background-details.js";
import type { BackgroundFetches } from "./texts/background-fetches.js";
import { backgroundTexts, usualLimits } from "./texts/background-texts.js";
import { FileTexts } from "./texts/file-texts.js";
import { textOptions } from "./texts/text-options.js";
import { Texts, type TextsContext } from "./texts/texts.js";
import { Undoing } from "./undoing.js";
import { Watching } from "./watch-marks.js";

export interface EffectsContext {
  readonly library: Library;
  readonly seen: SeenPapers;
  readonly stateDirectory: string;
  readonly session: TerminalSession;
  readonly reading: Reading;
  readonly settings: Settings;
  /** Asks arXiv for one paper. */
  readonly readPaper: (arxiv: string, watched: Watched) => Promise<Listing>;
  /** Reads sources, and knows what the morning is made of. */
  readonly opener: Opener;
  /** Opens another source. Rejects with a SourceError where it cannot be. */
  readonly open: (named: readonly string[]) => Promise<Reading>;
  /** Absolute paths of the files opened so far: nothing is exported over them. */
  readonly openFiles: () => readonly string[];
  /** Keeps what is on the screen, which a source or a day replaces; returns what brings it back. */
  readonly keepScreen: (next: "source" | "day") => ShowAgain;
  /** Puts another source on the screen, as the reader left it or with that filter. */
  readonly openReading: (reading: Reading, filter?: string) => void;
  /** The listing on the screen. */
  readonly listing: () => Listing;
  /** The watches, follows, mutes and struck reasons that the reader knows. */
  readonly interests: () => readonly Interest[];
  /** Whether a filter is on, or being typed. */
  readonly isFiltered: () => boolean;
  /** Whether the person has pressed a key since the listing on the screen came there. */
  readonly isUsed: () => boolean;
  /** Writes to the terminal, where it is ours. */
  readonly write: (text: string) => void;
  readonly dispatch: (message: Message) => void;
  /** Saves the theme; resolves to a clause where it could not. */
  readonly keepTheme: (theme: ThemeName) => Promise<string | null>;
  readonly redraw: () => void;
}

/** How a source is opened; `isBack`: to go back to a listing of it. */
type Opening = Pick<Extract<Effect, { type: "open-source" }>, "typed" | "filter"> & {
  readonly isBack?: boolean;
};

/** Carries out the effects that `update` asks for, and sends back their results. */
export class Effects {
  readonly #context: EffectsContext;
  readonly #loading: Loading;
  readonly #copyAndExport: CopyAndExport;
  readonly #searching: Searching;
  readonly #watching: Watching;
  readonly #texts: Texts;
  readonly #fileTexts: FileTexts;
  readonly #background: BackgroundFetches[];
  readonly #undoing: Undoing;
  readonly #forYou: ForYouEffects;
  readonly #home: HomePanel;
  #dwelling: NodeJS.Timeout | undefined;
  /** How many sources were asked for, so that the last one is what is shown. */
  #openings = 0;
  /** The last of them, until it is on the screen or cannot be. */
  #opening: Promise<void> | null = null;
  /** The paper whose clock runs. */
  #lookedAt: { readonly paper: string; readonly seconds: number } | null = null;
  #end: (code: number) => void = () => {};
  #break: (error: unknown) => void = () => {};
  #saved: Promise<void> = Promise.resolve();
  /** Settles when the reader leaves, with the exit code, or with what went wrong. */
  readonly ended: Promise<number>;

  constructor(context: EffectsContext) {
    this.#context = context;
    this.#loading = new Loading(context.reading, {
      show: (listing, adds) => this.#show(listing, adds),
      isFiltered: context.isFiltered,
      isUsed: context.isUsed,
      waits: (papers) => context.dispatch({ type: "waits", papers }),
      say: (text, tone) => this.#say(text, tone),
      working: (text) => context.dispatch({ type: "working", text }),
      keepScreen: () => this.#keepScreen("day"),
      wayBack: (wayBack) => context.dispatch({ type: "way-back", wayBack }),
      fail: (error) => this.fail(error),
    });
    this.#copyAndExport = new CopyAndExport({
      library: context.library,
      listing: context.listing,
      openFiles: context.openFiles,
      write: context.write,
      say: (text, tone) => this.#say(text, tone),
      dispatch: context.dispatch,
    });
    this.#searching = new Searching(context.dispatch, (error) =>
      this.#say(`the search failed: ${error instanceof Error ? error.message : error}`, "error"),
    );
    this.#watching = new Watching(context.stateDirectory, () => {
      const papers = context.library.refresh();
      if (papers.length > 0) context.dispatch({ type: "marked-elsewhere", papers });
      this.#sendInterests(true);
    });
    const { library, settings, readPaper, dispatch } = context;
    const { stateDirectory, listing } = context;
    this.#forYou = new ForYouEffects({
      library,
      stateDirectory,
      searching: this.#searching,
      listing,
      dispatch,
    });
    const say = (text: string, tone: Notice["tone"]) => this.#say(text, tone);
    const options = textOptions(settings);
    const fileTexts = new FileTexts(library, listing, options, usualLimits, say);
    this.#fileTexts = fileTexts;
    const keepFile: TextsContext["keepFile"] = (paper, text) => fileTexts.opened(paper, text);
    this.#texts = new Texts({ library, settings, readPaper, keepFile, dispatch, say });
    this.#background = [backgroundDetails(library, stateDirectory, readPaper)];
    if (settings.keepText === "starred") this.#background.push(backgroundTexts(library, options, say));
    this.#undoing = new Undoing(library, dispatch, say, () => this.#sendInterests(false));
    const { opener, seen } = context;
    const isMorning = () => this.#loading.isMorning;
    this.#home = new HomePanel({ opener, library, seen, settings, dispatch, isMorning, say });
    this.ended = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#break = reject;
    });
  }

  /**
   * Resolves when the settings and texts to keep are written, or could not be: to a sentence on what could not, or
   * `null`. No text is kept after it.
   */
  async save(): Promise<string | null> {
    const [, unsaved] = await Promise.all([this.#saved, this.#fileTexts.end()]);
    return unsaved;
  }

  /** Leaves the screen. */
  quit(code: number): void {
    clearTimeout(this.#dwelling);
    this.#loading.cancel();
    this.#texts.close();
    // Whoever closes the terminal does not wait for it.
    if (code !== 0) this.#fileTexts.close();
    for (const one of this.#background) one.close();
    this.#searching.close();
    this.#watching.stop();
    this.#end(code);
  }

  /** Leaves the screen because of an error that nothing else has taken care of. */
  readonly fail = (error: unknown): void => {
    clearTimeout(this.#dwelling);
    this.#break(error);
  };

  /** Starts the background work: refreshing the source, watching what other terminals mark, missing texts. */
  begin(): void {
    this.#watching.start();
    for (const one of this.#background) one.begin();
    void this.#loading.renew();
  }

  readonly run = (effect: Effect): void => {
    const { library, session, dispatch, redraw } = this.#context;
    switch (effect.type) {
      case "record": {
        const { error } = library.record(
          effect.label,
          effect.papers,
          effect.keep,
          effect.automatic,
          effect.group,
        );
        // The first mark makes the directory there is to watch.
        this.#watching.start();
        const { label, papers, quiet } = effect;
        dispatch({ type: "recorded", label, papers, quiet, error: error && keptForNow(error) });
        if (effect.papers.some(({ paper }) => isInterestId(paper))) this.#sendInterests(false);
        this.#forYou.pass(effect);
        this.#fileTexts.marked(effect.papers);
        for (const one of this.#background) one.marked(effect.papers);
        return;
      }
      case "read-text":
      case "read-reference":
      case "stop-reading-text":
      case "stop-filling-text":
      case "show-picture":
      case "show-file":
      case "keep-place":
        this.#texts.run(effect);
        return;
      case "undo":
        this.#undoing.undo(effect.alone === true, effect.isNamed);
        return;
      case "redo":
        this.#undoing.redo();
        return;
      case "history":
        dispatch({ type: "history", changes: listedChanges(library) });
        return;
      case "undo-to":
        this.#undoing.undoTo(effect.id);
        return;
      case "clock":
        dispatch({ type: "clock", now: Date.now(), today: today() });
        return;
      case "pause":
        setTimeout(
          () => dispatch({ type: "pause-over", number: effect.number }),
          effect.seconds * 1_000,
        ).unref();
        return;
      case "dwell":
        this.#lookedAt = effect;
        this.#startClock();
        return;
      case "stop-dwelling":
        this.#lookedAt = null;
        clearTimeout(this.#dwelling);
        return;
      case "open":
        void this.#copyAndExport.open(effect.url, effect.what);
        return;
      case "copy":
        void this.#copyAndExport.copy(effect.text, effect.what);
        return;
      case "copy-written":
        void this.#copyAndExport.copyWritten(effect.at, effect.format);
        return;
      case "export":
        void this.#copyAndExport.export(effect.path, effect.format, effect.rows, effect.overwrite);
        return;
      case "stop-export":
        this.#copyAndExport.stopExport();
        return;
      case "propose-file":
        this.#copyAndExport.propose(effect.stem, effect.ending);
        return;
      case "refresh":
        void this.#loading.refresh(effect.isQuiet);
        return;
      case "more":
        void this.#loading.more();
        return;
      case "cancel":
        this.#openAgain(this.#loading.back());
        return;
      case "go-back":
        if (this.#opening === null) this.#openAgain(this.#loading.goBack());
        // To the listing that is left by the one being opened.
        else void this.#opening.then(() => this.run(effect));
        return;
      case "search":
        this.#searching.search(this.#context.listing(), effect.text, effect.watches);
        return;
      case "judge":
        this.#searching.judge(this.#context.listing(), effect.interests);
        return;
      case "rank":
        this.#forYou.rank(effect.struck);
        return;
      case "activity":
        this.#forYou.activity();
        return;
      case "hold": {
        const { number, seconds } = effect;
        setTimeout(() => dispatch({ type: "held-too-long", number }), seconds * 1_000).unref();
        return;
      }
      case "walk":
        void this.#loading.walk(effect.steps);
        return;
      case "open-source":
        this.#open(effect.name, effect);
        return;
      case "look-home":
        void this.#home.countPapers(effect.names).catch(this.fail);
        return;
      case "subscribe":
        this.#save(() => this.#home.subscribe(effect.name));
        return;
      case "folder":
        void filesIn(effect.path).then((folder) => dispatch({ type: "folder", folder }));
        return;
      case "name-settings":
        this.#say(`settings: ${toHome(join(userDirectories().config, "config.json"))}`, "info");
        return;
      case "keep-theme":
        this.#save(async () => {
          const error = await this.#context.keepTheme(effect.theme);
          if (error !== null) this.#say(`the theme is not saved: ${error}`, "warning");
        });
        return;
      case "redraw":
        redraw();
        return;
      case "suspend":
        clearTimeout(this.#dwelling);
        suspend(
          session,
          () => {
            redraw();
            this.#startClock();
          },
          () => this.#say("this system cannot suspend a program", "warning"),
        );
        return;
      case "quit":
        this.quit(0);
        return;
    }
  };

  /** Starts the clock of the paper looked at from the beginning: time in the shell is no reading. */
  #startClock(): void {
    clearTimeout(this.#dwelling);
    if (!this.#lookedAt) return;
    const { paper, seconds } = this.#lookedAt;
    this.#dwelling = setTimeout(() => {
      this.#lookedAt = null;
      this.#context.dispatch({ type: "dwelled", paper });
    }, seconds * 1_000);
    // Looking at a paper keeps nobody from leaving.
    this.#dwelling.unref();
  }

  /** Writes settings, after those that still wait for other programs: the last one counts. */
  #save(work: () => Promise<void>): void {
    this.#saved = this.#saved.then(work).catch(this.fail);
  }

  /** Tells the reader which watches, follows and mutes there are, if they are others than before. */
  #sendInterests(isElsewhere: boolean): void {
    const interests = this.#context.library.interests();
    const written = JSON.stringify(interests);
    if (written === JSON.stringify(this.#context.interests())) return;
    this.#context.dispatch({ type: "interests", interests, isElsewhere });
  }

  /** Opens a listing again to go back to it, if one is named. */
  #openAgain(name: string | null): void {
    if (name !== null) this.#open(name, { isBack: true });
  }

  #open(name: string, how: Opening): void {
    const opening = this.#openSource(name, how).finally(() => {
      if (this.#opening === opening) this.#opening = null;
    });
    this.#opening = opening;
  }

  /** Opens another source, or says why it cannot be and stays. */
  async #openSource(name: string, { typed = "", filter, isBack = false }: Opening): Promise<void> {
    this.#openings += 1;
    const opening = this.#openings;
    try {
      const reading = this.#loading.piped(name) ?? (await this.#context.open(name.split(/\n| \+ /)));
      // Another one was asked for meanwhile.
      if (opening !== this.#openings) return;
      const isSame = filter === undefined && this.#loading.isOpen(reading.name);
      const showAgain = this.#keepScreen("source");
      this.#context.openReading(reading, filter);
      this.#searching.letGo(this.#context.listing());
      this.#loading.openReading(reading, showAgain, isBack || isSame);
    } catch (error) {
      if (!(error instanceof SourceError)) return this.fail(error);
      if (opening === this.#openings)
        this.#context.dispatch({ type: "not-opened", typed, why: error.message });
    }
  }

  #keepScreen(next: "source" | "day"): ShowAgain {
    const showAgain = this.#context.keepScreen(next);
    return (said, left) => {
      showAgain(said, left);
      this.#searching.letGo(this.#context.listing());
    };
  }

  #show(listing: Listing, adds: boolean): void {
    if (!adds) this.#context.seen.endLongVisit();
    this.#context.dispatch({
      type: "loaded",
      listing,
      marks: marksOf(listing, this.#context.library, this.#context.seen),
      adds,
    });
    this.#searching.letGo(listing);
  }

  #say(text: string, tone: Notice["tone"]): void {
    this.#context.dispatch({ type: "noticed", notice: { text, tone } });
  }
}
