import { decide, serving, start, until } from "./support/serving";
import { endpoint, policy, Stage } from "./support/stage";

const actions = ({ journal }: Stage) => journal.map(({ action }) => action);

test("the first version of an endpoint gets all traffic", async () => {
  const stage = new Stage();
  await stage.register();
  const outcome = await stage.run("rollout", start);
  expect(outcome).toMatchObject({ state: "SUCCEEDED", result: { outcome: "done" } });
  expect(await stage.versions()).toEqual({ 1: 100 });
  expect(actions(stage)).toEqual(["start", "deploy", "deployed", "ready", "intend", "shift", "finish"]);
});

describe("where explanations are declared", () => {
  const explanations = { instances: [{ tenure: 3, plan: "basic" }] };

  test("a version is asked for them before it gets traffic", async () => {
    const stage = new Stage({ explanations });
    const asked: unknown[] = [];
    stage.intercept = ({ request, proceed }) => {
      if (request.url.endsWith(":explain")) {
        asked.push(JSON.parse(String(request.body)), stage.peek().split);
      }
      return proceed();
    };
    await stage.register({ explanationSpec: { parameters: { sampledShapleyAttribution: { pathCount: 10 } } } });
    expect(await stage.run("rollout", start)).toMatchObject({ result: { outcome: "done" } });
    expect(asked).toEqual([{ deployedModelId: expect.any(String) as string, instances: explanations.instances }, {}]);
  });

  test("a version that cannot explain never gets traffic", async () => {
    const stage = new Stage({ explanations });
    await stage.register();
    expect(await stage.run("rollout", start)).toMatchObject({
      result: {
        outcome: "rolled-back",
        reason: expect.stringMatching(
          /^the new version could not explain what the team declares, DeployedModel \d+ has no explanation_spec: its Model was uploaded without one.$/,
        ),
      },
    });
    expect(await stage.versions()).toEqual({});
    expect(stage.patches).toBe(0);
  });

  test("nothing is asked where none are declared", async () => {
    const stage = new Stage();
    const urls: string[] = [];
    stage.intercept = ({ request, proceed }) => {
      urls.push(request.url);
      return proceed();
    };
    await stage.register();
    await stage.run("rollout", start);
    expect(urls.filter((url) => url.endsWith(":explain"))).toEqual([]);
  });
});

test("a good version goes through its stages to all traffic, and the old one is taken down", async () => {
  const stage = await serving();
  const outcome = await stage.run("rollout", start);
  expect(outcome).toMatchObject({ state: "SUCCEEDED", result: { outcome: "done", version: "2" } });
  expect(await stage.versions()).toEqual({ 2: 100 });
  expect(stage.patches).toBe(3);
});

test("a version that breaks a limit is rolled back with one patch", async () => {
  const stage = await serving({ "2": 0.2, "*": 0.005 });
  const outcome = await stage.run("rollout", start);
  expect(outcome).toMatchObject({
    state: "SUCCEEDED",
    result: {
      outcome: "rolled-back",
      reason: expect.stringMatching(/^\d+ of \d+ answers are 5xx, the limit is a share of 0.05$/),
    },
  });
  expect(await stage.versions()).toEqual({ 1: 100 });
  expect(stage.patches).toBe(2);
  expect(actions(stage)).toEqual([
    "start",
    "deploy",
    "deployed",
    "ready",
    "intend",
    "shift",
    "give-up",
    "rollback",
    "rolled-back",
  ]);
});

test("a version that was rolled back is not rolled out again without an override", async () => {
  const stage = await serving({ "2": 0.2, "*": 0.005 });
  await stage.run("rollout", start);
  expect(await stage.run("rollout", start)).toMatchObject({
    state: "FAILED",
    error: { value: "version 2 was rolled back before; it is rolled out again only with override" },
  });
  stage.apis.traffic.set(endpoint, { rps: 20, errors: { "*": 0.005 } });
  expect(await stage.run("rollout", { ...start, override: true })).toMatchObject({ result: { outcome: "done" } });
});

