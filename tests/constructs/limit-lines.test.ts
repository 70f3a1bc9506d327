import { failingShare, limitLines, limitLinesOf } from "../../constructs/limit-lines";
import { Random } from "../../tools/sandbox/apis/random";

const policy = {
  stages: [{}, {}, {}],
  limits: { serverErrorRatio: 0.02 },
  comparison: { errorRate: 0.05 },
};

test("a line lies where the likelihood ratio of its version against the limit is the inverse of its error rate", () => {
  const [, twice] = limitLines(0.02, 0.03);
  const answers = 1_000;
  const bad = twice!.slope * answers + twice!.intercept;
  const odds = (2 * 0.02) / 0.98;
  const share = odds / (1 + odds);
  const logRatio = bad * Math.log(share / 0.02) + (answers - bad) * Math.log((1 - share) / 0.98);
  expect(Math.exp(-logRatio)).toBeCloseTo(0.03 / 3, 4);
});

test("every limit of every stage gets its share of a fifth of the error rate", () => {
  expect(limitLinesOf(policy)).toEqual({
    serverErrors: limitLines(0.02, 0.01 / 6),
    latencyP95: limitLines(0.05, 0.01 / 6),
  });
  expect(limitLinesOf({ ...policy, limits: { ...policy.limits, latencyP99Milliseconds: 800 } })).toEqual({
    serverErrors: limitLines(0.02, 0.01 / 9),
    latencyP95: limitLines(0.05, 0.01 / 9),
    latencyP99: limitLines(0.01, 0.01 / 9),
  });
});

test.each([
  [0, 0],
  [0.02, 0.0926],
  [0.5, 0.8333],
  [1, 1],
])("a version fails for certain that is far above the limit of %f, and never above all", (share, failing) => {
  expect(failingShare(share)).toBe(failing);
});

test("a limit of no errors at all is broken by the first", () => {
  expect(limitLines(0, 0.001)).toEqual([{ slope: 0, intercept: 0 }]);
});

test("a limit of nothing but errors is never broken", () => {
  expect(limitLines(1, 0.001).every(({ slope, intercept }) => 1_000_000 < slope * 1_000_000 + intercept)).toBe(true);
});

test.each([0.002, 0.02, 0.3])(
  "answers with exactly the allowed share of %f get above a line as rarely as declared, at 500 looks",
  (share) => {
    const lines = limitLines(share, 0.05);
    const random = new Random(11);
    const runs = 1_000;
    const crossed = Array.from({ length: runs }).filter(() => {
      let [bad, answers] = [0, 0];
      for (let look = 0; look < 500; look++) {
        answers += 20;
        bad += random.binomial(20, share);
        if (lines.some(({ slope, intercept }) => bad > slope * answers + intercept)) {
          return true;
        }
      }
      return false;
    }).length;
    console.log(`a limit of ${share}: above a line in ${((crossed / runs) * 100).toFixed(1)} %, declared 5.0 %`);
    expect(crossed / runs).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs));
    expect(crossed).toBeGreaterThan(0);
  },
);
