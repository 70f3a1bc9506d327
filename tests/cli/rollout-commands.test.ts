import { rolloutCommand } from "../../tools/cli/commands/rollout";
import { trafficCommand } from "../../tools/cli/commands/sandbox-traffic";
import type { Decision } from "../../tools/rollout/journal";
import { LoopbackClient } from "../../tools/rollout/loopback-client";
import { uploadVersion } from "./support/upload-version";
import type { RolloutState, Split } from "../../tools/rollout/state";
import { SmallSandbox } from "./support/small-sandbox";

/** As few minutes as the statistics allow, and a person before the last stage. */
const declared = {
  stages: [
    { share: 50, holdMinutes: 30, minimumSamples: 500, approval: false },
    { share: 100, holdMinutes: 20, minimumSamples: 500, approval: true },
  ],
  approvers: ["group:churn-ml@acme.example"],
  approvalMinutes: 10_000,
};
const location = "projects/acme-ml/locations/europe-west4";
const image = `europe-west4-docker.pkg.dev/acme-ml/images/churn@sha256:${"0".repeat(64)}`;

let sandbox: SmallSandbox;
let client: LoopbackClient;
beforeAll(async () => {
  sandbox = await SmallSandbox.open(declared);
  client = new LoopbackClient(sandbox.url);
});
afterAll(() => sandbox.close());

const rollout = (...args: string[]) => sandbox.run(rolloutCommand(), ...args);

/** Registers a version, and lets time pass quickly from then on. */
async function register(): Promise<void> {
  sandbox.runtime.clock.pace = 20_000;
  await uploadVersion(client, `${location}/models/churn-propensity`, image);
}

async function get<T>(url: string): Promise<T> {
  return (await client.call("GET", url)) as T;
}

const state = () =>
  get<RolloutState>(
    "https://storage.googleapis.com/storage/v1/b/acme-ml-churn-rollouts/o/propensity%2Fstate.json?alt=media",
  );

/** Shares by version. */
async function split(): Promise<Split> {
  const url = `https://europe-west4-aiplatform.googleapis.com/v1/${location}/endpoints/123456789`;
  const { deployedModels = [], trafficSplit = {} } = await get<{
    deployedModels?: { id: string; modelVersionId: string }[];
    trafficSplit?: Split;
  }>(url);
  return Object.fromEntries(deployedModels.map(({ id, modelVersionId }) => [modelVersionId, trafficSplit[id] ?? 0]));
}

/** Waits for a phase, and then lets time pass slowly enough to act in it. */
async function until(wanted: (state: RolloutState) => boolean): Promise<void> {
  sandbox.runtime.clock.pace = 20_000;
  while (!wanted(await state())) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  sandbox.runtime.clock.pace = 1;
}

test("before anything is rolled out, 'status' and 'history' say so", async () => {
  expect(await rollout("status", "propensity")).toEqual({
    output:
      "churn/propensity  no rollout yet\n  nothing is deployed\n" +
      "waits for     nobody: 'mlp rollout start churn/propensity' begins the next one",
    error: undefined,
  });
  expect((await rollout("history", "propensity")).output).toBe("Nothing was decided about churn/propensity yet.");
  expect((await rollout("start", "propensity")).error).toMatch(/no version 'challenger'/);
});

test("'start --wait' of the first version gives it all traffic, and ends well", async () => {
  await register();
  const { output, error } = await rollout("start", "propensity", "--wait");
  expect(error).toBeUndefined();
  expect(output).toContain(
    "Nothing serves yet: version 'challenger' gets all traffic as soon as it is up, without stages.",
  );
  expect(output).toMatch(/^Version 1 is being rolled out by \S+\.$/m);
  expect(await split()).toEqual({ "1": 100 });
});