test("a version that is too slow is rolled back", async () => {
  const stage = await serving({}, {}, { latency: { "2": 600 } });
  expect(await stage.run("rollout", start)).toMatchObject({
    result: {
      outcome: "rolled-back",
      reason: expect.stringMatching(/^95th percentile of the latency is \d+ ms, the limit is 500 ms$/),
    },
  });
});

test("a version that is slower than tolerated, but within the limit, is rolled back when it stays so", async () => {
  const stage = await serving({}, {}, { latency: { "2": 40 } });
  expect(await stage.run("rollout", start)).toMatchObject({
    result: { outcome: "rolled-back", reason: "the new version is slower than tolerated for the second time in a row" },
  });
});

test("a version whose slowest answers are too slow is rolled back, where the policy looks at them", async () => {
  const limited = (latencyP99Milliseconds: number) =>
    serving({}, { limits: { ...policy.limits, latencyP99Milliseconds } });
  expect(await (await limited(110)).run("rollout", start)).toMatchObject({
    result: {
      outcome: "rolled-back",
      reason: expect.stringMatching(/^99th percentile of the latency is 1[1-9]\d ms, the limit is 110 ms$/),
    },
  });
  expect(await (await limited(400)).run("rollout", start)).toMatchObject({ result: { outcome: "done" } });
});

test("a version whose count of requests does not fit its share goes on to no stage", async () => {
  const stage = await serving();
  stage.intercept = async ({ request, proceed }) => {
    const answer = await proceed();
    const { challenger } = await stage.state();
    const filter = new URL(request.url).searchParams.get("filter") ?? "";
    const counts = filter.includes("response_count") && filter.includes(`"${challenger as string}"`);
    return counts ? { ...answer, body: String(answer.body).replace(/"int64Value":"(\d+)"/g, doubled) } : answer;
  };
  expect(await stage.run("rollout", start)).toMatchObject({
    result: { outcome: "rolled-back", reason: "the approval expired" },
  });
  const looks = stage.journal.filter(({ action }) => action === "look").slice(1);
  expect(looks.map(({ verdict }) => verdict)).toEqual(looks.map(() => "inconclusive"));
  expect(looks.at(-1)!.reason).toMatch(
    /^the new version answered \d+ of \d+ requests, which does not fit its share \(chi-square \d+\.\d+\)$/,
  );
  expect(stage.journal.filter(({ action }) => action === "shift")).toHaveLength(1);
});

const doubled = (_: string, count: string) => `"int64Value":"${2 * Number(count)}"`;

