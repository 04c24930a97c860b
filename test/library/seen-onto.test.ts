import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { renewImage } from "../../source/library/image-writer.js";
import { type ImagePlace, readImage } from "../../source/library/marks-image.js";
import { SeenPapers, seenPath } from "../../source/library/seen-papers.js";
import { atOnce } from "../../source/library/steps.js";
import { clockFrom, temporaryDirectory } from "./support.js";

const now = clockFrom("2026-11-23T08:00:00.000Z");
const ids = ["2510.00001", "2510.00002", "title:größer-als", "doi:10.1/x", '"', "5", ""];
const machines = ["laptop", "desk"];

function placeIn(home: string): ImagePlace {
  return { cache: join(home, "cache"), state: join(home, "state"), machine: "laptop", program: "1" };
}
const renew = (place: ImagePlace) => atOnce(renewImage(place, Date.now() + 60_000, 1));
const read = (place: ImagePlace, withImage: boolean) =>
  new SeenPapers(place.state, place.machine, now, withImage ? readImage(place) : null);

const who = fc.nat(1);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant("visit" as const), who, papers: fc.subarray(ids) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("write" as const), who, what: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("image" as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom("remove", "rewrite", "folder"), who }) },
);

test("papers that were seen are those that all files tell of, with an image and without", (t) => {
  const home = temporaryDirectory(t);
  let [runs, used] = [0, 0];
  const property = fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
    runs += 1;
    const place = placeIn(join(home, `${runs}`));
    mkdirSync(place.state, { recursive: true });
    for (const one of steps) {
      const path = seenPath(place.state, machines[one.who] as string);
      const { does } = one;
      if (does === "visit") {
        const seen = new SeenPapers(place.state, machines[one.who] as string, now, readImage(place));
        for (const id of one.papers) seen.show(id);
        seen.endVisit();
      } else if (does === "image") {
        renew(place);
      } else if (does === "remove") {
        rmSync(path, { recursive: true, force: true });
      } else if (does === "folder") {
        rmSync(path, { recursive: true, force: true });
        mkdirSync(path);
      } else {
        const text = [
          '{"v":1,"papers":["5"',
          "\n",
          "null\n",
          '{"v":9,"papers":["5"]}\n',
          '{"v":1,"papers":["\\u0035",7]}\n',
          "",
        ];
        try {
          if (does === "write") appendFileSync(path, text[one.what] as string);
          // The first line goes, and another one comes.
          else
            writeFileSync(path, `${readFileSync(path, "utf8").replace(/^.*\n/, "")}{"v":1,"papers":[""]}\n`);
        } catch {
          // There is a folder in the way, or nothing.
        }
      }
    }
    const [one, other] = [read(place, true), read(place, false)];
    assert.deepEqual(
      ids.map((id) => one.has(id)),
      ids.map((id) => other.has(id)),
    );
    const { all, behindImage } = one.sizes();
    if (behindImage < all) used += 1;
  });
  fc.assert(property, { numRuns: 400 });
  assert.ok(used > 50, `only ${used} of ${runs} images were of use`);
});

test("what an image knows to have been seen is not written again", (t) => {
  const place = placeIn(temporaryDirectory(t));
  const first = read(place, false);
  for (const id of ids) first.show(id);
  first.endVisit();
  renew(place);
  const before = readFileSync(seenPath(place.state, "laptop"), "utf8");
  const next = read(place, true);
  assert.equal(next.sizes().behindImage, 0);
  for (const id of ids) next.show(id);
  assert.equal(next.endVisit(), null);
  assert.equal(readFileSync(seenPath(place.state, "laptop"), "utf8"), before);
  next.show("new");
  next.endVisit();
  assert.equal(readFileSync(seenPath(place.state, "laptop"), "utf8").split("\n").length, 3);
});
