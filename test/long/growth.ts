/** From here on a time can be compared, in ms of the processor. */
const comparable = 60;
/** Twice the input may take so many times as long. */
const most = 2.5;
/** And four times the input: 16 is quadratic, and memory that no longer fits a cache makes some 7 of 4. */
const mostOfQuarter = 9;
/** What takes longer than this at a fraction of the full length is not tried at the next, in ms. */
const tooLong = 4_000;
/** How often doubtful times are measured again: the least of each counts, so that a busy machine does no harm. */
const attempts = 4;

/** The processor's time that `work` takes, in ms. */
async function timeOf(work: () => unknown): Promise<number> {
  const { user, system } = process.cpuUsage();
  await work();
  const spent = process.cpuUsage({ user, system });
  return (spent.user + spent.system) / 1_000;
}

/**
 * Whether work takes more than `most` times as long for twice the input, and that twice in a row: V8
 * compiles or collects garbage in one doubling, a quadratic expression is slow in each.
 *
 * @param work what is measured, given an input
 * @param input of a given length; made outside of what is measured
 * @param longest the greatest length
 * @returns what is wrong, in words; `null` where nothing is
 */
export async function growthFault(
  work: (input: string) => unknown,
  input: (length: number) => string,
  longest = 200_000,
): Promise<string | null> {
  const lengths = [longest / 16, longest / 8, longest / 4, longest / 2, longest];
  const inputs = lengths.map(input);
  const times: number[] = [];
  for (const [at, long] of inputs.entries()) {
    times.push(await timeOf(() => work(long)));
    for (let attempt = 0; attempt < attempts && isDoubtful(times, at); attempt += 1) {
      for (const one of [at - 2, at - 1, at]) {
        times[one] = Math.min(times[one] as number, await timeOf(() => work(inputs[one] as string)));
      }
    }
    const time = times[at] as number;
    if (isDoubtful(times, at) || (at < inputs.length - 1 && time > tooLong)) {
      const all = times.map((one, index) => `${(lengths[index] as number) / 1_000}k ${one.toFixed(0)} ms`);
      return all.join(", ");
    }
  }
  return null;
}

function isDoubtful(times: readonly number[], at: number): boolean {
  if (at < 2) return false;
  const [quarter = 0, half = 0, whole = 0] = times.slice(at - 2);
  return whole > comparable && whole > most * half && whole > mostOfQuarter * quarter;
}
