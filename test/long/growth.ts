/** From here on a time can be compared, in ms of the processor. */
const comparable = 60;
/** Twice the input may take so many times as long. */
const most = 2.5;
/**
 * And, of short inputs, four times the input: 16 is quadratic, and where a cache or a compiled function ends
 * some short work takes 7 times as long for 4 times the input.
 */
const mostOfQuarter = 9;
/** From this length on, twice the input alone is judged. */
const longEnough = 200_000;
/** What takes longer than this at a fraction of the full length is not tried at the next, in ms. */
const tooLong = 4_000;
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
 * Whether work takes more than `most` times as long for twice the input: 200,000 characters against 100,000.
 * Shorter inputs must grow too fast in two doublings, as V8 compiles or collects garbage in one of them.
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
    for (
      let attempt = 0;
      attempt < attempts && isDoubtful(times, at, inputs[at]?.length ?? 0);
      attempt += 1
    ) {
      for (const one of [at - 2, at - 1, at]) {
        times[one] = Math.min(times[one] as number, await timeOf(() => work(inputs[one] as string)));
      }
    }
    const time = times[at] as number;
    if (isDoubtful(times, at, inputs[at]?.length ?? 0) || (at < inputs.length - 1 && time > tooLong)) {
      const all = times.map((one, index) => `${(lengths[index] as number) / 1_000}k ${one.toFixed(0)} ms`);
      return all.join(", ");
    }
  }
  return null;
}

function isDoubtful(times: readonly number[], at: number, length: number): boolean {
  if (at < 2) return false;
  const [quarter = 0, half = 0, whole = 0] = times.slice(at - 2);
  if (whole <= comparable || whole <= most * half) return false;
  return length >= longEnough || whole > mostOfQuarter * quarter;
}
