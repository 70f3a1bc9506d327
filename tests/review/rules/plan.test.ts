import { change, type Extra, forgotten, found, replacedAndForgotten, stackOf, testRule } from "../support/planned";

const inPlan = (rule: string, plan: Extra, changes: readonly Extra[] = []) => found(rule, stackOf(changes, plan));
const topic = "google_pubsub_topic";

test("plan/incomplete: a plan that stopped, and one that is not all", () => {
  expect(inPlan("plan/incomplete", { errored: true })).toEqual([
    "high dev-churn-serving: Terraform stopped at an error while it planned",
  ]);
  expect(inPlan("plan/incomplete", { complete: false })).toEqual([
    "high dev-churn-serving: Terraform says that more must be planned after this is applied",
  ]);
  expect(inPlan("plan/incomplete", { complete: true, errored: false })).toEqual([]);
});

test("plan/deferred: a change that is put off", () => {
  const deferred = [{ reason: "provider_config_unknown", resource_change: change(topic, null, { name: "a" }) }];
  expect(inPlan("plan/deferred", { deferred_changes: deferred })).toEqual([
    "medium google_pubsub_topic.it: Terraform puts it off: provider_config_unknown",
  ]);
  expect(inPlan("plan/deferred", {})).toEqual([]);
});

test("plan/not-understood: an action and a field that nobody here knows", () => {
  const strange = change(topic, { name: "a" }, { name: "b" }, { change: { actions: ["open", "close"] } });
  expect(inPlan("plan/not-understood", { ephemeral_things: [1] }, [strange])).toEqual([
    "medium google_pubsub_topic.it: Terraform plans 'open' and 'close'",
    "medium dev-churn-serving: the plan has fields that are not known: ephemeral_things",
  ]);
  expect(inPlan("plan/not-understood", {}, [change(topic, null, { name: "a" })])).toEqual([]);
});

testRule(
  "plan/moved",
  [
    [
      topic,
      { name: "a" },
      { name: "a" },
      { previous_address: "google_pubsub_topic.old", change: { actions: ["no-op"] } },
      "info: it was google_pubsub_topic.old",
    ],
  ],
  [[topic, { name: "a" }, { name: "b" }]],
);

testRule(
  "plan/imported",
  [
    [
      topic,
      { name: "a" },
      { name: "a" },
      { change: { actions: ["no-op"], importing: { id: "a" } } },
      "low: Terraform takes it over as it is",
    ],
    [
      topic,
      { name: "a", labels: { a: "b" } },
      { name: "a", labels: {} },
      { change: { importing: { identity: {} } } },
      "medium: Terraform takes it over, and changes it",
    ],
  ],
  [[topic, null, { name: "a" }]],
);

testRule(
  "plan/forgotten",
  [
    [
      "google_monitoring_dashboard",
      { id: "a" },
      null,
      forgotten,
      "medium: it stays where it is, and Terraform forgets it",
    ],
    [
      "google_monitoring_dashboard",
      { id: "a" },
      { id: "b" },
      replacedAndForgotten,
      "medium: it stays where it is, Terraform forgets it, and makes another beside it",
    ],
  ],
  [
    ["google_storage_bucket", { name: "a" }, null, forgotten],
    ["google_monitoring_dashboard", { id: "a" }, null],
  ],
);

describe("plan/drift", () => {
  const drift = [
    change("google_storage_bucket", { location: "EU", labels: {} }, { location: "EU", labels: { by: "hand" } }),
  ];
  const gone = [change("google_storage_bucket", { location: "EU" }, null)];

  test("weighs more where the plan read what drifted", () => {
    const relevant = [{ resource: "google_storage_bucket.it", attribute: ["labels"] }];
    expect(inPlan("plan/drift", { resource_drift: drift, relevant_attributes: relevant })).toEqual([
      `medium google_storage_bucket.it: 'labels.by' changes from nothing to "hand"`,
    ]);
    expect(inPlan("plan/drift", { resource_drift: drift })).toEqual([
      `low google_storage_bucket.it: 'labels.by' changes from nothing to "hand"`,
    ]);
  });

  test("says that somebody deleted an object", () => {
    expect(inPlan("plan/drift", { resource_drift: gone })).toEqual([
      "low google_storage_bucket.it: it is gone: somebody deleted it",
    ]);
  });

  test("passes where nothing drifted", () => {
    expect(inPlan("plan/drift", {})).toEqual([]);
  });
});

test("plan/check: by its result", () => {
  const result = (status: string, ...messages: readonly string[]) => ({
    address: { to_display: `check.${status}` },
    status,
    problems: messages.map((message) => ({ message })),
  });
  const checks = [result("fail", "the endpoint must answer"), result("error"), result("unknown"), result("pass")];
  expect(inPlan("plan/check", { checks })).toEqual([
    "high check.fail: the endpoint must answer",
    "high check.error: it says 'error'",
    "low check.unknown: its result is known after apply only",
  ]);
});

test("plan/output: what others may read", () => {
  const outputs = {
    url: { actions: ["update"], before: "https://a", after: "https://b" },
    gone: { actions: ["delete"], before: "a", after: null },
    secret: { actions: ["update"], before: "a", after: "b", before_sensitive: true, after_sensitive: true },
    made: { actions: ["create"], before: null, after: "a" },
    kept: { actions: ["no-op"], before: "a", after: "a" },
  };
  expect(inPlan("plan/output", { output_changes: outputs })).toEqual([
    `info output.url: it changes from "https://a" to "https://b"`,
    "low output.gone: it is removed",
    "info output.secret: it changes",
  ]);
});
