import { criticalChiSquare } from "../../constructs/chi-square";

/** Chance of a value above `x`, summed up from the tail: exact for odd and even degrees of freedom. */
function chanceAbove(x: number, degreesOfFreedom: number): number {
  const even = degreesOfFreedom % 2 === 0;
  let chance = even ? Math.exp(-x / 2) : 2 * (1 - normal(Math.sqrt(x)));
  let term = even ? Math.exp(-x / 2) : Math.sqrt((2 * x) / Math.PI) * Math.exp(-x / 2);
  for (let degrees = even ? 2 : 1; degrees < degreesOfFreedom; degrees += 2) {
    term = degrees === 1 && !even ? term : (term * x) / degrees;
    chance += term;
  }
  return chance;
}

/** Chance of a normal value below `z`, by Simpson's rule. */
function normal(z: number): number {
  const steps = 2000;
  const width = z / steps;
  const density = (at: number) => Math.exp((-at * at) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(0) + density(z);
  for (let step = 1; step < steps; step++) {
    sum += density(step * width) * (step % 2 === 1 ? 4 : 2);
  }
  return 0.5 + (sum * width) / 3;
}

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])("%i degrees of freedom: one in a thousand is above", (degreesOfFreedom) => {
  expect(chanceAbove(criticalChiSquare(degreesOfFreedom), degreesOfFreedom)).toBeCloseTo(0.001, 6);
});

test.each([0, 10, 1.5])("%d degrees of freedom are not in the table", (degreesOfFreedom) => {
  expect(() => criticalChiSquare(degreesOfFreedom)).toThrow(
    `'degreesOfFreedom' must be from 1 to 9, got ${degreesOfFreedom}`,
  );
});
