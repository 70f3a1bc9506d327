import { registryStage, settle, strikeEveryCall, upload } from "./support/registry";
import { endpoint, location, type Stage } from "./support/stage";

const api = "https://europe-west4-aiplatform.googleapis.com/v1";
const argument = { model: "propensity", actor: "anna" };

/** Deploys a version without traffic, past every workflow. */
async function deploy(stage: Stage, version: string, id: string): Promise<void> {
  await stage.call("POST", `${api}/${endpoint}:deployModel`, {
    deployedModel: {
      id,
      model: `${location}/models/churn-propensity@${version}`,
      dedicatedResources: { machineSpec: { machineType: "n1-standard-4" }, minReplicaCount: 1 },
    },
  });
  await stage.clock.jump(20 * 60_000);
}

/** Version 1 serves; versions 2 and 3 are deployed beside it, left behind by somebody. */
async function cluttered(policy: Record<string, unknown> = {}): Promise<Stage> {
  const stage = registryStage({ gates: undefined, ...policy });
  await upload(stage);
  await stage.run("rollout", { ...argument, version: "1", override: true });
  await upload(stage);
  await upload(stage);
  await deploy(stage, "2", "22");
  await deploy(stage, "3", "33");
  return stage;
}

test("what has no traffic and is not needed is taken down, and what serves stays", async () => {
  const stage = await cluttered();
  const outcome = await stage.run("retire", argument);
  expect(outcome).toMatchObject({
    result: {
      retired: ["22", "33"],
      kept: [expect.stringMatching(/^\d{10} has 100 % of the traffic$/)],
      drained: false,
    },
  });
  expect(await stage.versions()).toEqual({ 1: 100 });
  const rows = stage.journal.filter(({ workflow }) => workflow === "churn-retire");
  expect(rows.map(({ action, version, reason }) => [action, version, reason])).toEqual([
    ["retire", "2", "deployed model 22 has no traffic and nothing needs it"],
    ["retire", "3", "deployed model 33 has no traffic and nothing needs it"],
  ]);
});

test("only the deployed model that is named is taken down, and one with traffic is not", async () => {
  const stage = await cluttered();
  expect(await stage.run("retire", { ...argument, deployedModelId: "33" })).toMatchObject({
    result: { retired: ["33"] },
  });
  expect(await stage.versions()).toEqual({ 1: 100, 2: 0 });
  const [serving] = Object.keys(await stage.split());
  expect(await stage.run("retire", { ...argument, deployedModelId: serving! })).toMatchObject({
    result: { retired: [], kept: [`${serving} has 100 % of the traffic`] },
  });
  expect(await stage.run("retire", { ...argument, deployedModelId: "44" })).toMatchObject({
    result: { retired: [], kept: [] },
  });
});

test("neither version of a rollout is taken down while it is under way or bakes", async () => {
  const stage = await cluttered();
  stage.apis.traffic.set(endpoint, { rps: 20 });
  const rollout = stage.start("rollout", { ...argument, version: "2", override: true });
  const phases = new Set<string>();
  await stage.clock.sleep(60_000);
  for (let minutes = 0; minutes < 300; minutes += 5) {
    const { phase, id, champion, challenger } = (await stage.state()) as Record<string, string>;
    if (phase === "done") {
      break;
    }
    phases.add(phase!);
    const { result } = (await stage.run("retire", argument)) as unknown as { result: { retired: string[] } };
    expect([id, phase, result.retired.filter((each) => each === champion || each === challenger)]).toEqual([
      id,
      phase,
      [],
    ]);
    await stage.clock.sleep(5 * 60_000);
  }
  expect([...phases]).toEqual(expect.arrayContaining(["deploy", "watch", "bake"]));
  expect(await rollout.done).toMatchObject({ result: { outcome: "done", reason: "" } });
  expect(await stage.versions()).toEqual({ 2: 100 });
});

test("where nothing is deployed any more, predictions over a stream are drained", async () => {
  const stage = await cluttered({ stream: "propensity/stream.json" });
  const drained: unknown[] = [];
  stage.replaced.set("stream", (asked) => {
    drained.push(asked);
    return {};
  });
  await stage.run("retire", argument);
  expect(drained).toEqual([]);
  await stage.setSplit({});
  expect(await stage.run("retire", argument)).toMatchObject({ result: { drained: true } });
  expect(await stage.versions()).toEqual({});
  expect(drained).toEqual([{ model: "propensity", action: "drain", actor: "anna" }]);
});

test("the job that predicts over the stream has ended then, and the journal says so", async () => {
  const stage = await cluttered({ stream: "propensity/stream.json" });
  const jobs = `https://dataflow.googleapis.com/v1b3/${location}`;
  // The launcher wants a file, and does not run it here.
  const parameters = {
    yaml_pipeline_file: "gs://acme-churn-rollouts/propensity.json",
    jinja_variables: JSON.stringify({ endpoint: "123456789" }),
  };
  const launch = { jobName: "churn-propensity-stream", parameters, containerSpecGcsPath: "gs://templates/Yaml" };
  await stage.apis.handle({
    method: "POST",
    url: "https://storage.googleapis.com/upload/storage/v1/b/acme-churn-rollouts/o?uploadType=media&name=propensity%2Fstream.json",
    headers: { "content-type": "application/json" },
    body: { launch },
  });
  await stage.call("POST", `${jobs}/flexTemplates:launch`, { launchParameter: launch });
  await stage.clock.jump(20 * 60_000);
  const states = async () =>
    ((await stage.call("GET", `${jobs}/jobs`)) as { jobs: { currentState: string }[] }).jobs.map(
      ({ currentState }) => currentState,
    );
  await stage.run("retire", argument);
  await settle(stage);
  expect(await states()).toEqual(["JOB_STATE_RUNNING"]);

  await stage.setSplit({});
  await stage.run("retire", argument);
  await settle(stage);
  expect(await states()).toEqual(["JOB_STATE_DRAINED"]);
  expect(stage.journal.filter(({ workflow }) => workflow === "churn-stream").map(({ action }) => action)).toEqual(
    expect.arrayContaining(["drain", "drained"]),
  );
});

test("a model without a stream has nothing to drain", async () => {
  const stage = await cluttered();
  await stage.setSplit({});
  expect(await stage.run("retire", argument)).toMatchObject({ result: { drained: false } });
});

test("what cannot be taken down is kept, and the others are taken down", async () => {
  const stage = await cluttered();
  stage.intercept = async (call) => {
    if (call.request.url.endsWith(":undeployModel") && String(call.request.body).includes("22")) {
      await stage.setSplit({ 22: 100 });
    }
    return call.proceed();
  };
  expect(await stage.run("retire", argument)).toMatchObject({
    result: { retired: ["33"], kept: expect.arrayContaining(["22 22 has traffic and is not undeployed"]) },
  });
  expect(await stage.versions()).toEqual({ 1: 0, 2: 100 });
});

test("whatever call breaks or is the last, the next run ends it, and what serves goes on serving", async () => {
  const runs = await strikeEveryCall(
    () => cluttered(),
    "retire",
    argument,
    async (stage, where) => {
      await settle(stage);
      expect([where, await stage.versions()]).toEqual([where, { 1: 100 }]);
    },
    (stage) => {
      expect(Object.values(stage.peek().split)).toEqual([100]);
      return Promise.resolve();
    },
  );
  expect(runs).toBeGreaterThan(30);
});
