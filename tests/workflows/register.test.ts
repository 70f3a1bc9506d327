import type { Json } from "../../tools/sandbox/workflows/values";
import { aliases, good, registryStage, settle, strikeEveryCall } from "./support/registry";
import { model, type Stage } from "./support/stage";

const argument = good as unknown as Record<string, Json>;
const api = `https://europe-west4-aiplatform.googleapis.com/v1/${model}`;

const read = (stage: Stage, path: string) => stage.call("GET", `${api}${path}`) as Promise<Record<string, unknown>>;

async function evaluations(stage: Stage, version: string): Promise<{ name: string; metadata: object }[]> {
  const { modelEvaluations = [] } = await read(stage, `@${version}/evaluations`);
  return modelEvaluations as { name: string; metadata: object }[];
}

async function slices(stage: Stage, evaluation: string): Promise<object[]> {
  const url = `https://europe-west4-aiplatform.googleapis.com/v1/${evaluation}/slices`;
  const { modelEvaluationSlices = [] } = (await stage.call("GET", url)) as { modelEvaluationSlices?: object[] };
  return modelEvaluationSlices;
}

test("the first version makes the model, has its evaluation, and becomes the challenger", async () => {
  const stage = registryStage();
  expect(await stage.run("register", argument)).toMatchObject({
    state: "SUCCEEDED",
    result: { version: "1", outcome: "challenger" },
  });
  expect(await aliases(stage)).toEqual({ 1: ["challenger", "default"] });
  expect(await read(stage, "@1")).toMatchObject({
    displayName: "churn-propensity",
    artifactUri: good.artifactUri,
    containerSpec: { imageUri: good.image },
    labels: { team: "churn", "data-validation": "passed" },
    versionDescription: good.versionDescription,
    explanationSpec: good.explanationSpec,
    encryptionSpec: { kmsKeyName: "projects/acme/locations/europe-west4/keyRings/ml-platform/cryptoKeys/vertex-ai" },
  });
  const [evaluation] = await evaluations(stage, "1");
  expect(evaluation).toMatchObject({
    metrics: good.evaluation.metrics,
    metadata: { dataValidation: { passed: true } },
  });
  expect(await slices(stage, evaluation!.name)).toMatchObject([
    { metrics: { auRoc: 0.83 }, slice: { sliceSpec: { configs: { country: { value: { stringValue: "NL" } } } } } },
    { metrics: { auRoc: 0.8 }, slice: { sliceSpec: { configs: { country: { value: { stringValue: "DE" } } } } } },
  ]);
  expect(stage.journal.find(({ action }) => action === "register")).toMatchObject({
    version: "1",
    workflow: "churn-register",
    evidence: JSON.stringify({ artifactUri: good.artifactUri, image: good.image }),
  });
});

test("the next version belongs to the same model, and default stays where it is", async () => {
  const stage = registryStage();
  await stage.run("register", argument);
  const next = { ...argument, artifactUri: "gs://acme-churn-models/propensity/b", labels: { commit: "4f2a" } };
  expect(await stage.run("register", next)).toMatchObject({ result: { version: "2", outcome: "challenger" } });
  expect(await aliases(stage)).toEqual({ 1: ["default"], 2: ["challenger"] });
  expect(await read(stage, "@2")).toMatchObject({ labels: { commit: "4f2a", team: "churn" } });
});

test("what the champion reaches on the same data is kept with the champion's version", async () => {
  const stage = registryStage();
  await stage.run("register", argument);
  await stage.run("promote", { model: "propensity", version: "1", alias: "champion", actor: "anna", override: true });
  const evaluation = { ...good.evaluation, baselineMetrics: { auRoc: 0.81, logLoss: 0.3 } };
  const next = { ...argument, artifactUri: "gs://acme-churn-models/propensity/b", evaluation };
  expect(await stage.run("register", next)).toMatchObject({ result: { outcome: "challenger" } });
  const [found] = await evaluations(stage, "2");
  expect(found!.metadata).toMatchObject({ baseline: { version: "1", metrics: { auRoc: 0.81, logLoss: 0.3 } } });
});

test("a call that is repeated finds the version that the one before made", async () => {
  const stage = registryStage();
  await stage.run("register", argument);
  expect(await stage.run("register", argument)).toMatchObject({ result: { version: "1" } });
  expect(Object.keys(await aliases(stage))).toEqual(["1"]);
  expect(await evaluations(stage, "1")).toHaveLength(1);
  const measured = { ...argument, evaluation: { ...good.evaluation, metrics: { auRoc: 0.9, logLoss: 0.3 } } };
  expect(await stage.run("register", measured)).toMatchObject({ result: { version: "1" } });
  expect(await evaluations(stage, "1")).toHaveLength(2);
});

test("two calls at the same time make one version", async () => {
  const stage = registryStage();
  stage.start("register", argument);
  await stage.clock.sleep(30_000);
  stage.start("register", argument);
  await settle(stage);
  expect(await aliases(stage)).toEqual({ 1: ["challenger", "default"] });
});

test("a version that does not pass the gates is registered, and the answer says what is wrong with it", async () => {
  const stage = registryStage();
  expect(await stage.run("register", { ...argument, dataValidation: { passed: false } })).toMatchObject({
    state: "SUCCEEDED",
    result: {
      version: "1",
      outcome: "refused",
      reason: "version 1 may not become the challenger: the validation of the version's data failed",
    },
  });
  expect(await aliases(stage)).toEqual({ 1: ["default"] });
});

test("where an owner is asked, the answer says that the version waits", async () => {
  const stage = registryStage({ gates: { approval: { minutes: 60 } } });
  expect(await stage.run("register", argument)).toMatchObject({ result: { version: "1", outcome: "waits" } });
});

test.each<[Record<string, Json>, string]>([
  [
    { artifactUri: "/models/1" },
    "'artifactUri' must be a folder in Cloud Storage, gs://bucket/folder, got '/models/1'",
  ],
  [
    { dataValidation: { report: "gs://x/y" } },
    "'dataValidation' must say whether it passed: { passed: true } or { passed: false }",
  ],
  [{ evaluation: { slices: [] } }, "'evaluation' must have metrics, a number by name"],
])("an argument such as %j is refused before anything is done", async (changes, message) => {
  const stage = registryStage();
  expect(await stage.run("register", { ...argument, ...changes })).toMatchObject({ error: { value: message } });
  expect(await aliases(stage)).toEqual({});
});

test("an upload that fails is told, and can be tried again", async () => {
  const stage = registryStage();
  stage.apis.faults.add({ path: "*models:upload", fault: { kind: "fail-operation", status: "INTERNAL" } });
  expect(await stage.run("register", argument)).toMatchObject({
    state: "FAILED",
    error: { value: expect.objectContaining({ reason: "OPERATION_FAILED" }) },
  });
  expect(await stage.run("register", argument)).toMatchObject({ result: { version: "1", outcome: "challenger" } });
});

test("whatever call breaks or is the last, the next run ends it: one version, one evaluation, its slices once", async () => {
  const runs = await strikeEveryCall(
    () => Promise.resolve(registryStage()),
    "register",
    argument,
    async (stage, where) => {
      const made = await evaluations(stage, "1");
      const found = await slices(stage, made[0]!.name);
      expect([where, await aliases(stage), made.length, found.length]).toEqual([
        where,
        { 1: ["challenger", "default"] },
        1,
        2,
      ]);
    },
  );
  expect(runs).toBeGreaterThan(60);
});
