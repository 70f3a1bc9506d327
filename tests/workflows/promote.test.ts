import type { Json } from "../../tools/sandbox/workflows/values";
import { aliases, gates, good, registryStage, settle, strikeEveryCall, upload } from "./support/registry";
import { endpoint, type Stage } from "./support/stage";

const promote = { model: "propensity", version: "2", alias: "challenger", actor: "anna" };

type Registration = Record<string, unknown>;

/** Version 1 is the champion with an evaluation of its own, version 2 is registered as `changes` say, without being promoted. */
async function registered(changes: Registration = {}, policy: Record<string, unknown> = {}): Promise<Stage> {
  const stage = registryStage(policy);
  stage.replaced.set("promote", () => ({}));
  await stage.run("register", good as unknown as Record<string, Json>);
  await stage.run("promote", { ...promote, version: "1", alias: "champion", override: true });
  const second = { ...good, artifactUri: "gs://acme-churn-models/propensity/2026-01-12", ...changes };
  await stage.run("register", JSON.parse(JSON.stringify(second)) as Record<string, Json>);
  stage.replaced.clear();
  await settle(stage);
  return stage;
}

const evaluated = (metrics: object, slices: object[] = good.evaluation.slices) => ({ evaluation: { metrics, slices } });
const inCountry = (value: string, metrics: object) => ({ dimension: "country", value, metrics });

const lastGates = (stage: Stage) =>
  stage.journal.slice(-20).filter(({ action, version }) => action.startsWith("gate: ") && version === "2");

test("a version that passes all gates becomes the challenger, and every gate is in the journal with its numbers", async () => {
  const stage = await registered();
  expect(await stage.run("promote", promote)).toMatchObject({ result: { outcome: "promoted", alias: "challenger" } });
  expect(await aliases(stage)).toEqual({ 1: ["champion", "default"], 2: ["challenger"] });
  expect(lastGates(stage).map(({ action, verdict, reason }) => [action, verdict, reason])).toEqual([
    ["gate: image", "pass", "the image is named by its digest"],
    ["gate: history", "pass", "version 2 was not rolled back"],
    ["gate: metric auRoc", "pass", "auRoc is 0.82, the champion's 0.82 with a tolerance of 0.005"],
    ["gate: metric logLoss", "pass", "logLoss is 0.31, the champion's 0.31 with a tolerance of 0.02"],
    [
      "gate: slices country",
      "pass",
      "auRoc differs between DE (0.8) and NL (0.83) of country, at most 0.05 is allowed",
    ],
    ["gate: data validation", "pass", "the version's data passed its validation"],
    ["gate: explanation", "pass", "the version has an explanation specification"],
  ]);
  expect(JSON.parse(lastGates(stage)[2]!.evidence)).toMatchObject({
    metric: "auRoc",
    value: 0.82,
    champion: 0.82,
    championVersion: "1",
    rule: gates.metrics.auRoc,
  });
  expect(stage.journal.slice(-2).map(({ action, reason }) => [action, reason])).toEqual([
    ["allow", "version 2 may become the challenger"],
    ["promote", "version 2 is the challenger"],
  ]);
});

