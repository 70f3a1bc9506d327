import { normalQuantile } from "../../constructs/normal-quantile";

// Worked out with NormalDist().inv_cdf of Python's statistics.
test.each([
  [0.5, 0],
  [0.8413447460685429, 1],
  [0.975, 1.9599639845400536],
  [0.9875, 2.2414027276049464],
  [0.995, 2.5758293035489],
  [1 - 0.05 / 18, 2.772921294608662],
  [0.999, 3.090232306167813],
  [0.99999, 4.26489079392384],
])("of %d it is %d", (probability, quantile) => {
  expect(normalQuantile(probability)).toBeCloseTo(quantile, 9);
});

test.each([0.4, 1, Number.NaN])("%d is refused", (probability) => {
  expect(() => normalQuantile(probability)).toThrow(
    `'probability' must be from 0.5 to less than 1, got ${probability}`,
  );
});
