import { serving, start, until } from "./support/serving";
import type { Stage } from "./support/stage";

const labels = { policy_user_labels: { model: "propensity" } };

function alert(stage: Stage, incident: object) {
  const data = Buffer.from(JSON.stringify({ version: "1.2", incident })).toString("base64");
  return stage.run("watchdog", { data: { message: { data } } });
}

/** A rollout that gives version 2 its first traffic, and whose execution is gone. */
async function orphaned(): Promise<Stage> {
  const stage = await serving();
  const execution = stage.start("rollout", start);
  await until(stage, "watch");
  execution.kill();
  await execution.done;
  return stage;
}

test("the watchdog rolls back when an alert opens, and only then", async () => {
  const stage = await orphaned();
  expect(await alert(stage, { state: "closed", ...labels })).toMatchObject({
    result: { outcome: "ignored", reason: "the incident is not open" },
  });
  expect(await alert(stage, { state: "open" })).toMatchObject({
    result: { outcome: "ignored", reason: "the alert has no user label 'model'" },
  });
  expect(await alert(stage, { state: "open", summary: "5xx", ...labels })).toMatchObject({
    result: { outcome: "rollback", state: "SUCCEEDED" },
  });
  expect(await stage.versions()).toEqual({ 1: 100 });
  expect(await stage.state()).toMatchObject({ phase: "rolled-back", reason: "alert, 5xx" });
});

test("the watchdog leaves alone what no rollout is under way for", async () => {
  const stage = await serving();
  expect(await alert(stage, { state: "open", ...labels })).toMatchObject({
    result: { outcome: "ignored", reason: "no rollout is under way" },
  });
});

test("an incident about the old version does not send traffic back to it, one about the new version does", async () => {
  const stage = await orphaned();
  const { champion, challenger } = (await stage.state()) as { champion: string; challenger: string };
  const about = (id: string) => ({
    state: "open",
    ...labels,
    metric: {
      type: "aiplatform.googleapis.com/prediction/online/response_count",
      labels: { deployed_model_id: id },
    },
  });
  expect(await alert(stage, about(champion))).toMatchObject({
    result: {
      outcome: "ignored",
      reason: `the incident is about the deployed model ${champion}, not about the new version, which is ${challenger}`,
    },
  });
  expect(await stage.versions()).toEqual({ 1: 90, 2: 10 });
  expect(await stage.state()).toMatchObject({ phase: "watch", rolledBack: [] });
  expect(await alert(stage, about(challenger))).toMatchObject({ result: { outcome: "rollback" } });
  expect(await stage.versions()).toEqual({ 1: 100 });
  expect(await stage.state()).toMatchObject({ rolledBack: ["2"] });
});