test.each<[string, Registration, Record<string, unknown>, string]>([
  [
    "an image by tag",
    { image: "europe-west4-docker.pkg.dev/acme/images/churn:latest" },
    {},
    "the image must be named by its digest, name@sha256:..., got 'europe-west4-docker.pkg.dev/acme/images/churn:latest'",
  ],
  [
    "a metric below its limit",
    evaluated({ auRoc: 0.74, logLoss: 0.31 }),
    {},
    "auRoc is 0.74, less than the limit 0.75",
  ],
  [
    "a metric that is worse than the champion's",
    evaluated({ auRoc: 0.81, logLoss: 0.31 }),
    {},
    "auRoc is 0.81, less than the champion's 0.82 with a tolerance of 0.005",
  ],
  [
    "a metric of which less is better",
    evaluated({ auRoc: 0.82, logLoss: 0.34 }),
    {},
    "logLoss is 0.34, more than the champion's 0.31 with a tolerance of 0.02",
  ],
  ["a metric that is missing", evaluated({ auRoc: 0.82 }), {}, "the evaluation has no number 'logLoss'"],
  [
    "a metric that is no number",
    evaluated({ auRoc: "good", logLoss: 0.31 }),
    {},
    "the evaluation has no number 'auRoc'",
  ],
  [
    "no evaluation at all",
    { evaluation: undefined },
    { gates: { metrics: { auRoc: gates.metrics.auRoc } } },
    "there is no evaluation that could say what auRoc is",
  ],
  [
    "a champion that was never measured so",
    evaluated({ auRoc: 0.82, brier: 0.1 }),
    { gates: { metrics: { brier: { better: "lower", tolerance: 0.01 } } } },
    "the champion, version 1, has no number 'brier' to compare with",
  ],
  [
    "slices that differ too much",
    evaluated({ auRoc: 0.82, logLoss: 0.31 }, [
      inCountry("NL", { auRoc: 0.83 }),
      inCountry("BE", { auRoc: 0.8 }),
      inCountry("DE", { auRoc: 0.76 }),
    ]),
    {},
    "auRoc differs between DE (0.76) and NL (0.83) of country, at most 0.05 is allowed",
  ],
  [
    "a slice without the metric",
    evaluated({ auRoc: 0.82, logLoss: 0.31 }, [inCountry("NL", { auRoc: 0.83 }), inCountry("DE", {})]),
    {},
    "the slice 'DE' of country has no number 'auRoc'",
  ],
  [
    "one slice, with which nothing can be compared",
    evaluated({ auRoc: 0.82, logLoss: 0.31 }, [
      inCountry("NL", { auRoc: 0.83 }),
      { dimension: "plan", value: "basic", metrics: { auRoc: 0.1 } },
    ]),
    {},
    "the evaluation has 1 slices of country, a comparison needs two",
  ],
  [
    "data that failed its validation",
    { dataValidation: { passed: false } },
    {},
    "the validation of the version's data failed",
  ],
  [
    "data that was not validated",
    { dataValidation: undefined },
    {},
    "the version says nothing about a validation of its data",
  ],
  [
    "no explanation specification",
    { explanationSpec: undefined },
    {},
    "the version has no explanation specification; register it with 'explanationSpec'",
  ],
  [
    "more than one thing",
    { explanationSpec: undefined, dataValidation: undefined },
    {},
    "the version says nothing about a validation of its data; the version has no explanation specification; register it with 'explanationSpec'",
  ],
])("refused for %s", async (_, changes, policy, reason) => {
  const stage = await registered(changes, policy);
  const refusal = `version 2 may not become the challenger: ${reason}`;
  expect(await stage.run("promote", promote)).toMatchObject({ state: "FAILED", error: { value: refusal } });
  expect(await aliases(stage)).toEqual({ 1: ["champion", "default"], 2: [] });
  expect(stage.journal.at(-1)).toMatchObject({ action: "refuse", verdict: "fail", reason: refusal, version: "2" });
});

test("without gates only the image is asked about", async () => {
  const stage = await registered({ evaluation: undefined, explanationSpec: undefined }, { gates: undefined });
  expect(await stage.run("promote", promote)).toMatchObject({ result: { outcome: "promoted" } });
});

test("the first version has no champion to be compared with, but limits hold for it", async () => {
  const stage = registryStage();
  stage.replaced.set("promote", () => ({}));
  await stage.run("register", good as unknown as Record<string, Json>);
  stage.replaced.clear();
  expect(await stage.run("promote", { ...promote, version: "1" })).toMatchObject({ state: "SUCCEEDED" });
  expect(stage.journal.map(({ reason }) => reason)).toContain(
    "auRoc is 0.82, and there is no champion to compare with",
  );
  expect(await aliases(stage)).toEqual({ 1: ["challenger", "default"] });
});

