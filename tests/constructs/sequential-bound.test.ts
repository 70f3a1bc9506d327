import { sequentialBound } from "../../constructs/sequential-bound";

test.each([
  [1, 1.96],
  [2, 2.178],
  [3, 2.289],
  [4, 2.361],
  [5, 2.413],
  [10, 2.555],
  [20, 2.672],
])("for %i looks at 2.5 percent the bound is that of Pocock's table, %f", (looks, published) => {
  expect(sequentialBound(0.025, looks)).toBeCloseTo(published, 2);
});

test("a smaller error rate and more looks ask for more", () => {
  expect(sequentialBound(0.01, 5)).toBeGreaterThan(sequentialBound(0.05, 5));
  expect(sequentialBound(0.05, 6)).toBeGreaterThan(sequentialBound(0.05, 5));
});
