import { readFileSync } from "node:fs";

/** Ticks a second in /proc, the same on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** The peak memory of the process, in bytes; `null` without /proc. */
export function peakMemory(pid: number): number | null {
  return inStatus(pid, /^VmHWM:\s+(\d+) kB$/m);
}

/** The current memory of the process, in bytes; `null` without /proc. */
export function currentMemory(pid: number): number | null {
  return inStatus(pid, /^VmRSS:\s+(\d+) kB$/m);
}

function inStatus(pid: number, line: RegExp): number | null {
  const kilobytes = line.exec(read(`/proc/${pid}/status`) ?? "")?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

/** The processor time of the process with all threads, in ms; `null` without /proc. */
export function processorTime(pid: number): number | null {
  const line = read(`/proc/${pid}/stat`);
  if (line === null) return null;
  // The second field is the program's name in brackets and may contain spaces: count from its end.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const [user, system] = [fields[11], fields[12]].map(Number);
  return (1000 * ((user ?? 0) + (system ?? 0))) / ticksPerSecond;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
