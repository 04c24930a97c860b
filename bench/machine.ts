import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

/** The machine and day of the figures. */
export interface Machine {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryGiB: number;
  readonly platform: string;
  /** The Node that measures and runs the program. */
  readonly node: string;
  /** The load average of the last minute: figures of a busy machine are worth less. */
  readonly load: number;
}

export function thisMachine(): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() || "unknown processor",
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${type()} ${release()}`,
    node: process.versions.node,
    load: Math.round(10 * (loadavg()[0] ?? 0)) / 10,
  };
}
