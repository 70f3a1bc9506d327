import { endpoint, type Stage } from "./support/stage";
import { aliases, registryStage, strikeEveryCall, upload } from "./support/registry";

const retention = { versions: 2, days: 30 };
const argument = { model: "propensity", actor: "schedule" };
const day = 24 * 60 * 60_000;

/** Seven versions, one a week, the first the champion by alias. */
async function history(policy: Record<string, unknown> = { retention }): Promise<Stage> {
  const stage = registryStage({ gates: undefined, ...policy });
  for (let week = 0; week < 7; week++) {
    await upload(stage);
    await stage.clock.jump(7 * day);
  }
  await stage.run("promote", { ...argument, version: "1", alias: "champion", override: true });
  return stage;
}

const kept = async (stage: Stage) => Object.keys(await aliases(stage));

test("versions that are old and beyond the newest are removed, but not the champion", async () => {
  const stage = await history();
  expect(await stage.run("prune", argument)).toMatchObject({ result: { removed: { propensity: ["3", "2"] } } });
  expect(await kept(stage)).toEqual(["1", "4", "5", "6", "7"]);
  const rows = stage.journal.filter(({ workflow }) => workflow === "churn-prune");
  expect(rows.map(({ action, version, reason }) => [action, version, reason])).toEqual([
    ["remove", "3", "35 days old and beyond the newest 2"],
    ["remove", "2", "42 days old and beyond the newest 2"],
  ]);
});

test("old versions among the newest stay, and so do young ones beyond them", async () => {
  const stage = await history({ retention: { versions: 6, days: 1 } });
  await stage.run("prune", argument);
  expect(await kept(stage)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
  const young = await history({ retention: { versions: 1, days: 365 } });
  await young.run("prune", argument);
  expect(await kept(young)).toHaveLength(7);
});

test("without a retention nothing is removed", async () => {
  const stage = await history({});
  expect(await stage.run("prune", argument)).toMatchObject({ result: { removed: { propensity: [] } } });
});

test("without a model, all models of the team are pruned", async () => {
  const stage = await history();
  expect(await stage.run("prune", { actor: "schedule" })).toMatchObject({
    result: { removed: { propensity: ["3", "2"] } },
  });
});

test.each(["challenger", "previous", "keep-for-the-audit"])(
  "a version with the alias %s is not removed",
  async (alias) => {
    const stage = await history();
    const url = `https://europe-west4-aiplatform.googleapis.com/v1/projects/acme/locations/europe-west4/models/churn-propensity@2`;
    await stage.call("POST", `${url}:mergeVersionAliases`, { versionAliases: [alias] });
    expect(await stage.run("prune", argument)).toMatchObject({ result: { removed: { propensity: ["3"] } } });
  },
);

test("a version that is deployed is not removed, whoever deployed it", async () => {
  const stage = await history();
  const model = "projects/acme/locations/europe-west4/models/churn-propensity@3";
  await stage.call("POST", `https://europe-west4-aiplatform.googleapis.com/v1/${endpoint}:deployModel`, {
    deployedModel: { model, dedicatedResources: { machineSpec: { machineType: "n1-standard-4" }, minReplicaCount: 1 } },
  });
  await stage.clock.jump(20 * 60_000);
  expect(await stage.run("prune", argument)).toMatchObject({ result: { removed: { propensity: ["2"] } } });
});

test.each(["under way", "held"])("what a rollout needs that is %s is not removed", async (how) => {
  const stage = await history();
  const start = { ...argument, version: "2", override: true };
  expect(await stage.run("rollout", start)).toMatchObject({ result: { outcome: "done" } });
  const second = stage.start("rollout", { ...start, version: "3" });
  await stage.clock.sleep(60_000);
  second.kill();
  if (how === "held") {
    const state = (await stage.state()) as Record<string, unknown>;
    const url = "https://storage.googleapis.com/upload/storage/v1/b/acme-churn-rollouts/o";
    await stage.call("POST", `${url}?uploadType=media&name=propensity%2Fstate.json`, { ...state, phase: "held" });
  }
  expect(await stage.state()).toMatchObject({ version: "3", championVersion: "2" });
  await stage.clock.jump(30 * 60_000);
  // Version 1 is the previous one by now.
  await stage.run("prune", argument);
  expect(await kept(stage)).toEqual(expect.arrayContaining(["1", "2", "3"]));
});

test("a version that the registry does not give up is kept, and the journal says why", async () => {
  const stage = await history();
  stage.apis.faults.add({ path: "*@3:deleteVersion", fault: { kind: "fail-operation", status: "INTERNAL" } });
  expect(await stage.run("prune", argument)).toMatchObject({ result: { removed: { propensity: ["2"] } } });
  expect(stage.journal.filter(({ action }) => action === "keep")).toMatchObject([
    { version: "3", verdict: "fail", reason: expect.stringMatching(/^the registry keeps the version: /) },
  ]);
});

test("whatever call breaks or is the last, the next run removes the same versions and no other", async () => {
  const runs = await strikeEveryCall(
    () => history(),
    "prune",
    argument,
    async (stage, where) => {
      expect([where, await kept(stage)]).toEqual([where, ["1", "4", "5", "6", "7"]]);
    },
    async (stage) => {
      expect((await aliases(stage))[1]).toEqual(["champion", "default"]);
    },
  );
  expect(runs).toBeGreaterThan(30);
});
