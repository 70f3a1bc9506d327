import { Feed } from "../../../tools/sandbox/console/feed";
import type { ModelView } from "../../../tools/sandbox/console/view";
import { insertRows } from "./support/long-journal";
import { Theatre } from "./support/theatre";

const minute = 60_000;

let theatre: Theatre;
let feed: Feed;

beforeEach(() => {
  theatre = new Theatre();
  feed = new Feed(theatre.source);
});
afterEach(() => theatre.close());

const model = (): ModelView => feed.view().models[0]!;
const steps = () => model().rollout!.steps.map(({ name, state }) => `${name.replace("\u00a0", " ")}: ${state}`);
const shares = () => model().split.map((point) => point.shares);

test("before the first rollout there is a model, and nothing else", () => {
  const view = feed.view();
  expect(view.models).toHaveLength(1);
  expect(view.models[0]).toMatchObject({
    key: "churn/propensity",
    team: "churn",
    model: "propensity",
    region: "europe-west4",
    versions: [],
    rollout: null,
    split: [],
    looks: [],
    metrics: [],
    limits: { serverErrorRatio: 0.05, latencyP95Milliseconds: 500 },
  });
  expect(view.journal).toEqual([]);
  expect(view.stacks).toEqual([
    {
      stack: "sandbox-churn-serving",
      resources: [
        {
          address: "google_storage_bucket.Rollouts_1A2B3C4D",
          type: "google_storage_bucket",
          id: "acme-rollouts",
        },
      ],
    },
  ]);
});

test("an object that is no policy is no model", () => {
  const names = theatre.source.context.cloud.list("google_storage_bucket_object").map(({ values }) => values["name"]);
  expect(names).toEqual(["policy.json", "propensity.json"]);
  expect(feed.view().models.map(({ key }) => key)).toEqual(["churn/propensity"]);
});

test("the first version has a short way, and nobody judges it", async () => {
  await theatre.serve();
  expect(steps()).toEqual(["Deploy: done", "Ready: done", "100 %: done", "Done: done"]);
  expect(shares()).toEqual([{ 1: 100 }]);
  expect(model()).toMatchObject({
    versions: [{ version: "1", share: 100, aliases: expect.arrayContaining(["challenger"]) }],
    rollout: { phase: "done", isActive: false, against: "", version: "1" },
    looks: [],
  });
});

