import assert from "node:assert/strict";
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { atOnce } from "../../source/library/image-check.js";
import { renewImage } from "../../source/library/image-writer.js";
import { encodeLine } from "../../source/library/journal-format.js";
import { Journals } from "../../source/library/journals.js";
import { openLibrary } from "../../source/library/library.js";
import { lettersHash } from "../../source/library/marked-titles.js";
import { type ImagePlace, imagePath, readImage } from "../../source/library/marks-image.js";
import { type MarkField, markFields } from "../../source/papers/marks.js";
import { titleId } from "../../source/papers/paper.js";
import { line, temporaryDirectory } from "./support.js";

const machines = ["laptop", "desktop", "phone"] as const;
const papers = ["2510.00001", "2510.00002", "doi:10.1/x", "title:a-title-of-some-words", "日本", "7"];
const titles = ["A title of some words", "Ein Titel: “größer”", "", "Another, of more words"];

/** Behind every clock of the file system, so that what is untouched is known to be. */
const later = () => Date.now() + 60_000;

function placeIn(home: string, machine = "laptop"): ImagePlace {
  return { cache: join(home, "cache"), state: join(home, "state"), machine, program: "1" };
}

/** Makes the image however little there is to do. */
function renew(place: ImagePlace, now = Date.now()): boolean {
  return atOnce(renewImage(place, now, 1));
}

function open(place: ImagePlace, withImage: boolean): Journals {
  return new Journals(place.state, place.machine, withImage ? readImage(place) : null);
}

/** All that can be known of journals that were read. */
function account(journals: Journals) {
  const { marks, history, problems, newest, ownSize, fault } = journals;
  const all = new Map([...marks.papers()].map(([id, bits]) => [id, [bits, marks.stamp(id)]]));
  const hashes = new Set([...titles, ...papers].map((title) => lettersHash(titleId(title))));
  const told: string[] = [];
  for (const scan of journals.scansWith(hashes)) {
    for (; !scan.isAtEnd; scan.advance()) {
      for (const { paper, title, by } of scan.current()?.papers ?? []) {
        if (titles.includes(title)) told.push(JSON.stringify([scan.name, paper, title, by]));
      }
    }
  }
  return {
    marks: [...all].sort(([one], [other]) => (one < other ? -1 : 1)),
    size: marks.size,
    kinds: [...marks.kinds].sort(),
    unknown: [...marks.unknown].sort(),
    history: history.list(1_000),
    undone: [history.undoable, history.redoable, history.newestUndone?.id],
    problems,
    newest,
    ownSize,
    fault,
    told,
  };
}

type Step =
  | { readonly does: "mark"; readonly who: number; readonly paper: number; readonly field: MarkField }
  | { readonly does: "undo" | "redo"; readonly who: number }
  | { readonly does: "write"; readonly who: number; readonly what: number; readonly minutes: number }
  | { readonly does: "edit" | "shorten" | "replace" | "remove"; readonly who: number; readonly at: number }
  | { readonly does: "copy"; readonly who: number }
  | { readonly does: "image" | "break"; readonly at: number };

const who = fc.nat(machines.length - 1);
const at = fc.nat(1_000_000);
const mild: fc.Arbitrary<Step>[] = [
  fc.record({
    does: fc.constant("mark" as const),
    who,
    paper: fc.nat(papers.length * titles.length - 1),
    field: fc.constantFrom(...markFields),
  }),
  fc.record({ does: fc.constantFrom("undo" as const, "redo" as const), who }),
  fc.record({
    does: fc.constant("write" as const),
    who,
    what: fc.nat(9),
    minutes: fc.integer({ min: -3, max: 3 }),
  }),
  fc.record({ does: fc.constant("image" as const), at }),
];
const wild: fc.Arbitrary<Step>[] = [
  fc.record({ does: fc.constantFrom("edit", "shorten", "replace", "remove"), who, at }),
  fc.record({ does: fc.constant("copy" as const), who }),
  fc.record({ does: fc.constant("break" as const), at }),
];
const usual = fc.oneof(...mild.map((arbitrary) => ({ arbitrary, weight: 3 })));
const anything = fc.oneof(
  ...mild.map((arbitrary) => ({ arbitrary, weight: 6 })),
  ...wild.map((arbitrary) => ({ arbitrary, weight: 1 })),
);