test("the champion on the same data counts more than its own evaluation, while it is the champion", async () => {
  const stage = await registered({
    evaluation: {
      ...evaluated({ auRoc: 0.79, logLoss: 0.31 }).evaluation,
      baselineMetrics: { auRoc: 0.79, logLoss: 0.3 },
    },
  });
  expect(await stage.run("promote", promote)).toMatchObject({ state: "SUCCEEDED" });
  await upload(stage);
  await stage.run("promote", { ...promote, version: "3", alias: "champion", override: true });
  expect(await stage.run("promote", promote)).toMatchObject({
    state: "FAILED",
    error: { value: expect.stringContaining("the champion, version 3, has no number 'auRoc' to compare with") },
  });
});

test("an override moves the alias whatever the gates say, and is written down as one", async () => {
  const stage = await registered({ dataValidation: { passed: false } });
  expect(await stage.run("promote", { ...promote, override: true })).toMatchObject({ state: "SUCCEEDED" });
  expect(await aliases(stage)).toMatchObject({ 2: ["challenger"] });
  expect(stage.journal.map(({ action, reason }) => [action, reason])).toContainEqual([
    "override",
    "anna makes version 2 the challenger although the validation of the version's data failed",
  ]);
});

test("no override moves an alias to an image that can change", async () => {
  const stage = await registered({ image: "europe-west4-docker.pkg.dev/acme/images/churn:v2" });
  expect(await stage.run("promote", { ...promote, override: true })).toMatchObject({ state: "FAILED" });
  expect(await aliases(stage)).toEqual({ 1: ["champion", "default"], 2: [] });
});

test("a version that is the champion, and one that does not exist, are refused", async () => {
  const stage = await registered();
  expect(await stage.run("promote", { ...promote, version: "1" })).toMatchObject({
    error: { value: "version 1 may not become the challenger: version 1 is the champion already" },
  });
  expect(await stage.run("promote", { ...promote, version: "9" })).toMatchObject({
    error: { value: expect.stringMatching(/^the registry has no version '9' of /) },
  });
  expect(await stage.run("promote", { ...promote, alias: "default" })).toMatchObject({
    error: { value: "'alias' must be challenger or champion, got 'default'" },
  });
});

/** Waits until an execution asks, and answers. */
async function answer(stage: Stage, decision: string): Promise<void> {
  const asked = () => stage.journal.find(({ action }) => action === "ask");
  for (let tries = 0; tries < 1000 && !asked(); tries++) {
    await stage.clock.sleep(1_000);
  }
  const { callback } = JSON.parse(asked()!.evidence) as { callback: string };
  const [execution] = [...stage.executions.values()].slice(-1);
  const body = JSON.stringify({ decision, actor: "bert" });
  execution!.sendCallback(callback, { method: "POST", headers: { "content-type": "application/json" }, body });
}

const asks = { gates: { ...gates, approval: { minutes: 60 } } };

test.each<[string, string, string | undefined]>([
  ["approve", "promoted", undefined],
  ["refuse", "", "version 2 may not become the challenger: refused by bert"],
])("an owner who is asked may %s", async (decision, outcome, refusal) => {
  const stage = await registered({}, asks);
  const execution = stage.start("promote", promote);
  await stage.clock.sleep(60_000);
  expect((await aliases(stage))[2]).toEqual([]);
  await answer(stage, decision);
  expect(await execution.done).toMatchObject(refusal ? { error: { value: refusal } } : { result: { outcome } });
});

test("an approval that nobody gives expires, and an answer that means nothing is none", async () => {
  const stage = await registered({}, asks);
  const execution = stage.start("promote", promote);
  await answer(stage, "maybe");
  expect(await execution.done).toMatchObject({
    error: { value: "version 2 may not become the challenger: nobody approved within 60 minutes" },
  });
  expect(stage.logged).toContainEqual(
    expect.objectContaining({ textPayload: "a decision must be 'approve' or 'refuse', got 'maybe'" }),
  );
});

