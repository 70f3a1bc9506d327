import { limitLinesOf } from "../../constructs/limit-lines";
import { distribution, type Histogram, percentile, single, merge } from "../../tools/sandbox/apis/monitoring/histogram";
import { drawLatencies } from "../../tools/sandbox/apis/latency";
import { Random } from "../../tools/sandbox/apis/random";
import type { Json } from "../../tools/sandbox/workflows/values";
import { judgeLimits, type Measured, slowerThan } from "./support/judge";
import { subworkflow } from "./support/shared";
import { endpoint } from "./support/stage";

const judgeByWorkflow = subworkflow("judge_limits");
const countByWorkflow = subworkflow("slower_than");

const policy = {
  stages: [{}, {}, {}],
  limits: { serverErrorRatio: 0.02, latencyP95Milliseconds: 300, latencyP99Milliseconds: 900, minimumSamples: 100 },
  comparison: { errorRate: 0.05 },
};
const limitLines = limitLinesOf(policy);

const seriesOf = (value: object) => () =>
  ({ timeSeries: [{ points: [{ value: { distributionValue: value } }] }] }) as unknown as Json;

/** What the workflow says of so many answers. */
async function judged(measured: Measured, latencies: Histogram = single(50)) {
  const state = { endpoint, challenger: "1" };
  const args = {
    policy: { ...policy, limitLines },
    state,
    measured: { ...measured, latencyP95: percentile(latencies, 95), latencyP99: percentile(latencies, 99) },
    start: 120,
    end: 3600,
  };
  return judgeByWorkflow(args as unknown as Record<string, Json>, seriesOf(distribution(latencies)));
}

/** So many answers that took 50 ms, and others that took longer. */
const answers = (fast: number, slow: number, milliseconds: number): Histogram => ({
  sum: 0,
  counts: merge([
    ...Array.from({ length: fast }, () => single(50)),
    ...Array.from({ length: slow }, () => single(milliseconds)),
  ]).counts,
});

test.each<[what: string, Measured, Histogram | undefined, verdict: string, reason: string]>([
  [
    "nobody asked",
    { samples: 0, serverErrors: 0 },
    undefined,
    "no-data",
    "the new version has answered nothing in the window",
  ],
  [
    "too few for any limit",
    { samples: 99, serverErrors: 99 },
    undefined,
    "inconclusive",
    "99 answers of the new version, limits need 100",
  ],
  ["fewer errors than allowed", { samples: 1000, serverErrors: 20 }, undefined, "pass", "no limit is broken"],
  [
    "more errors, as chance has it",
    { samples: 100, serverErrors: 5 },
    undefined,
    "inconclusive",
    "5 of 100 answers are 5xx, the limit is a share of 0.02, which the data does not yet tell from chance",
  ],
  [
    "as large a share of many answers",
    { samples: 2000, serverErrors: 100 },
    undefined,
    "fail",
    "100 of 2000 answers are 5xx, the limit is a share of 0.02",
  ],
  [
    "many errors among few",
    { samples: 100, serverErrors: 20 },
    undefined,
    "fail",
    "20 of 100 answers are 5xx, the limit is a share of 0.02",
  ],
  [
    "slow, as chance has it",
    { samples: 100, serverErrors: 0 },
    answers(93, 7, 400),
    "inconclusive",
    "95th percentile of the latency is 339 ms, the limit is 300 ms, which the data does not yet tell from chance",
  ],
  [
    "slow for certain",
    { samples: 100, serverErrors: 0 },
    answers(60, 40, 500),
    "fail",
    "95th percentile of the latency is 576 ms, the limit is 300 ms",
  ],
  [
    "the slowest too slow for certain",
    { samples: 1000, serverErrors: 0 },
    answers(962, 38, 2000),
    "fail",
    "99th percentile of the latency is 2123 ms, the limit is 900 ms",
  ],
])("%s", async (_what, measured, latencies, verdict, reason) => {
  expect(await judged(measured, latencies)).toEqual({ state: "SUCCEEDED", result: { verdict, reason } });
});

