import { boundsOf, bucketOf, type Histogram } from "./monitoring/histogram";
import type { Random } from "./random";

/** Latencies of `count` requests, log-normal with this mean in milliseconds, drawn bucket by bucket. */
export function drawLatencies(random: Random, count: number, mean: number, spread: number): Histogram {
  const centre = Math.log(mean) - spread ** 2 / 2;
  const below = (value: number): number => normalBelow((Math.log(value) - centre) / spread);
  const first = bucketOf(Math.exp(centre - 5 * spread));
  const last = bucketOf(Math.exp(centre + 5 * spread));
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const weights = numbers.map((bucket) => {
    const [lower, upper] = boundsOf(bucket);
    return below(upper) - (lower === 0 ? 0 : below(lower));
  });
  const drawn = random.multinomial(count, weights);
  const counts = Object.fromEntries(numbers.map((bucket, index) => [bucket, drawn[index]!]).filter(([, n]) => n !== 0));
  const deviation = mean * Math.sqrt(Math.exp(spread ** 2) - 1);
  return { sum: Math.max(0, count * mean + Math.sqrt(count) * deviation * random.normal()), counts };
}

/** Share of a standard normal below `x`. Source: Abramowitz and Stegun, 26.2.17; wrong by less than 8e-8. */
function normalBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const coefficients = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153];
  const above = density * coefficients.reduce((sum, coefficient) => (sum + coefficient) * t, 0);
  return x >= 0 ? 1 - above : above;
}