test("nobody is asked about a version that the gates refuse", async () => {
  const stage = await registered({ dataValidation: { passed: false } }, asks);
  expect(await stage.run("promote", promote)).toMatchObject({ state: "FAILED" });
  expect(stage.journal.map(({ action }) => action)).not.toContain("ask");
});

test("the champion is who a rollout brought to all traffic; the one before becomes the previous, and default goes along", async () => {
  const stage = registryStage();
  await stage.run("register", good as unknown as Record<string, Json>);
  await stage.run("rollout", { model: "propensity", version: "challenger", actor: "anna" });
  expect(await aliases(stage)).toEqual({ 1: ["champion", "default"] });
  await stage.run("register", { ...good, artifactUri: "gs://acme-churn-models/propensity/b" } as unknown as Record<
    string,
    Json
  >);
  stage.apis.traffic.set(endpoint, { rps: 20 });
  const outcome = await stage.run("rollout", { model: "propensity", version: "challenger", actor: "anna" });
  expect(outcome).toMatchObject({ result: { outcome: "done", version: "2", reason: "" } });
  expect(await aliases(stage)).toEqual({ 1: ["previous"], 2: ["champion", "default"] });
});

test("a version that no rollout brought to all traffic does not become the champion", async () => {
  const stage = await registered();
  const champion = { ...promote, alias: "champion" };
  expect(await stage.run("promote", champion)).toMatchObject({
    error: {
      value: "version 2 may not become the champion: no rollout was named that brought the version to all traffic",
    },
  });
  expect(await stage.run("promote", { ...champion, rollout: "propensity-1" })).toMatchObject({
    error: {
      value:
        "version 2 may not become the champion: the latest rollout is 'none' of version none, not 'propensity-1' of version 2",
    },
  });
  await stage.run("promote", promote);
  const rollout = stage.start("rollout", { model: "propensity", version: "2", actor: "anna" });
  await stage.clock.sleep(120_000);
  const { id } = (await stage.state()) as { id: string };
  expect(await stage.run("promote", { ...champion, rollout: id })).toMatchObject({
    error: {
      value: `version 2 may not become the champion: the rollout '${id}' has not brought the version to all traffic, its phase is 'deploy'`,
    },
  });
  rollout.kill();
  expect((await aliases(stage))[1]).toEqual(["champion", "default"]);
});

test("a version that was rolled back is not the challenger again without an override", async () => {
  const stage = registryStage();
  await stage.serveFirst();
  await upload(stage, { explanationSpec: good.explanationSpec, labels: { "data-validation": "passed" } });
  await stage.run("promote", { ...promote, version: "3", override: true });
  stage.apis.traffic.set(endpoint, { rps: 20, errors: { "3": 0.5 } });
  await stage.run("rollout", { model: "propensity", version: "3", actor: "anna" });
  const refused = await stage.run("promote", { ...promote, version: "3" });
  expect(refused).toMatchObject({ error: { value: expect.stringContaining("version 3 was rolled back before") } });
});

const holders = async (stage: Stage, alias: string) =>
  Object.values(await aliases(stage)).filter((each) => each.includes(alias)).length;

test.each(["challenger", "champion"])(
  "whatever call of a promotion to %s breaks or is its last, the next run ends it, and default is on one version always",
  async (alias) => {
    const runs = await strikeEveryCall(
      () => registered(),
      "promote",
      { ...promote, alias, override: alias === "champion" },
      async (stage, where) => {
        const expected =
          alias === "champion"
            ? { 1: ["previous"], 2: ["champion", "default"] }
            : { 1: ["champion", "default"], 2: ["challenger"] };
        expect([where, await aliases(stage)]).toEqual([where, expected]);
      },
      async (stage) => {
        expect(await holders(stage, "default")).toBe(1);
        expect(await holders(stage, "champion")).toBe(1);
      },
    );
    expect(runs).toBeGreaterThan(30);
  },
);
