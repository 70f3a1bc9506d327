/** Width of a cell of the grid that densities are kept on: a third of it changes no bound by more than 0.0005. */
const step = 0.3;

/** Standard deviations below zero where a density counts as nothing. */
const floor = -5;

const known = new Map<string, number>();

/**
 * How many standard errors a difference must have at one of several looks at growing data, so that chance alone gets there at any of
 * them with probability `errorRate`. The looks are evenly spaced and the bound is the same at each.
 * Source: Pocock, "Group sequential methods in the design and analysis of clinical trials", Biometrika 64 (1977); worked out as in
 * Armitage, McPherson and Rowe, "Repeated significance tests on accumulating data", JRSS A 132 (1969).
 * @param errorRate one-sided, between 0 and 0.5
 */
export function sequentialBound(errorRate: number, looks: number): number {
  const key = `${errorRate} ${looks}`;
  const bound = known.get(key) ?? solve((candidate) => crossing(candidate, looks) - errorRate);
  known.set(key, bound);
  return bound;
}

/** Probability that a standardised sum of normal steps is above `bound` at one of the looks. */
function crossing(bound: number, looks: number): number {
  let cells = grid(bound, 1).map((sum) => ({ sum, density: normal(sum) }));
  for (let look = 2; look <= looks; look++) {
    const before = cells.map(({ sum, density }, index) => ({ sum, mass: density * weight(index, cells) }));
    cells = grid(bound, look).map((sum) => ({
      sum,
      density: before.reduce((total, earlier) => total + earlier.mass * normal(sum - earlier.sum), 0),
    }));
  }
  return 1 - cells.reduce((total, { density }, index) => total + density * weight(index, cells), 0);
}

/** Sums that stay below the bound at a look: an odd number of evenly spaced points, the last on the bound. */
function grid(bound: number, look: number): number[] {
  const [low, high] = [floor * Math.sqrt(look), bound * Math.sqrt(look)];
  const pairs = Math.ceil((high - low) / (2 * step));
  return Array.from({ length: 2 * pairs + 1 }, (_, index) => low + ((high - low) * index) / (2 * pairs));
}

/** Weight of a point in Simpson's rule. */
function weight(index: number, cells: readonly { sum: number }[]): number {
  const width = cells[1]!.sum - cells[0]!.sum;
  const isEnd = index === 0 || index === cells.length - 1;
  return ((isEnd ? 1 : index % 2 === 1 ? 4 : 2) * width) / 3;
}

function normal(value: number): number {
  return Math.exp((-value * value) / 2) / Math.sqrt(2 * Math.PI);
}

/** Where a falling function is zero, between 0 and 6, by the Illinois variant of the rule of false position. */
function solve(excess: (bound: number) => number): number {
  let [low, high] = [0, 6];
  let [above, below] = [excess(low), excess(high)];
  for (let tries = 0; tries < 60 && high - low > 1e-6; tries++) {
    const middle = (low * below - high * above) / (below - above);
    const value = excess(middle);
    if (Math.abs(value) < 1e-9) {
      return middle;
    }
    if (value > 0) {
      [low, above, below] = [middle, value, below / 2];
    } else {
      [high, below, above] = [middle, value, above / 2];
    }
  }
  return (low + high) / 2;
}
