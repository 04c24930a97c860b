import { readDays } from "./days.js";
import { orderNames, replay } from "./replay.js";

const usage = `Replays days of Daily Papers with simulated readers and prints nDCG@10 after 20 stars.

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
}
