import type { CloudResource } from "../../../tools/sandbox/cloud";
import { record } from "../../../tools/sandbox/apis/monitoring/series";
import { MemoryStore } from "../../../tools/sandbox/apis/store";
import type { ValueObject } from "../../../tools/sandbox/values/value";
import { AlertPolicies } from "../../../tools/sandbox/triggers/alert-policies";
import { LeftAlone } from "../../../tools/sandbox/triggers/left-alone";
import { everyMinute } from "../../../tools/sandbox/triggers/minutes";
import { endpoint, endpointId, start } from "../apis/support/acme";
import { CloudRun } from "../executions/support/cloud-run";

const topic = "projects/acme/topics/incidents";
const policyId = "projects/acme/alertPolicies/1";
const metric = (more: string) =>
  `metric.type="aiplatform.googleapis.com/prediction/online/response_count" AND resource.type="aiplatform.googleapis.com/Endpoint" AND resource.label.endpoint_id="${endpointId}"${more}`;
const rate = {
  alignment_period: "300s",
  per_series_aligner: "ALIGN_RATE",
  cross_series_reducer: "REDUCE_SUM",
  group_by_fields: ["metric.label.deployed_model_id"],
};
const failing: ValueObject = {
  display_name: "more than 2 % fail",
  condition_threshold: [
    {
      filter: metric(' AND metric.label.response_code="5xx"'),
      denominator_filter: metric(""),
      comparison: "COMPARISON_GT",
      threshold_value: 0.02,
      duration: "300s",
      aggregations: [rate],
      denominator_aggregations: [rate],
      evaluation_missing_data: "EVALUATION_MISSING_DATA_INACTIVE",
    },
  ],
};
const channel = {
  type: "google_monitoring_notification_channel",
  id: "projects/acme/notificationChannels/7",
  values: { type: "pubsub", labels: { topic } },
};

function policy(conditions: readonly ValueObject[], combiner = "OR"): CloudResource {
  return {
    type: "google_monitoring_alert_policy",
    id: policyId,
    values: {
      display_name: "churn-propensity: a version fails",
      combiner,
      severity: "CRITICAL",
      conditions,
      notification_channels: [channel.id],
      user_labels: { model: "propensity" },
    },
  };
}

interface Told {
  readonly at: string;
  readonly incident: Record<string, unknown>;
}

/** Lets half an hour pass in which the model fails as `failures` says of each minute, and gives what was told. */
async function watch(made: CloudResource, failures: (minute: number) => number) {
  const store = new MemoryStore();
  const run = new CloudRun([made, channel, { type: "google_pubsub_topic", id: topic, values: {} }], store);
  for (let minute = 0; minute < 30; minute++) {
    const failed = failures(minute);
    const source = { endpoint, endpointDisplayName: "churn", deployedModelId: "42", modelDisplayName: "churn" };
    const responses = { "2xx": 100 - failed, ...(failed > 0 && { "5xx": failed }) };
    record({ store }, source, start + minute * 60_000, { responses, predictions: 100 - failed, latencies: {} });
  }
  const told: Told[] = [];
  run.apis.pubsub.onMessage((_, { data }) => {
    const { version, incident } = JSON.parse(Buffer.from(data!, "base64").toString()) as {
      version: string;
      incident: Record<string, unknown>;
    };
    expect(version).toBe("1.2");
    told.push({ at: new Date(run.clock.now()).toISOString().slice(11, 16), incident });
  });
  const leftAlone = new LeftAlone();
  const { cloud, apis, numbers } = run;
  const alerts = new AlertPolicies({ cloud, store, apis, numbers, leftAlone, ingestionMinutes: 4 });
  const stop = everyMinute(run.clock, (now) => void alerts.run(now));
  await run.clock.sleep(45 * 60_000);
  stop();
  return { told, leftAlone, alerts };
}

test("a share above its threshold for five minutes opens an incident, which closes when it has passed", async () => {
  const { told, alerts } = await watch(policy([failing]), (minute) => (minute < 10 ? 10 : 0));
  expect(told.map(({ incident }) => incident["state"])).toEqual(["open", "closed"]);
  expect(told[0]).toEqual({
    at: "00:10",
    incident: {
      incident_id: "0.sandbox00001",
      scoping_project_id: "acme",
      scoping_project_number: 123456789012,
      url: "https://console.cloud.google.com/monitoring/alerting/alerts/0.sandbox00001?project=acme",
      started_at: start / 1_000 + 600,
      ended_at: null,
      state: "open",
      summary: expect.stringMatching(/^more than 2 % fail \(.*42\): 0\.1, the threshold is 0\.02$/) as string,
      observed_value: "0.1",
      threshold_value: "0.02",
      resource: expect.objectContaining({ type: "aiplatform.googleapis.com/Endpoint" }) as object,
      metric: expect.objectContaining({ labels: { deployed_model_id: "42" } }) as object,
      policy_name: "churn-propensity: a version fails",
      policy_user_labels: { model: "propensity" },
      condition_name: "more than 2 % fail",
      severity: "CRITICAL",
    },
  });
  expect(alerts.incidents).toEqual([]);
});

test("a share above the threshold for less time opens none", async () => {
  expect((await watch(policy([failing]), (minute) => (minute === 0 ? 10 : 0))).told).toEqual([]);
});

test("an incident closes when there is no more traffic", async () => {
  const { told } = await watch(policy([failing]), () => 10);
  expect(told.map(({ at, incident }) => [at, incident["state"]])).toEqual([
    ["00:10", "open"],
    ["00:39", "closed"],
  ]);
});

test.each([
  [policy([failing, failing], "AND"), "its conditions must hold together"],
  [policy([{ condition_matched_log: [{ filter: "severity=ERROR" }] }]), "it has a condition other than a threshold"],
  [
    policy([{ condition_threshold: [{ filter: 'select_slo_burn_rate("a", "3600s")', comparison: "COMPARISON_GT" }] }]),
    `the filter 'select_slo_burn_rate("a", "3600s")' names no metric`,
  ],
])("a policy that is not evaluated is left alone, and said", async (made, reason) => {
  const { told, leftAlone } = await watch(made, () => 10);
  expect(told).toEqual([]);
  expect(leftAlone.all).toEqual([[policyId, reason]]);
});
