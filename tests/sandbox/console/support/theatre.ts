import { limitLinesOf } from "../../../../constructs/limit-lines";
import { workflowSource } from "../../../../config/workflow-source";
import type { CloudResource } from "../../../../tools/sandbox/cloud";
import { declaredModels, type RolloutState, stateOf } from "../../../../tools/sandbox/console/declared";
import type { ConsoleSource } from "../../../../tools/sandbox/console/source";
import { CloudRun, location, workflow } from "../../executions/support/cloud-run";
import { endpoint } from "../../apis/support/acme";
import { policy } from "../../../workflows/support/stage";

export const rolloutWorkflow = `${location}/workflows/churn-rollout`;

const variables = {
  PROJECT: "acme",
  REGION: "europe-west4",
  TEAM: "churn",
  POLICY_BUCKET: "acme-rollouts",
  JOURNAL_TABLE: "churn_rollouts.decisions",
  VERTEX_API: "https://europe-west4-aiplatform.googleapis.com/v1",
  MONITORING_API: "https://monitoring.googleapis.com/v3",
  BIGQUERY_API: "https://bigquery.googleapis.com/bigquery/v2",
  STORAGE_API: "https://storage.googleapis.com",
  EXECUTIONS_API: "https://workflowexecutions.googleapis.com/v1",
};

const texts = ["decision_id", "team", "model", "version", "rollout", "execution", "workflow"];
const more = ["phase", "action", "verdict", "reason", "actor"];
const schema = [
  ...[...texts, ...more].map((name) => ({ name, type: "STRING" })),
  { name: "decided_at", type: "TIMESTAMP" },
  ...["split_before", "split_after", "evidence"].map((name) => ({ name, type: "JSON" })),
];

export const journalTable: CloudResource = {
  type: "google_bigquery_table",
  id: "projects/acme/datasets/churn_rollouts/tables/decisions",
  values: { schema: JSON.stringify(schema) },
};

const made: readonly CloudResource[] = [
  workflow("churn-rollout", workflowSource("rollout"), variables),
  workflow("churn-promote", "main:\n  params: [args]\n  steps:\n    - done:\n        return: ${args.version}\n"),
  journalTable,
  {
    type: "google_service_account",
    id: `projects/acme/serviceAccounts/${policy.replicas.serviceAccount}`,
    values: {},
  },
  {
    type: "google_storage_bucket_object",
    id: "acme-rollouts-propensity.json",
    values: {
      bucket: "acme-rollouts",
      name: "propensity.json",
      content: JSON.stringify({
        ...policy,
        limitLines: limitLinesOf(policy),
        endpoint,
        approvers: ["group:churn-ml@acme.example"],
      }),
      content_type: "application/json",
      generation: 1,
    },
  },
];

/** Something that a console can look at: the workflow `rollout`, run by the sandbox's engine over its APIs on a simulated clock. */
export class Theatre {
  readonly run = new CloudRun(made);
  readonly source: ConsoleSource;

  constructor() {
    const { apis, clock, engine, cloud } = this.run;
    this.source = {
      project: "acme",
      clock: () => ({ now: clock.now(), pace: null }),
      context: apis.context,
      executions: engine,
      resources: () =>
        cloud.list("google_storage_bucket").map(({ type, id }) => ({
          stack: "sandbox-churn-serving",
          address: `${type}.Rollouts_1A2B3C4D`,
          type,
          id,
        })),
    };
  }

  state(): RolloutState | undefined {
    const { context } = this.source;
    return stateOf(context, declaredModels(context)[0]!);
  }

  callers(errors: Record<string, number> = { "*": 0.004 }): void {
    this.run.apis.traffic.set(endpoint, { rps: 20, errors });
  }

  nobodyCalls(): void {
    this.run.apis.traffic.stop(endpoint);
  }

  /** Adds a version to the registry, and starts its rollout. */
  async rollOut(): Promise<string> {
    const url = `${variables.VERTEX_API}/${location}/models`;
    const exists = (await this.run.call("GET", `${url}/churn-propensity`)).status === 200;
    const name = exists ? { parentModel: `${location}/models/churn-propensity` } : { modelId: "churn-propensity" };
    const image = "europe-west4-docker.pkg.dev/acme/images/churn@sha256:00";
    await this.run.call("POST", `${url}:upload`, {
      ...name,
      model: {
        displayName: "churn-propensity",
        containerSpec: { imageUri: image },
        versionAliases: ["challenger"],
      },
    });
    await this.run.clock.jump(5 * 60_000);
    return this.run.start("churn-rollout", { model: "propensity", version: "challenger", actor: "anna" });
  }

  /** Rolls a version out and waits for the end. */
  async serve(): Promise<void> {
    await this.run.end(await this.rollOut());
  }

  /** Lets time pass until the rollout's state is as wanted. */
  async until(isReached: (state: RolloutState) => boolean): Promise<void> {
    for (let minutes = 0; minutes < 5_000; minutes++) {
      const state = this.state();
      if (state && isReached(state)) {
        return;
      }
      await this.run.clock.sleep(60_000);
    }
    throw new Error(`the state wanted was not reached, but ${JSON.stringify(this.state())}`);
  }

  /** Moves traffic as a person would. */
  async setSplit(trafficSplit: Record<string, number>): Promise<void> {
    await this.run.call("PATCH", `${variables.VERTEX_API}/${endpoint}?updateMask=trafficSplit`, { trafficSplit });
  }

  close(): void {
    this.run.engine.close();
    this.run.clock.stop();
  }
}
