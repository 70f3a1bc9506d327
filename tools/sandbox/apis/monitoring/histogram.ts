/**
 * A distribution in exponential buckets, as most of Google's latency metrics have them: bucket 0 is below 1, bucket n from 1.4^(n-1)
 * to 1.4^n, and one takes what is above.
 */
export interface Histogram {
  readonly sum: number;
  /** Counts by bucket; buckets without any are left out. */
  readonly counts: Readonly<Record<number, number>>;
}

export const buckets = { numFiniteBuckets: 66, growthFactor: 1.4, scale: 1 } as const;

export function bucketOf(value: number): number {
  const { numFiniteBuckets, growthFactor, scale } = buckets;
  return value < scale
    ? 0
    : Math.min(numFiniteBuckets + 1, 1 + Math.floor(Math.log(value / scale) / Math.log(growthFactor)));
}

/** Bounds of a bucket; the last has no upper one. */
export function boundsOf(bucket: number): [number, number] {
  const { numFiniteBuckets, growthFactor, scale } = buckets;
  const lower = bucket === 0 ? 0 : scale * growthFactor ** (bucket - 1);
  return [lower, bucket > numFiniteBuckets ? Infinity : scale * growthFactor ** bucket];
}

export function countOf({ counts }: Histogram): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

export function merge(histograms: readonly Histogram[]): Histogram {
  const counts: Record<string, number> = {};
  let sum = 0;
  for (const histogram of histograms) {
    sum += histogram.sum;
    for (const bucket in histogram.counts) {
      counts[bucket] = (counts[bucket] ?? 0) + histogram.counts[bucket]!;
    }
  }
  return { sum, counts };
}

export function single(value: number): Histogram {
  return { sum: value, counts: { [bucketOf(value)]: 1 } };
}

/** The value below which `percent` of the samples lie, taken as spread evenly within its bucket. */
export function percentile(histogram: Histogram, percent: number): number {
  let left = (countOf(histogram) * percent) / 100;
  for (const [bucket, count] of Object.entries(histogram.counts).map(([key, value]) => [Number(key), value] as const)) {
    if (left <= count) {
      const [lower, upper] = boundsOf(bucket);
      return upper === Infinity ? lower : lower + (upper - lower) * (left / count);
    }
    left -= count;
  }
  return 0;
}

/** `google.api.Distribution` */
export function distribution(histogram: Histogram): object {
  const count = countOf(histogram);
  const mean = count === 0 ? 0 : histogram.sum / count;
  const filled = Object.entries(histogram.counts).filter(([, each]) => each > 0);
  const last = Math.max(-1, ...filled.map(([bucket]) => Number(bucket)));
  const squares = filled.reduce((sum, [bucket, each]) => {
    const [lower, upper] = boundsOf(Number(bucket));
    return sum + each * ((upper === Infinity ? lower : (lower + upper) / 2) - mean) ** 2;
  }, 0);
  return {
    count: String(count),
    ...(mean !== 0 && { mean }),
    ...(squares !== 0 && { sumOfSquaredDeviation: squares }),
    bucketOptions: { exponentialBuckets: buckets },
    ...(last >= 0 && {
      bucketCounts: Array.from({ length: last + 1 }, (_, bucket) => String(histogram.counts[bucket] ?? 0)),
    }),
  };
}