test("while a stage is watched: its hold, its looks with their numbers, and who serves what", async () => {
  await theatre.serve();
  theatre.callers();
  await theatre.rollOut();
  await theatre.until(({ phase, stage, looks }) => phase === "watch" && stage === 0 && looks === 2);

  const { rollout, looks, versions, metrics } = model();
  expect(steps()).toEqual([
    "Deploy: done",
    "Ready: done",
    "10 %: current",
    "50 %: ahead",
    "100 %: ahead",
    "Bake: ahead",
    "Done: ahead",
  ]);
  const { hold, shiftedAt } = rollout!;
  expect(hold).toEqual({
    from: shiftedAt,
    to: shiftedAt! + 30 * minute,
    nextLook: shiftedAt! + 30 * minute,
    looks: 2,
    plannedLooks: 3,
  });
  expect(shares()).toEqual([{ 1: 100 }, { 1: 90, 2: 10 }]);
  expect(versions.map(({ version, share }) => [version, share])).toEqual([
    ["1", 90],
    ["2", 10],
  ]);

  expect(looks).toHaveLength(2);
  const { challenger, champion, difference, latency, window, ...look } = looks[1]!;
  expect(look).toMatchObject({ version: "2", against: "1", share: 10 });
  expect(window!.from).toBeGreaterThanOrEqual(shiftedAt! + 2 * minute - 1_000);
  const [n1, n2] = [challenger!.samples + 2, champion!.samples + 2];
  const [p1, p2] = [(challenger!.serverErrors + 1) / n1, (champion!.serverErrors + 1) / n2];
  expect(difference!.harm).toBeCloseTo(p1 - p2, 12);
  expect(difference!.margin).toBeCloseTo(2.6 * Math.sqrt((p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2), 12);
  expect(difference).toMatchObject({ tolerance: 0.01, criticalValue: 2.6 });
  expect(latency!.ratio).toBeCloseTo(challenger!.latencyP95! / champion!.latencyP95!, 12);

  expect(metrics.map(({ version }) => version).sort()).toEqual(["1", "2"]);
  const last = metrics.find(({ version }) => version === "2")!.points.at(-1)!;
  expect(last.requests).toBeGreaterThan(60);
  expect(last.requests).toBeLessThan(200);
  expect(last.errors).toBeLessThan(0.1);
  expect(last.latencyP95).toBeGreaterThan(50);
});

test("verdicts of the page are those of the journal", async () => {
  await theatre.serve();
  theatre.callers();
  await theatre.serve();
  const judged = feed
    .view()
    .journal.filter(({ action }) => ["look", "bake", "give-up"].includes(action))
    .map(({ id, verdict }) => `${id} ${verdict!}`);
  expect(
    model()
      .looks.map(({ id, verdict }) => `${id} ${verdict}`)
      .reverse(),
  ).toEqual(judged);
  expect(model().looks.at(-1)).toMatchObject({ share: 100, difference: null });
  expect(shares()).toEqual([{ 1: 100 }, { 1: 90, 2: 10 }, { 1: 50, 2: 50 }, { 2: 100 }]);
  expect(steps().every((step) => step.endsWith("done"))).toBe(true);
});

test("a version that fails falls off at its stage, with the numbers that broke the limit", async () => {
  await theatre.serve();
  theatre.callers({ "2": 0.2, "*": 0.004 });
  await theatre.serve();
  expect(steps()).toContain("10 %: failed");
  expect(shares().at(-1)).toEqual({ 1: 100 });
  expect(model()).toMatchObject({ rollout: { phase: "rolled-back", isActive: false } });
  const look = model().looks.at(-1)!;
  expect(look.verdict).toBe("fail");
  expect(look.reason).toMatch(/^\d+ of \d+ answers are 5xx, the limit is a share of 0.05$/);
  expect(look.challenger!.serverErrors / look.challenger!.samples).toBeGreaterThan(0.05);
});

test("a rollout that asks says what, of whom, until when, and whether an answer would arrive", async () => {
  await theatre.serve();
  await theatre.rollOut();
  await theatre.until(({ phase, callback }) => phase === "ask" && callback !== "");
  expect(model().rollout!.question).toEqual({
    asksFor: "whether to go on without data",
    reason: expect.stringContaining("no data at the deadline"),
    expiresAt: Math.round(theatre.state()!.askedAt! * 1_000) + 30 * minute,
    onExpired: "rollback",
    approvers: ["group:churn-ml@acme.example"],
    isOpen: true,
  });
  expect(model().looks.at(-1)).toMatchObject({ verdict: "no-data" });
});

test("a split that a hand changed is in the history, although no journal has it", async () => {
  await theatre.serve();
  await theatre.rollOut();
  await theatre.until(({ phase }) => phase === "watch");
  expect(shares().at(-1)).toEqual({ 1: 90, 2: 10 });
  const [old, young] = model().versions.map(({ deployedModelId }) => deployedModelId!);
  await theatre.setSplit({ [old!]: 30, [young!]: 70 });
  expect(shares().at(-1)).toEqual({ 1: 30, 2: 70 });
  expect(shares()).toHaveLength(3);
  await theatre.until(({ phase }) => phase === "held");
  expect(model().rollout).toMatchObject({ phase: "held", isActive: false });
  expect(shares()).toHaveLength(3);
});

test("executions are there with what they are doing, the newest first", async () => {
  await theatre.serve();
  await theatre.rollOut();
  await theatre.until(({ phase }) => phase === "watch");
  const executions = feed.view().executions.filter(({ workflow }) => workflow === "churn-rollout");
  expect(executions.map(({ state }) => state)).toEqual(["ACTIVE", "SUCCEEDED"]);
  expect(executions[0]!.step).toMatch(/^[a-z_]+\.[a-z_]+$/);
  expect(executions[1]!.endedAt).toBeGreaterThan(executions[1]!.startedAt);
});

describe("a journal that goes back for weeks", () => {
  /** What is sent for a journal of so many decisions, one every five minutes. */
  async function sent(count: number) {
    const long = new Theatre();
    try {
      await long.serve();
      await insertRows(long, count);
      const view = new Feed(long.source).view();
      return { view, length: JSON.stringify(view).length };
    } finally {
      long.close();
    }
  }

  test("is sent as far as charts go: more of it does not make more to send", async () => {
    const [weeks, more] = [await sent(1_000), await sent(2_000)];
    expect(more.length / weeks.length).toBeLessThan(1.05);
    const [{ looks, split }] = more.view.models as [ModelView];
    expect(looks.at(-1)!.id).toBe("old-1999");
    // Judgements are held against the policy of their rollout, also those of the rollout that charts begin in.
    expect(new Set(looks.map(({ against }) => against)).has("")).toBe(false);
    expect(split[0]!.at).toBeLessThan(looks[0]!.at);
    expect(more.view.journal).toHaveLength(400);
  });

  test("a decision that is added later is seen", async () => {
    await insertRows(theatre, 50);
    expect(feed.view().journal).toHaveLength(50);
    await theatre.serve();
    const { journal } = feed.view();
    expect(journal.length).toBeGreaterThan(50);
    expect(journal[0]).toMatchObject({ action: "finish", version: "1" });
  });
});
