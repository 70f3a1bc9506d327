import { endpoint, location, model, Stage } from "./support/stage";

const api = "https://europe-west4-aiplatform.googleapis.com/v1";
const promotion = { model: "propensity", version: "2", alias: "champion", actor: "anna" };

/** Version 1 serves, version 2 is registered, and promotions are real. */
async function serving(): Promise<Stage> {
  const stage = new Stage();
  stage.replaced.clear();
  await stage.serveFirst();
  stage.apis.traffic.set(endpoint, { rps: 20, errors: { "*": 0.005 } });
  return stage;
}

/** Aliases by version. */
async function aliases(stage: Stage): Promise<Record<string, string[]>> {
  const { models } = (await stage.call("GET", `${api}/${model}:listVersions`)) as {
    models: { versionId: string; versionAliases?: string[] }[];
  };
  return Object.fromEntries(
    models.map(({ versionId, versionAliases = [] }) => [versionId, [...versionAliases].sort()]),
  );
}

test("a rollout makes its version the champion, and the one before the previous; the default goes along", async () => {
  const stage = await serving();
  expect(await aliases(stage)).toEqual({ 1: ["champion", "default"], 2: ["challenger"] });
  await stage.run("rollout", { model: "propensity", version: "challenger", actor: "anna" });
  expect(await aliases(stage)).toEqual({ 1: ["previous"], 2: ["challenger", "champion", "default"] });
  expect(stage.journal.at(-1)).toMatchObject({ action: "finish", reason: "" });
});

test("a version that no rollout gave all traffic does not become champion", async () => {
  const stage = await serving();
  expect(await stage.run("promote", promotion)).toMatchObject({
    state: "FAILED",
    error: {
      value: "version 2 does not become champion, the rollout '' is not the latest one of this version",
    },
  });
  expect(stage.journal.at(-1)).toMatchObject({ action: "refuse", verdict: "fail" });
  expect(await aliases(stage)).toMatchObject({ 1: ["champion", "default"] });
});

test("an override moves it all the same, and is written down", async () => {
  const stage = await serving();
  expect(await stage.run("promote", { ...promotion, override: true })).toMatchObject({ state: "SUCCEEDED" });
  expect(stage.journal.at(-1)).toMatchObject({ action: "promote", verdict: "fail" });
  expect(await aliases(stage)).toMatchObject({ 1: ["previous"], 2: ["challenger", "champion", "default"] });
});

test("a version whose image is named by a tag does not become challenger", async () => {
  const stage = await serving();
  const container = { imageUri: "europe-west4-docker.pkg.dev/acme/images/churn:latest" };
  await stage.call("POST", `${api}/${location}/models:upload`, {
    parentModel: model,
    model: { displayName: "churn-propensity", containerSpec: container },
  });
  await stage.clock.jump(5 * 60_000);
  expect(await stage.run("promote", { ...promotion, version: "3", alias: "challenger" })).toMatchObject({
    state: "FAILED",
    error: {
      value: `version 3 does not become challenger, its image '${container.imageUri}' is not named by a digest`,
    },
  });
  expect(await stage.run("promote", { ...promotion, alias: "challenger" })).toMatchObject({ state: "SUCCEEDED" });
});

test("what is not there, or no alias of ours, is refused", async () => {
  const stage = await serving();
  expect(await stage.run("promote", { ...promotion, version: "9" })).toMatchObject({
    error: { value: expect.stringMatching(/^the registry has no version '9' of /) },
  });
  expect(await stage.run("promote", { ...promotion, alias: "default" })).toMatchObject({
    error: { value: "'alias' must be 'champion' or 'challenger', got 'default'" },
  });
});

test("killed at any call and run again, a promotion ends the same", async () => {
  for (let index = 0; ; index++) {
    const stage = await serving();
    let calls = 0;
    stage.intercept = async ({ execution, proceed }) => {
      const answer = await proceed();
      if (calls++ === index) {
        execution.kill();
      }
      return answer;
    };
    await stage.run("promote", { ...promotion, override: true });
    const wasKilled = calls > index;
    await stage.run("promote", { ...promotion, override: true });
    expect(await aliases(stage)).toEqual({ 1: ["previous"], 2: ["challenger", "champion", "default"] });
    if (!wasKilled) {
      expect(index).toBeGreaterThan(5);
      return;
    }
  }
}, 60_000);