test("a version with more errors than the old one is rolled back, although within the limit", async () => {
  const stage = await serving({ "2": 0.035, "*": 0.005 });
  expect(await stage.run("rollout", start)).toMatchObject({
    result: {
      outcome: "rolled-back",
      reason: expect.stringMatching(/^server errors are worse than the old version's by 0\.0\d+$/),
    },
  });
  expect(await stage.versions()).toEqual({ 1: 100 });
});

test("without data nothing passes: the rollout waits for a person, who may go on", async () => {
  const stage = await serving();
  stage.apis.traffic.stop(endpoint);
  const execution = stage.start("rollout", start);
  await until(stage, "ask");
  expect(await stage.versions()).toEqual({ 1: 90, 2: 10 });
  stage.apis.traffic.set(endpoint, { rps: 20 });
  await decide(stage, "approve");
  expect(await execution.done).toMatchObject({ result: { outcome: "done" } });
});

test("a person may roll back instead, and the version is to blame", async () => {
  const stage = await serving();
  stage.apis.traffic.stop(endpoint);
  const execution = stage.start("rollout", start);
  await until(stage, "ask");
  await decide(stage, "rollback");
  expect(await execution.done).toMatchObject({ result: { outcome: "rolled-back", reason: "rolled back by bert" } });
  expect(await stage.state()).toMatchObject({ rolledBack: ["2"] });
});

test("an approval that nobody gives expires, and traffic goes back", async () => {
  const stage = await serving();
  stage.apis.traffic.stop(endpoint);
  expect(await stage.run("rollout", start)).toMatchObject({
    result: { outcome: "rolled-back", reason: "the approval expired" },
  });
  expect(await stage.versions()).toEqual({ 1: 100 });
});

test("where the policy says so, an expired approval leaves the split as it is", async () => {
  const stage = await serving({}, { onApprovalExpired: "hold" });
  stage.apis.traffic.stop(endpoint);
  expect(await stage.run("rollout", start)).toMatchObject({
    result: { outcome: "held", reason: "the approval expired" },
  });
  expect(await stage.versions()).toEqual({ 1: 90, 2: 10 });
});

test("where the policy says so, no data rolls back", async () => {
  const stage = await serving({}, { onNoData: "rollback" });
  stage.apis.traffic.stop(endpoint);
  expect(await stage.run("rollout", start)).toMatchObject({ result: { outcome: "rolled-back" } });
});

test("limits are watched while a person is waited for", async () => {
  const stage = await serving();
  stage.apis.traffic.set(endpoint, { rps: 0.5 });
  const execution = stage.start("rollout", start);
  await until(stage, "ask");
  stage.apis.traffic.set(endpoint, { rps: 20, errors: { "2": 0.5 } });
  expect(await execution.done).toMatchObject({ result: { outcome: "rolled-back" } });
});

test("a stage that asks for approval begins when it is given", async () => {
  const stages = [
    { share: 10, holdMinutes: 30, minimumSamples: 500, approval: false },
    { share: 100, holdMinutes: 30, minimumSamples: 500, approval: true },
  ];
  const stage = await serving({}, { stages });
  const execution = stage.start("rollout", start);
  await until(stage, "ask");
  expect(await stage.versions()).toEqual({ 1: 90, 2: 10 });
  await decide(stage, "approve");
  expect(await execution.done).toMatchObject({ result: { outcome: "done" } });
});

test("a split that a person changes is left alone", async () => {
  const stage = await serving();
  const execution = stage.start("rollout", start);
  await until(stage, "watch");
  const { deployedModels = [] } = await stage.endpoint();
  const [old, young] = deployedModels;
  await stage.setSplit({ [old!.id]: 70, [young!.id]: 30 });
  expect(await execution.done).toMatchObject({
    result: { outcome: "held", reason: expect.stringContaining("by hand") },
  });
  expect(await stage.versions()).toEqual({ 1: 70, 2: 30 });
  await stage.setSplit({ [old!.id]: 90, [young!.id]: 10 });
  expect(await stage.run("rollout", start)).toMatchObject({ result: { outcome: "done" } });
});

test("an execution that dies is followed by one that goes on", async () => {
  const stage = await serving();
  const execution = stage.start("rollout", start);
  await until(stage, "watch");
  execution.kill();
  await execution.done;
  expect(await stage.run("rollout", start)).toMatchObject({ result: { outcome: "done" } });
  expect(actions(stage)).toContain("resume");
});

test("a write of the state whose answer is lost is found as the execution's own", async () => {
  const stage = await serving();
  const upload = "storage.googleapis.com/upload/*";
  for (const nth of [1, 3, 5]) {
    stage.apis.faults.add({ method: "POST", path: upload, nth, fault: { kind: "lose-response" } });
  }
  expect(await stage.run("rollout", start)).toMatchObject({ state: "SUCCEEDED", result: { outcome: "done" } });
});

test("there is one rollout at a time", async () => {
  const stage = await serving();
  const execution = stage.start("rollout", start);
  await until(stage, "watch");
  expect(await stage.run("rollout", start)).toMatchObject({
    state: "FAILED",
    error: { value: expect.stringMatching(/^version 2 is being rolled out already by the execution churn-rollout/) },
  });
  await stage.register();
  expect(await stage.run("rollout", start)).toMatchObject({
    state: "FAILED",
    error: { value: "version 2 is being rolled out (phase watch); roll it back or let it end before another begins" },
  });
  expect(await execution.done).toMatchObject({ result: { outcome: "done" } });
});

test("where the policy says so, a newer version replaces the one under way", async () => {
  const stage = await serving({}, { onNewerVersion: "replace" });
  const execution = stage.start("rollout", start);
  await until(stage, "watch");
  await stage.register();
  const newer = stage.start("rollout", start);
  expect(await execution.done).toMatchObject({ result: { outcome: "superseded" } });
  expect(await newer.done).toMatchObject({ result: { outcome: "done", version: "3" } });
  expect(await stage.state()).toMatchObject({ rolledBack: [] });
  expect(await stage.versions()).toEqual({ 3: 100 });
});

test("a rollback takes over from the rollout that is under way", async () => {
  const stage = await serving();
  const execution = stage.start("rollout", start);
  await until(stage, "watch");
  stage.patches = 0;
  expect(await stage.run("rollback", { model: "propensity", reason: "complaints", actor: "bert" })).toMatchObject({
    result: { outcome: "rolled-back", reason: "complaints" },
  });
  expect(stage.patches).toBe(1);
  expect(await execution.done).toMatchObject({ result: { outcome: "superseded" } });
  expect(await stage.versions()).toEqual({ 1: 100 });
});

test("a rollback works when the rollout's execution is gone and metrics are down", async () => {
  const stage = await serving();
  const execution = stage.start("rollout", start);
  await until(stage, "watch");
  execution.kill();
  await execution.done;
  stage.apis.faults.add({
    path: "monitoring.googleapis.com*",
    times: Infinity,
    fault: { kind: "refuse", status: "UNAVAILABLE" },
  });
  expect(await stage.run("rollback", { model: "propensity" })).toMatchObject({ result: { outcome: "rolled-back" } });
  expect(await stage.versions()).toEqual({ 1: 100 });
});

test("a deployment that fails ends the rollout before any traffic, and the version is not to blame", async () => {
  const stage = await serving();
  stage.patches = 0;
  stage.apis.faults.add({ path: "*:deployModel", fault: { kind: "fail-operation", status: "INTERNAL" } });
  expect(await stage.run("rollout", start)).toMatchObject({
    result: { outcome: "rolled-back", reason: expect.stringContaining("the deployment failed") },
  });
  expect(stage.patches).toBe(0);
  expect(await stage.state()).toMatchObject({ rolledBack: [] });
});

test("a long rollout is handed over before the service's limit of steps", async () => {
  const stages = [
    { share: 10, holdMinutes: 700, minimumSamples: 500, approval: false },
    { share: 100, holdMinutes: 20, minimumSamples: 500, approval: false },
  ];
  const stage = await serving({}, { stages, watchMinutes: 1 });
  await stage.run("rollout", start);
  const [, first, second] = [...stage.executions.values()];
  expect(await first!.done).toMatchObject({ result: { outcome: "superseded" } });
  expect(await second!.done).toMatchObject({ result: { outcome: "done" } });
  expect(first!.steps).toBeGreaterThan(20_000);
  expect(first!.steps).toBeLessThan(80_000);
});

test("a version that has not passed the gates is refused", async () => {
  const stage = await serving();
  await stage.register();
  expect(await stage.run("rollout", { ...start, version: "2" })).toMatchObject({
    state: "FAILED",
    error: { value: "version 2 has not passed the gates, it has no alias 'challenger'; promote it, or use override" },
  });
  expect(await stage.run("rollout", { ...start, version: "9" })).toMatchObject({
    state: "FAILED",
    error: { value: expect.stringMatching(/^the registry has no version '9' of /) },
  });
});
