import { sequentialBound } from "../../constructs/sequential-bound";
import { Random } from "../../tools/sandbox/apis/random";
import { judge } from "./support/judge";
import { endsOf, hasty, powerOf, rolledBack, usual } from "./support/rollout-trials";
import { subworkflow } from "./support/shared";
import { naiveAlarms, sharesOf, type Trial } from "./support/trials";

const judgeByWorkflow = subworkflow("judge_comparison");

test("the simulations judge as the workflow does", async () => {
  const random = new Random(7);
  const runs = Array.from({ length: 400 }, async () => {
    const champion = { samples: 500 + random.binomial(8_000, 0.5), serverErrors: 0, latencyP95: 100 };
    champion.serverErrors = random.binomial(champion.samples, 0.02);
    const challenger = { samples: champion.samples, serverErrors: 0, latencyP95: 100 };
    challenger.serverErrors = random.binomial(challenger.samples, 0.02 + random.binomial(10, 0.5) / 400);
    const critical = 1.5 + random.binomial(20, 0.5) / 10;
    const policy = { criticalValue: critical, comparison: { serverErrorTolerance: 0.01, latencyRatio: 1.25 } };
    const stage = { share: 50, minimumSamples: 1 };
    const outcome = await judgeByWorkflow({ policy, stage, challenger, champion, slow: false }, () => ({}));
    return { outcome, expected: judge(challenger, champion, 0.01, critical) };
  });
  const judged = await Promise.all(runs);
  expect(judged.map(({ outcome }) => outcome)).toMatchObject(
    judged.map(({ expected }) => ({ state: "SUCCEEDED", result: { verdict: expected } })),
  );
  expect(new Set(judged.map(({ expected }) => expected))).toEqual(new Set(["pass", "fail", "inconclusive"]));
});

const trials = 4_000;
const five: Trial = {
  share: 50,
  looks: 5,
  lateLooks: 0,
  requests: 2_000,
  championErrors: 0.02,
  challengerErrors: 0.02,
  tolerance: 0.01,
  critical: sequentialBound(0.05, 5),
};

/** Three standard errors of a share of 5 % in so many trials. */
const noise = 3 * Math.sqrt((0.05 * 0.95) / trials);

test("at five looks an equally good version is rolled back in at most 5 % of rollouts, where naive looks alarm in 14 %", () => {
  const { fail } = sharesOf(five, trials, 1);
  const naive = naiveAlarms(five, trials, 2);
  console.log(`false rollbacks ${(fail * 100).toFixed(1)} %, naive alarms ${(naive * 100).toFixed(1)} %`);
  expect(fail).toBeLessThan(0.05 + noise);
  expect(naive).toBeGreaterThan(0.12);
  expect(naive).toBeLessThan(0.165);
});

test("a version that is worse by the tolerance passes in at most 5 % of stages", () => {
  const { pass } = sharesOf(
    { ...five, lateLooks: 5, challengerErrors: 0.03, critical: sequentialBound(0.05, 10) },
    trials,
    3,
  );
  console.log(`false promotions ${(pass * 100).toFixed(1)} %`);
  expect(pass).toBeLessThan(0.05 + noise);
});

test("over two stages with late looks the declared error still holds", () => {
  const stage = { ...five, lateLooks: 10, critical: sequentialBound(0.05 / 2, 15) };
  const first = sharesOf({ ...stage, share: 10, requests: 5_000 }, 1_500, 4);
  const second = sharesOf(stage, 1_500, 5);
  const fail = 1 - (1 - first.fail) * (1 - second.fail);
  console.log(`false rollbacks of a rollout ${(fail * 100).toFixed(1)} %`);
  expect(fail).toBeLessThan(0.05 + noise);
});

test("a version with three times the errors does not get past its first stage", () => {
  const { pass, fail } = sharesOf({ ...five, share: 10, requests: 5_000, challengerErrors: 0.06 }, 500, 6);
  expect(pass).toBe(0);
  expect(fail).toBeGreaterThan(0.95);
});

const rollouts = 160;

/** Over all looks of all stages, the limits, the comparison and the latency included. */
test.each([
  { requestsPerMinute: 120, version: { errors: 0.01, p95: 200, tail: 4 } },
  { requestsPerMinute: 600, version: { errors: 0.015, p95: 450, tail: 2 } },
])("a version as good as the old one is rolled back in at most 5 % of whole rollouts, $version", (each) => {
  const { requestsPerMinute, version } = each;
  const traffic = { requestsPerMinute, champion: version, challenger: version, bakeMinutes: 60 };
  const now = rolledBack(endsOf({ ...usual, ...traffic }, rollouts, 9));
  const before = rolledBack(endsOf({ ...hasty, ...traffic }, rollouts / 4, 9));
  console.log(
    `declared 5.0 %, rolled back ${(now * 100).toFixed(1)} %; with limits that act at first sight ${(before * 100).toFixed(1)} %`,
  );
  expect(now).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / rollouts));
  expect(before).toBeGreaterThan(0.15);
});

test.each([
  { times: 2, within: 60 },
  { times: 5, within: 20 },
  { times: 20, within: 15 },
])("a version with $times times the allowed errors is back within $within minutes, at 30 answers a minute", (each) => {
  const champion = { errors: 0.005, p95: 200, tail: 4 };
  const challenger = { ...champion, errors: each.times * usual.limits.serverErrorRatio };
  const { share, minutes, answers } = powerOf({ ...usual, requestsPerMinute: 300, champion, challenger }, 100, 10);
  console.log(
    `${each.times} times the limit: ${(share * 100).toFixed(1)} % back, half within ${minutes} min, ${answers} answers`,
  );
  expect(share).toBe(1);
  expect(minutes).toBeLessThanOrEqual(each.within);
});
