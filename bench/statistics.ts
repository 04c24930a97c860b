/** What many measurements of one thing come to. */
export interface Summary {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

/**
 * The value below which `share` (0 to 1) of the values are, by nearest rank: always one that was
 * really measured. `NaN` for no values.
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The values in short, in their own unit. */
export function summary(values: readonly number[]): Summary {
  return {
    count: values.length,
    median: percentile(values, 0.5),
    p95: percentile(values, 0.95),
    max: percentile(values, 1),
  };
}