test("'start' announces the stages, 'status' who is asked, and 'approve' lets it go on to the end", async () => {
  await sandbox.run(trafficCommand(), "propensity", "--rps", "20", "--errors", "*=0.4%");
  await register();
  const { output } = await rollout("start", "churn/propensity");
  expect(output).toContain(
    "   50 %  watched for 30 min and 500 answers\n" +
      "  100 %  watched for 20 min and 500 answers, after an approval by group:churn-ml@acme.example\n",
  );
  await until(({ phase, callback }) => phase === "ask" && callback !== "");

  const asked = (await rollout("status", "propensity")).output;
  expect(asked).toMatch(/^churn\/propensity {2}version 2: .*, begun \d{4}-\d\d-\d\d \d\d:\d\d by /);
  expect(asked).toMatch(/version 1 .* 50 % {2}old\n.*version 2 .* 50 % {2}new\nlast verdict {2}pass /);
  expect(asked).toMatch(/new {2}\d+ answers, [\d.]+ % 5xx, p95 \d+ ms/);
  expect(asked).toContain(
    "waits for     group:churn-ml@acme.example: 'mlp rollout approve churn/propensity' lets it go on with ",
  );

  expect((await rollout("approve", "propensity")).output).toMatch(/^Approved: version 2 goes on with /);
  await until(({ phase }) => phase === "done");
  expect(await split()).toEqual({ "2": 100 });
  expect((await rollout("approve", "propensity")).error).toBe(
    "churn/propensity waits for no approval, its phase is 'done': 'mlp rollout status churn/propensity' shows where it stands",
  );
});

test("'history' tells every decision once, oldest first, as a table and as JSON", async () => {
  const decisions = JSON.parse(
    (await rollout("history", "propensity", "--limit", "100", "--format", "json")).output,
  ) as Decision[];
  const ids = decisions.map(({ decisionId }) => decisionId);
  expect(new Set(ids).size).toBe(ids.length);
  const times = decisions.map(({ decidedAt }) => decidedAt);
  expect(times).toEqual([...times].sort());
  const shifts = decisions.filter(({ version, action }) => version === "2" && action === "shift");
  expect(shifts.map(({ splitAfter }) => Object.values(splitAfter!).sort())).toEqual([[50, 50], [100]]);

  const last = (await rollout("history", "propensity", "--limit", "1")).output.split("\n");
  expect(last[0]).toMatch(/^┌/);
  expect(last).toHaveLength(5);
  expect(last[3]).toContain(` ${decisions.at(-1)!.action} `);
});

test("'rollback' gives the old version its traffic, and the version is not started again without '--override'", async () => {
  await register();
  await rollout("start", "propensity");
  await until(({ phase, version }) => phase === "watch" && version === "3");
  expect(await split()).toEqual({ "2": 50, "3": 50 });

  sandbox.runtime.clock.pace = 20_000;
  expect(await rollout("rollback", "propensity", "--reason", "complaints")).toEqual({
    output: "churn/propensity: version 3 was rolled back, version 2 has all traffic again.",
    error: undefined,
  });
  expect((await split())["2"]).toBe(100);
  expect((await rollout("status", "propensity")).output).toContain("\nreason        complaints");
  const refused = await rollout("start", "propensity", "--version", "3");
  expect(refused.error).toMatch(/version '?3'? .*rolled back/);

  expect((await rollout("start", "propensity", "--version", "3", "--override")).error).toBeUndefined();
  sandbox.runtime.apis.traffic.set(`${location}/endpoints/123456789`, { rps: 20, errors: { "*": 0, challenger: 0.5 } });
  await until(({ phase }) => phase === "rolled-back");
  expect((await split())["2"]).toBe(100);
});

test("a version that does not make it ends 'start --wait' with the reason", async () => {
  await register();
  const { output, error } = await rollout("start", "propensity", "--wait");
  expect(error).toMatch(/^version 4 is not in place: rolled-back, .*5xx/);
  expect(output).toMatch(/new {2}\d+ answers, [\d.]+ % 5xx/);
});

test("what is deployed nowhere, and a sandbox that ended, are told in a line", async () => {
  expect((await rollout("status", "propensitty")).error).toBe(
    "environment 'sandbox' has no model 'propensitty': it has churn/propensity, did you mean 'propensity'?",
  );
  const bucket = sandbox.runtime.apis.context.cloud;
  const policy = bucket.list("google_storage_bucket_object")[0]!;
  bucket.delete(policy.type, policy.id);
  expect((await rollout("status", "propensity")).error).toMatch(
    /^churn\/propensity is not deployed in 'sandbox': 'mlp sandbox up' deploys it \(/,
  );
});