/** What a planned look of two equal versions says, each with so many errors among 1,000 answers. */
async function looked(errors: number) {
  const look = subworkflow("look");
  const comparison = { serverErrorTolerance: 0.1, latencyRatio: 1.25 };
  const stages = [{ share: 50, minimumSamples: 500 }];
  const args = {
    policy: { ...policy, limitLines, comparison, stages, criticalValue: 2.4 },
    state: {
      endpoint,
      challenger: "2",
      champion: "1",
      shiftedAt: Date.parse("2026-01-04T22:00:00Z") / 1_000,
      stage: 0,
      slow: false,
    },
    compare: true,
  };
  const answer = (url: string): object => {
    const series = (value: object, response_code = "2xx") => ({
      metric: { labels: { response_code } },
      points: [{ value }],
    });
    return url.includes("response_count")
      ? { timeSeries: [series({ int64Value: `${1000 - errors}` }), series({ int64Value: `${errors}` }, "5xx")] }
      : { timeSeries: [series({ doubleValue: 120 })] };
  };
  return look(args as unknown as Record<string, Json>, (url) => answer(url) as Json);
}

test("no stage is passed with a limit that looks broken, although the old version is no better", async () => {
  expect(await looked(20)).toMatchObject({
    result: { verdict: "pass", reason: "server errors are not worse than tolerated" },
  });
  expect(await looked(21)).toMatchObject({
    result: {
      verdict: "inconclusive",
      reason: "21 of 1000 answers are 5xx, the limit is a share of 0.02, which the data does not yet tell from chance",
      evidence: { challenger: { serverErrors: 21 }, champion: { serverErrors: 21 } },
    },
  });
});

test("the simulations judge limits as the workflow does", async () => {
  const random = new Random(8);
  const cases = Array.from({ length: 150 }, () => {
    const samples = 50 + random.binomial(4_000, random.uniform());
    const serverErrors = random.binomial(samples, 0.06 * random.uniform() ** 2);
    return { samples, serverErrors, latencies: drawLatencies(random, samples, 90 + 160 * random.uniform(), 0.5) };
  });
  const expected = cases.map((each) => judgeLimits(each, policy.limits, limitLines));
  const outcomes = await Promise.all(cases.map((each) => judged(each, each.latencies)));
  expect(outcomes).toMatchObject(expected.map((verdict) => ({ state: "SUCCEEDED", result: { verdict } })));
  expect(new Set(expected)).toEqual(new Set(["pass", "fail", "inconclusive"]));
});

describe("answers slower than a limit", () => {
  const count = (value: object, milliseconds = 300) =>
    countByWorkflow({ endpoint, id: "1", start: 120, end: 3600, milliseconds }, seriesOf(value));

  test("are counted from exponential buckets, the one of the limit by its part", async () => {
    const latencies = answers(50, 10, 400);
    const bucket = [1.4 ** 16, 1.4 ** 17] as const;
    const outcome = (await count(distribution({ ...latencies, counts: { ...latencies.counts, 17: 20 } }))) as {
      result: number;
    };
    expect(outcome.result).toBeCloseTo(
      10 * slowerThan(single(400), 300) + (20 * (bucket[1] - 300)) / (bucket[1] - bucket[0]),
      6,
    );
  });

  test("are counted from explicit buckets, the one without an end as twice its bound", async () => {
    const explicit = {
      bucketOptions: { explicitBuckets: { bounds: [0, 100, 400] } },
      bucketCounts: ["0", "5", "30", "7"],
    };
    expect(await count(explicit)).toEqual({ state: "SUCCEEDED", result: 10 + 7 });
    expect(await count(explicit, 600)).toEqual({ state: "SUCCEEDED", result: 3.5 });
  });

  test("are none where Monitoring has none", async () => {
    expect(await count({ bucketOptions: { exponentialBuckets: { scale: 1, growthFactor: 2 } } })).toEqual({
      state: "SUCCEEDED",
      result: 0,
    });
    expect(await countByWorkflow({ endpoint, id: "1", start: 120, end: 3600, milliseconds: 300 }, () => ({}))).toEqual({
      state: "SUCCEEDED",
      result: 0,
    });
  });

  test("are not guessed from buckets of another kind", async () => {
    expect(await count({ bucketOptions: { linearBuckets: { width: 5 } }, bucketCounts: ["1"] })).toMatchObject({
      state: "FAILED",
      error: { value: 'latencies come in buckets of an unknown kind, {"linearBuckets":{"width":5}}' },
    });
  });
});
