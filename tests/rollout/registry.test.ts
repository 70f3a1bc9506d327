import { workflowSource } from "../../config/workflow-source";
import { type CloudClient, CloudError } from "../../tools/rollout/cloud-client";
import { Executions } from "../../tools/rollout/executions";
import { teamNames } from "../../tools/rollout/names";
import { type Registration, Registry } from "../../tools/rollout/registry";
import { train } from "../../tools/rollout/stand-in-training";
import type { Policy } from "../../tools/rollout/state";
import type { CloudResource } from "../../tools/sandbox/cloud";
import { CloudRun, location, workflow } from "../sandbox/executions/support/cloud-run";
import { gates } from "../workflows/support/registry";
import { policy as rolloutPolicy } from "../workflows/support/stage";

const names = teamNames({ project: "acme", region: "europe-west4" }, "churn");
const variables = {
  TEAM: "churn",
  PROJECT: "acme",
  REGION: "europe-west4",
  POLICY_BUCKET: names.policyBucket,
  JOURNAL_TABLE: "churn_rollouts.decisions",
  VERTEX_API: "https://europe-west4-aiplatform.googleapis.com/v1",
  BIGQUERY_API: "https://bigquery.googleapis.com/bigquery/v2",
  STORAGE_API: "https://storage.googleapis.com",
  EXECUTIONS_API: "https://workflowexecutions.googleapis.com/v1",
  MODEL_KEY: "projects/acme/locations/europe-west4/keyRings/ml-platform/cryptoKeys/vertex-ai",
};
const texts = ["decision_id", "team", "model", "version", "rollout", "execution", "workflow", "phase", "action"];
const schema = [
  ...[...texts, "verdict", "reason", "actor"].map((name) => ({ name, type: "STRING" })),
  { name: "decided_at", type: "TIMESTAMP" },
  ...["split_before", "split_after", "evidence"].map((name) => ({ name, type: "JSON" })),
];

/** Holds the clock; what it returns lets it go on. */
function holdTime({ clock }: CloudRun): () => void {
  let release!: () => void;
  void clock.during(() => new Promise<void>((resolve) => (release = resolve)));
  return release;
}

/** What a team's registry is made of, deployed, and a way in that passes the time while it waits. */
function deployed(changes: object = {}) {
  const policy = { ...rolloutPolicy, gates: { ...gates, ...changes } } as unknown as Policy;
  const bucket = (name: string): CloudResource => ({ type: "google_storage_bucket", id: name, values: { name } });
  const run = new CloudRun([
    ...["register", "promote"].map((name) => workflow(`churn-${name}`, workflowSource(name), variables)),
    {
      type: "google_bigquery_table",
      id: "projects/acme/datasets/churn_rollouts/tables/decisions",
      values: { schema: JSON.stringify(schema) },
    },
    bucket(names.policyBucket),
    bucket(names.modelBucket),
    {
      type: "google_storage_bucket_object",
      id: `${names.policyBucket}-propensity.json`,
      values: {
        bucket: names.policyBucket,
        name: "propensity.json",
        content: JSON.stringify(policy),
        content_type: "application/json",
        generation: 1,
      },
    },
  ]);
  // Time stands still but for the half minute that a call takes: nothing expires while the test does something else.
  let release = holdTime(run);
  const pass = async (minutes: number): Promise<void> => {
    release();
    await run.clock.sleep(60_000 * minutes);
    release = holdTime(run);
  };
  const client: CloudClient = {
    call: async (method, url, body) => {
      await pass(0.5);
      const answer = await run.call(method, url, body);
      if (answer.status >= 400) {
        const { error } = answer.body as { error: { message: string } };
        throw new CloudError(answer.status, error.message);
      }
      return answer.body;
    },
    now: () => run.clock.now(),
    actor: () => Promise.resolve("anna"),
  };
  const registry = new Registry(client, new Executions(client, names, 0), names);
  const register = async (metrics?: Record<string, number>): Promise<Registration> =>
    registry.register(
      await train(client, names, { model: "propensity", policy, actor: "anna", ...(metrics && { metrics }) }),
    );
  return { run, client, registry, register, pass };
}

const versions = async ({ client }: ReturnType<typeof deployed>) => {
  const url = `${variables.VERTEX_API}/${location}/models/churn-propensity:listVersions`;
  return (await client.call("GET", url)) as {
    models: {
      versionId: string;
      versionAliases?: string[];
      artifactUri: string;
      containerSpec: { imageUri: string };
    }[];
  };
};

