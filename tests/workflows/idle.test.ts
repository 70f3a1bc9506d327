import { registryStage, settle, strikeEveryCall, upload } from "./support/registry";
import { endpoint, location, type Stage } from "./support/stage";

const api = "https://europe-west4-aiplatform.googleapis.com/v1";
const argument = { actor: "schedule" };
const hour = 60 * 60_000;

/** Version 1 serves; version 2 is deployed beside it, as 22, and gets nothing. */
async function forgotten(policy: Record<string, unknown> = { idle: { hours: 24, action: "retire" } }): Promise<Stage> {
  const stage = registryStage({ gates: undefined, ...policy });
  await upload(stage);
  await stage.run("rollout", { model: "propensity", version: "1", actor: "setup", override: true });
  await upload(stage);
  await stage.call("POST", `${api}/${endpoint}:deployModel`, {
    deployedModel: {
      id: "22",
      model: `${location}/models/churn-propensity@2`,
      dedicatedResources: { machineSpec: { machineType: "n1-standard-4" }, minReplicaCount: 1 },
    },
  });
  await stage.clock.jump(hour);
  stage.apis.traffic.set(endpoint, { rps: 1 });
  return stage;
}

async function run(stage: Stage) {
  const outcome = await stage.run("idle", argument);
  await settle(stage);
  return outcome;
}

test("what has been idle for as long as declared is reported and, where the policy says so, retired", async () => {
  const stage = await forgotten();
  await stage.clock.sleep(22 * hour);
  expect(await run(stage)).toMatchObject({ result: { idle: { propensity: [] }, resumed: [] } });
  expect(stage.logged).toEqual([]);
  await stage.clock.sleep(3 * hour);
  expect(await run(stage)).toMatchObject({ result: { idle: { propensity: ["22"] } } });
  expect(await stage.versions()).toEqual({ 1: 100 });
  const reason = "deployed model 22 has answered nothing for 24 hours and has no traffic";
  expect(stage.journal.find(({ action }) => action === "idle")).toMatchObject({ version: "2", reason });
  expect(stage.logged).toMatchObject([
    {
      severity: "WARNING",
      jsonPayload: {
        event: "idle-model",
        team: "churn",
        model: "propensity",
        version: "2",
        deployedModelId: "22",
        reason,
      },
    },
  ]);
});

test("where the policy only reports, nothing is retired", async () => {
  const stage = await forgotten({ idle: { hours: 24, action: "report" } });
  await stage.clock.jump(26 * hour);
  expect(await run(stage)).toMatchObject({ result: { idle: { propensity: ["22"] } } });
  expect(await stage.versions()).toEqual({ 1: 100, 2: 0 });
});

test("where the policy has no guard, nothing is looked at", async () => {
  const stage = await forgotten({});
  await stage.clock.jump(26 * hour);
  expect(await run(stage)).toMatchObject({ result: { idle: { propensity: [] } } });
});

test("a version with a share of the traffic that nobody asks is reported and stays: it may be asked at any time", async () => {
  const stage = await forgotten();
  stage.apis.traffic.stop(endpoint);
  await stage.clock.jump(26 * hour);
  const { result } = (await run(stage)) as unknown as { result: { idle: { propensity: string[] } } };
  expect(result.idle.propensity).toHaveLength(2);
  expect(await stage.versions()).toEqual({ 1: 100 });
  expect(stage.journal.map(({ reason }) => reason)).toContainEqual(
    expect.stringMatching(
      /^deployed model \d{10} has answered nothing for 24 hours, although it has 100 % of the traffic$/,
    ),
  );
});

test("a version that lost its traffic an hour ago is not idle", async () => {
  const stage = await forgotten();
  const [serving] = Object.keys(await stage.split());
  await stage.setSplit({ [serving!]: 50, 22: 50 });
  await stage.clock.sleep(25 * hour);
  await stage.setSplit({ [serving!]: 100 });
  await stage.clock.sleep(hour);
  expect(await run(stage)).toMatchObject({ result: { idle: { propensity: [] } } });
});

test("without metrics nothing counts as idle", async () => {
  const stage = await forgotten();
  await stage.clock.jump(26 * hour);
  stage.apis.faults.add({
    path: "monitoring*",
    times: Infinity,
    fault: { kind: "refuse", status: "PERMISSION_DENIED" },
  });
  expect(await run(stage)).toMatchObject({
    state: "FAILED",
    error: { value: expect.stringMatching(/^not all models could be looked at; \["propensity, /) },
  });
  expect(await stage.versions()).toEqual({ 1: 100, 2: 0 });
});

test("a rollout whose execution is gone goes on where it was", async () => {
  const stage = await forgotten();
  stage.apis.traffic.set(endpoint, { rps: 20 });
  const rollout = stage.start("rollout", { model: "propensity", version: "2", actor: "anna", override: true });
  await stage.clock.sleep(40 * 60_000);
  expect(await stage.run("idle", argument)).toMatchObject({ result: { resumed: [] } });
  rollout.kill();
  await rollout.done;
  const { id } = (await stage.state()) as { id: string };
  expect(await stage.run("idle", argument)).toMatchObject({ result: { resumed: [id] } });
  expect(stage.journal.filter(({ action }) => action === "resume").at(-1)).toMatchObject({
    version: "2",
    reason: expect.stringMatching(/^the execution churn-rollout\/executions\/e\d+ is gone, the phase is '/),
  });
  await settle(stage);
  expect(await stage.state()).toMatchObject({ id, phase: "done", actor: "idle" });
  expect(await stage.versions()).toMatchObject({ 2: 100 });
});

test("a rollout that is held stays held: a person put it there", async () => {
  const stage = await forgotten();
  stage.apis.traffic.set(endpoint, { rps: 20 });
  const rollout = stage.start("rollout", { model: "propensity", version: "2", actor: "anna", override: true });
  for (let tries = 0; tries < 100 && ((await stage.state()) as { phase: string }).phase !== "watch"; tries++) {
    await stage.clock.sleep(60_000);
  }
  const { champion, challenger } = (await stage.state()) as Record<string, string>;
  await stage.setSplit({ [champion!]: 60, [challenger!]: 40 });
  expect(await rollout.done).toMatchObject({ result: { outcome: "held" } });
  await stage.clock.jump(26 * hour);
  expect(await run(stage)).toMatchObject({ result: { resumed: [] } });
});

test("a model whose policy cannot be read does not keep the others from being looked at", async () => {
  const stage = await forgotten();
  const url =
    "https://storage.googleapis.com/upload/storage/v1/b/acme-churn-rollouts/o?uploadType=media&name=broken.json";
  const body = { endpoint: "projects/acme/locations/europe-west4/endpoints/1", idle: { hours: 1, action: "report" } };
  await stage.apis.handle({ method: "POST", url, body, headers: { "content-type": "application/json" } });
  await stage.clock.jump(26 * hour);
  expect(await run(stage)).toMatchObject({ state: "FAILED", error: { value: expect.stringContaining("broken, ") } });
  expect(await stage.versions()).toEqual({ 1: 100 });
});

test("whatever call breaks or is the last, the next run ends it", async () => {
  const runs = await strikeEveryCall(
    async () => {
      const stage = await forgotten();
      stage.apis.traffic.stop(endpoint);
      await stage.clock.jump(26 * hour);
      return stage;
    },
    "idle",
    argument,
    async (stage, where) => {
      expect([where, await stage.versions()]).toEqual([where, { 1: 100 }]);
    },
    (stage) => {
      expect(Object.values(stage.peek().split)).toEqual([100]);
      return Promise.resolve();
    },
  );
  expect(runs).toBeGreaterThan(30);
});
