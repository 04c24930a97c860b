/**
 * What the program may cost, in figures that are the same on every machine; times are the benchmark's
 * (bench/goals.ts). Each is a little more than what is measured now, and says what it is for. Whoever has
 * to raise one says in its sentence what is had for it.
 */
export const budget = {
  start: {
    /** Files of the program read before the first screen: cli.js, main.js and the sample; each costs half a ms. */
    ownFiles: 3,
    /** Files that are opened or looked at in all: the settings, the compiled code with each folder above it, whose each file of Node's own compiled code is (another user may have put it there), the machine's name, the marks and their image, what was seen. */
    looks: 40,
    /** Modules of Node's loaded beyond those of an empty program with a terminal: each is 0.1 to 3 ms. */
    modules: 26,
  },
  step: {
    /** A step brings up a paper: its title and abstract are 850 bytes of the 1,090 (median), the rest moves and looks. */
    medianBytes: 1_150,
    /** The longest paper of the sample needs 1,226. */
    mostBytes: 1_350,
    /** The rows that the cursor leaves and enters. */
    rows: 2,
  },
  /** A hundred steps in one write: the reader needs to see where they end, not each of them. */
  burst: { frames: 3 },
  ink: {
    /** Nodes for the whole screen: the root, a box, and for each of up to eight regions a box and a text. More are laid out at every key. */
    nodes: 18,
    /** And with the prompt, which is a widget: label, field and note with a box each. */
    nodesWithPrompt: 30,
  },
  /**
   * Bytes in dist/, with some 5 % to grow. All of main.js is read at every start (0.2 ms for each 100,000);
   * what is not called is not compiled. All of our code but the Ink components is in it, so that the build
   * needs no cutting: 630,000 were those of the first screen. Watches, the ranking, skim, themes, the morning and the
   * digest are 210,000 of the 1,470,000; formats of pages, bookmarks, notes and services added 50,000.
   */
  bundle: { core: 1_620_000, ink: 720_000, all: 4_970_000 },
  memory: {
    /** Bytes that V8 still makes of code after the first thousands of keys: 0.8 million, and then no more. */
    code: 1_000_000,
    /** Bytes that stay for each key that marks nothing: 4 are measured. A frame is 8,000, a row 500. */
    perKey: 20,
    /** And for each refresh of a listing of 40 papers, which is 60,000. */
    perRefresh: 2_000,
  },
} as const;
