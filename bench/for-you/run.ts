import type { Paper } from "../../source/papers/paper.js";
import { type Example, Taste } from "../../source/ranking/taste.js";
import { readDays } from "./days.js";
import { orderNames, replay } from "./replay.js";

const usage = `Replays days of Daily Papers with simulated readers and prints nDCG@10 after 20 stars, then how long
it takes to learn from 5,000 papers.

  npx tsx bench/for-you/run.ts DAYS.jsonl.gz [READERS [SEED]]   40 readers and seed 19 unless given
`;

const [path, readers = "40", seed = "19"] = process.argv.slice(2);
const days = path === undefined ? null : readDays(path);
if (days === null) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const { mornings, together } = replay(days, Number(readers), Number(seed));
  process.stdout.write(`${mornings.readers} readers, ${days.length} days\n`);
  for (const [name, figures] of Object.entries({ "one morning": mornings, "all together": together })) {
    const columns = orderNames.map((order) => `${order} ${figures[order].toFixed(3)}`);
    const ratio = (figures.forYou / figures.votes).toFixed(2);
    process.stdout.write(`${name.padEnd(14)}${columns.join("  ")}  ${ratio} × votes\n`);
  }
  const papers = days.flatMap((day) => day.papers);
  const examples = Array.from({ length: 5_000 }, (_, at): Example => {
    const paper = papers[at % papers.length] as Paper;
    return { paper, evidence: at % 40 === 0 ? "starred" : "skipped" };
  });
  const before = process.cpuUsage();
  Taste.of(examples, []);
  const { user, system } = process.cpuUsage(before);
  const milliseconds = Math.round((user + system) / 1_000);
  process.stdout.write(`5,000 papers  learned in ${milliseconds} ms of processor time\n`);
}
