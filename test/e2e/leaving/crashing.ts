import { browse } from "../../../source/app/browse.js";
import { Opener } from "../../../source/app/loading/reading.js";
import { defaultSettings } from "../../../source/settings/settings.js";
import { listingOf } from "../../reader/reader.js";

// The program on a listing whose third row cannot be drawn once a key was pressed: what the first
// argument says is where it breaks, in a component or in the state machine.
const listing = listingOf(3);
let armed = false;
process.stdin.on("data", () => {
  armed = true;
});
const inComponent = process.argv[2] === "component";
const broken = {
  ...listing,
  paper: (index: number) => {
    if (armed && index === (inComponent ? 2 : 1)) throw new Error("the third row is broken");
    return listing.paper(index);
  },
};
await browse({
  opener: new Opener(defaultSettings, undefined),
  reading: {
    name: "crashing",
    keepsPlace: true,
    isLocal: true,
    atOnce: { listing: broken, freshness: "current", notice: null, working: null },
    load: async () => broken,
    more: async () => broken,
    walk: null,
  },
  open: async () => {
    throw new Error("nothing else is opened here");
  },
  readPaper: async () => {
    throw new Error("nobody asks for one");
  },
  openFiles: () => [],
  config: { settings: defaultSettings, places: {}, problems: [], unknown: [] },
  options: { ascii: false, color: null },
}).then(
  (code) => process.exit(code),
  (error: Error) => {
    process.stderr.write(`caught: ${error.message}\n`);
    process.exit(70);
  },
);
