import { drawLatencies } from "../../../tools/sandbox/apis/latency";
import { countOf, percentile } from "../../../tools/sandbox/apis/monitoring/histogram";
import { Random } from "../../../tools/sandbox/apis/random";

const draws = 20_000;

/** Mean and variance of many draws. */
function moments(draw: () => number): { mean: number; variance: number } {
  const values = Array.from({ length: draws }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / draws;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws };
}

test.each([
  [10, 0.02],
  [500, 0.02],
  [500, 0.97],
  [20_000, 0.1],
])("a binomial of %d and %d has its mean and variance", (trials, probability) => {
  const random = new Random(7);
  const { mean, variance } = moments(() => random.binomial(trials, probability));
  const expected = trials * probability;

  expect(Math.abs(mean - expected)).toBeLessThan(0.01 * expected + 0.01);
  expect(variance / (expected * (1 - probability))).toBeGreaterThan(0.95);
  expect(variance / (expected * (1 - probability))).toBeLessThan(1.05);
});

test.each([0.5, 20, 3_000])("a Poisson of %d has its mean and variance", (expected) => {
  const random = new Random(7);
  const { mean, variance } = moments(() => random.poisson(expected));

  expect(mean / expected).toBeGreaterThan(0.98);
  expect(mean / expected).toBeLessThan(1.02);
  expect(variance / expected).toBeGreaterThan(0.95);
  expect(variance / expected).toBeLessThan(1.05);
});

test("a multinomial shares out everything, and nothing to what has no weight", () => {
  const random = new Random(7);
  const shares = random.multinomial(10_000, [90, 0, 10]);

  expect(shares.reduce((sum, share) => sum + share, 0)).toBe(10_000);
  expect(shares[1]).toBe(0);
  expect(Math.abs(shares[2]! - 1_000)).toBeLessThan(120);
  expect(random.multinomial(5, [0, 0])).toEqual([0, 0]);
});

test("latencies have the mean and the percentiles of a log-normal, as far as buckets tell", () => {
  const histogram = drawLatencies(new Random(7), 50_000, 100, 0.4);
  const median = 100 * Math.exp(-0.08);

  expect(countOf(histogram)).toBe(50_000);
  expect(histogram.sum / 50_000).toBeCloseTo(100, 0);
  expect(percentile(histogram, 50) / median).toBeGreaterThan(0.93);
  expect(percentile(histogram, 50) / median).toBeLessThan(1.07);
  expect(percentile(histogram, 95) / (median * Math.exp(1.645 * 0.4))).toBeGreaterThan(0.9);
  expect(percentile(histogram, 95) / (median * Math.exp(1.645 * 0.4))).toBeLessThan(1.1);
});
