/** From here on a time can be compared, in ms of the processor. */
const comparable = 60;
/** Twice the input may take so many times as long. */
const most = 2.5;
/**
 * And, of short inputs, four times the input: 16 is quadratic, and where a cache or a compiled function ends
 * some short work takes 7 times as long for 4 times the input.
 */
const mostOfQuarter = 9;
/**
 * The greatest length, in characters: fields of 200,000 and more are cut, and a cut text, which has an ellipsis,
 * takes two bytes a character and so up to three times as long.
 */
export const greatestLength = 198_000;
/** From this length on, twice the input is judged, and sixteen times the input. */
const longEnough = 190_000;
/**
 * Sixteen times the input may take so many times as long: four doublings by 2.5. Twice the input alone is no
 * proof: once results no longer fit into the young generation, collecting garbage makes one doubling take four
 * times as long, and the next ones two. 256 is quadratic.
 */
const mostOfSixteenth = most ** 4;
/** What takes longer than this at a fraction of the full length is not tried at the next, in ms. */
const tooLong = 4_000;
/**
 * Four times a sixteenth of the input may take so many times as long. Where linear and quadratic parts add up to
 * less there, twice the input takes at most 2.5 times as long at the full length.
 */
const linear = 4.5;
/** How often doubtful times are measured again: the least of each counts, so that a busy machine does no harm. */
const attempts = 8;

/** The processor's time that `work` takes, in ms. */
async function timeOf(work: () => unknown): Promise<number> {
  const { user, system } = process.cpuUsage();
  await work();
  const spent = process.cpuUsage({ user, system });
  return (spent.user + spent.system) / 1_000;
}

/**
 * Whether work takes more than `most` times as long for twice the input: 198,000 characters against 99,000, and
 * grows as fast from a sixteenth of them on.
 * Shorter inputs must grow too fast in two doublings, as V8 compiles or collects garbage in one of them.
 *
 * A quarter of the input comes first: work that takes less than a sixteenth of a comparable time for it takes
 * less than a comparable time for the whole, even if it is quadratic, and need not be measured. Nor need work
 * that is linear up to there.
 *
 * @param work what is measured, given an input
 * @param input of a given length; made outside of what is measured
 * @param longest the greatest length
 * @returns what is wrong, in words; `null` where nothing is
 */
export async function growthFault(
  work: (input: string) => unknown,
  input: (length: number) => string,
  longest = greatestLength,
): Promise<string | null> {
  const lengths = [longest / 16, longest / 4, longest / 2, longest];
  const inputs: string[] = [];
  const times: number[] = [];
  const describe = () =>
    times.map((time, at) => `${(lengths[at] as number) / 1_000}k ${time.toFixed(0)} ms`).join(", ");
  for (const [at, length] of lengths.entries()) {
    inputs.push(input(length));
    const run = (one: number) => timeOf(() => work(inputs[one] as string));
    times.push(await run(at));
    for (let attempt = 0; attempt < attempts && isDoubtful(times, length); attempt += 1) {
      for (const one of [at - 2, at - 1, at]) times[one] = Math.min(times[one] as number, await run(one));
    }
    const time = times[at] as number;
    if (isDoubtful(times, length) || (length < longest && time > tooLong)) return describe();
    if (at !== 1) continue;
    if (time < comparable / 16) return null;
    // The first run also compiled the code.
    times[0] = Math.min(times[0] as number, await run(0));
    if (longest >= longEnough && time <= linear * times[0]) return null;
  }
  return null;
}

/** Whether the last of the times is too long beside those before it, of half and a quarter of the input. */
function isDoubtful(times: readonly number[], length: number): boolean {
  if (times.length < 4) return false;
  const [sixteenth = 0, quarter = 0, half = 0, whole = 0] = times;
  if (whole <= comparable || whole <= most * half) return false;
  return length >= longEnough ? whole > mostOfSixteenth * sixteenth : whole > mostOfQuarter * quarter;
}