/** Something that happens to the journals, or to the image. */
function act(place: ImagePlace, step: Step, count: number, time: number, imageAt: number): void {
  const { state } = place;
  mkdirSync(state, { recursive: true });
  const path = "who" in step ? join(state, `marks-${machines[step.who]}.jsonl`) : imagePath(place);
  switch (step.does) {
    case "mark": {
      const { library } = openLibrary(state, machines[step.who] as string, () => time);
      const title = titles[step.paper % titles.length] as string;
      const paper = papers[step.paper % papers.length] as string;
      library.record(step.field, [{ paper, title, [step.field]: step.paper % 3 !== 0 }]);
      return;
    }
    case "undo":
    case "redo":
      openLibrary(state, machines[step.who] as string, () => time).library[step.does]();
      return;
    case "write":
      appendFileSync(path, written(step, count, time));
      return;
    case "image":
      renew(place, imageAt);
      return;
    case "copy":
      if (existsSync(path)) writeFileSync(path.replace(".jsonl", ".conflict.jsonl"), readFileSync(path));
      return;
    case "remove":
      rmSync(path, { force: true });
      return;
  }
  if (!existsSync(path) || statSync(path).size === 0) return;
  const bytes = readFileSync(path);
  const where = step.at % bytes.length;
  if (step.does === "shorten") truncateSync(path, where);
  if (step.does === "replace") {
    writeFileSync(`${path}.new`, bytes.subarray(where));
    renameSync(`${path}.new`, path);
  }
  if (step.does === "edit" || step.does === "break") {
    const file = openSync(path, "r+");
    writeSync(file, Buffer.from([(bytes[where] as number) ^ (1 + (step.at % 7))]), 0, 1, where);
    closeSync(file);
  }
}

/** Lines of all kinds: late ones, doubled ones, broken ones, foreign ones. */
function written({ who, what, minutes }: Step & { does: "write" }, count: number, time: number): string {
  const machine = machines[who] as string;
  const at = new Date(time + minutes * 60_000).toISOString();
  const paper = papers[count % papers.length] as string;
  const whole = line(`${machine}:r-${1 + (count % 12)}`, at, paper, "starred", count % 2 === 0);
  const many = papers.map((one, index) => ({ paper: one, title: titles[index % 4] as string, read: true }));
  const kinds = [
    whole,
    line(`${machine}:x${count}`, at, paper, "later", true),
    `${encodeLine({ id: `${machine}:m-${count}`, at, label: "6 “read”", papers: many })}\r\n`,
    whole.slice(0, 10 + (count % 90)),
    `${whole.slice(0, 10 + (count % 90))}\n`,
    `\uFEFF${whole}`,
    "{}\n<<<<<<< HEAD\n\n",
    whole.replace('"v":1', '"v":2'),
    `\n${whole.trimEnd()}`,
    `${encodeLine({ id: `${machine}:b-${count}`, at, label: "starred", papers: [{ paper, title: "", by: "Xu 2025", starred: true }] })}\n`,
  ];
  return kinds[what] as string;
}

for (const [name, steps, isLater, atLeast] of [
  ["journals that only grow", usual, true, 200],
  ["journals to which anything happens", anything, false, 100],
] as const) {
  test(`an image and what came behind it are what all journals are: ${name}`, (t) => {
    const home = temporaryDirectory(t);
    let [runs, used] = [0, 0];
    const property = fc.property(
      fc.array(steps, { maxLength: 14 }),
      fc.array(steps, { maxLength: 6 }),
      fc.constantFrom(...machines),
      (before, behind, machine) => {
        runs += 1;
        const place = placeIn(join(home, `${runs}`), machine);
        let count = 0;
        const go = (step: Step) => {
          count += 1;
          const time = Date.parse("2026-11-23T08:00:00.000Z") + count * 60_000;
          // The clock of the file system may not tell two changes of one moment apart.
          act(place, step, count, time, isLater ? later() : Date.now());
        };
        before.forEach(go);
        if (!existsSync(place.state)) return;
        renew(place, isLater ? later() : Date.now());
        for (const step of behind) go(step);
        const [one, other] = [open(place, true), open(place, false)];
        const { all, behindImage } = one.sizes();
        if (behindImage < all) used += 1;
        assert.deepEqual(account(one), account(other));
        // And so does what happens while the program runs.
        for (const step of behind.filter(({ does }) => does !== "image")) {
          go(step);
          const [news, others] = [one.refresh(() => {}), other.refresh(() => {})];
          const sorted = (changes: typeof news) => changes.map((change) => JSON.stringify(change)).sort();
          assert.deepEqual(sorted(news), sorted(others));
        }
        const { problems: _, told: __, ...rest } = account(one);
        const { problems: ___, told: ____, ...otherRest } = account(other);
        assert.deepEqual(rest, otherRest);
      },
    );
    fc.assert(property, { numRuns: 400 });
    assert.ok(used > atLeast, `only ${used} of ${runs} images were of use`);
  });
}