test("what a training made comes into the registry by the workflow, through every gate that is declared", async () => {
  const team = deployed();
  expect(await team.register()).toMatchObject({ version: "1", outcome: "challenger" });
  const { models } = await versions(team);
  expect(models).toHaveLength(1);
  expect(models[0]).toMatchObject({
    versionAliases: expect.arrayContaining(["challenger"]) as string[],
    containerSpec: {
      imageUri: expect.stringMatching(
        /^europe-west4-docker\.pkg\.dev\/acme\/images\/churn-propensity@sha256:[0-9a-f]{64}$/,
      ) as string,
    },
  });
  const judged = await team.registry.judgements("propensity", "1");
  expect(
    judged.filter(({ action }) => action.startsWith("gate: ")).map(({ action, verdict }) => [action, verdict]),
  ).toEqual([
    ["gate: image", "pass"],
    ["gate: history", "pass"],
    ["gate: metric auRoc", "pass"],
    ["gate: metric logLoss", "pass"],
    ["gate: slices country", "pass"],
    ["gate: data validation", "pass"],
    ["gate: explanation", "pass"],
  ]);
});

test("its artifact is in the registry's bucket", async () => {
  const team = deployed();
  await team.register();
  const [version] = (await versions(team)).models;
  const [, bucket, folder] = /^gs:\/\/([^/]+)\/(.+)$/.exec(version!.artifactUri)!;
  expect(bucket).toBe("acme-churn-models");
  const url = `https://storage.googleapis.com/storage/v1/b/${bucket!}/o?prefix=${folder!}`;
  expect(await team.client.call("GET", url)).toMatchObject({ items: [{ name: `${folder!}/model.json` }] });
});

test("the next training makes the next version; one below a limit is refused and stays without an alias", async () => {
  const team = deployed();
  await team.register();
  expect(await team.register({ auRoc: 0.7 })).toMatchObject({
    version: "2",
    outcome: "refused",
    reason: "version 2 may not become the challenger: auRoc is 0.7, less than the limit 0.75",
  });
  const { models } = await versions(team);
  expect(models.find(({ versionId }) => versionId === "2")).not.toHaveProperty(
    "versionAliases",
    expect.arrayContaining(["challenger"]),
  );
});

const refused = (message: string) => ({ name: "CloudError", status: 409, message });

describe("where owners are asked", () => {
  const hour = { approval: { minutes: 60 } };
  const aliasesOf = async (team: ReturnType<typeof deployed>) => (await versions(team)).models[0]!.versionAliases ?? [];

  async function waiting() {
    const team = deployed(hour);
    const registration = await team.register();
    expect(registration).toMatchObject({ version: "1", outcome: "waits" });
    const approve = () => team.registry.approve("propensity", registration, "bert");
    const last = async () => {
      const { action, verdict, reason, actor } = (await team.registry.judgements("propensity", "1")).at(-1)!;
      return { action, verdict, reason, actor };
    };
    const said = async () =>
      (await team.registry.judgements("propensity", "1")).find(({ action }) => action === "gate: approval");
    return { ...team, team, registration, approve, last, said };
  }

  test("the version waits, and is the challenger once they approve", async () => {
    const { team, approve, said, last } = await waiting();
    expect(await aliasesOf(team)).toEqual(["default"]);
    expect(await said()).toBeUndefined();
    await approve();
    expect(await said()).toMatchObject({ verdict: "pass", reason: "approved by bert" });
    expect(await last()).toMatchObject({ action: "promote", reason: "version 1 is the challenger" });
    expect(await aliasesOf(team)).toEqual(["default", "challenger"]);
  });

  test("it is not once they refuse, and no approval after that changes it", async () => {
    const { team, client, registry, registration, approve, said } = await waiting();
    const { evidence } = (await registry.judgements("propensity", "1")).find(({ action }) => action === "ask")!;
    await client.call("POST", evidence!.callback!, { decision: "refuse", actor: "carla" });
    await expect(approve()).rejects.toMatchObject(refused("version 1 may not become the challenger: refused by carla"));
    expect(await said()).toMatchObject({ verdict: "fail", reason: "refused by carla" });
    expect(registration.promotion).toContain("/workflows/churn-promote/executions/");
    expect(await aliasesOf(team)).toEqual(["default"]);
  });

  test("an approval after it expired is too late", async () => {
    const { team, approve, pass, said } = await waiting();
    await pass(61);
    await expect(approve()).rejects.toMatchObject(
      refused("version 1 may not become the challenger: nobody approved within 60 minutes"),
    );
    expect(await said()).toMatchObject({ verdict: "no-data", reason: "nobody approved within 60 minutes" });
    expect(await aliasesOf(team)).toEqual(["default"]);
  });

  test("an approval twice is as good as one", async () => {
    const { approve, registry } = await waiting();
    await approve();
    await approve();
    const judged = await registry.judgements("propensity", "1");
    expect(judged.filter(({ action }) => action === "gate: approval")).toHaveLength(1);
  });
});

test("an approval that nobody waits for is refused", async () => {
  const team = deployed();
  const registration = await team.register();
  await expect(team.registry.approve("propensity", registration, "bert")).rejects.toMatchObject(
    refused("version 1 of churn/propensity waits for no approval"),
  );
});
