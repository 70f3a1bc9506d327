import { policyChanges } from "../../../tools/review/rules/rollout/laxer";
import { change, type Extra, found, replaced, stackOf, testRule, unchanged, type Values } from "../support/planned";

const stage = (share: number, approval = false) => ({ share, holdMinutes: 60, minimumSamples: 500, approval });

const policy = {
  endpoint: "projects/acme/locations/europe-west4/endpoints/500944792",
  model: "projects/acme/locations/europe-west4/models/propensity",
  stages: [stage(10), stage(50, true), stage(100)],
  watchMinutes: 5,
  looks: 5,
  limits: { serverErrorRatio: 0.02, latencyP95Milliseconds: 300, minimumSamples: 100 },
  comparison: { errorRate: 0.05, serverErrorTolerance: 0.01, latencyRatio: 1.25 },
  approvers: ["group:churn-ml@acme.example"],
  onNoData: "rollback",
  onApprovalExpired: "rollback",
  gates: { metrics: { auRoc: { better: "higher", limit: 0.75 } }, dataValidation: true },
  criticalValue: 2.6,
};

const changesTo = (after: Values) =>
  policyChanges(policy, after).map(
    ({ name, isLaxer, isSevere }) => `${name}${isLaxer ? (isSevere ? " severe" : " laxer") : ""}`,
  );

describe("two rollout policies", () => {
  test.each<[string, Values, readonly string[]]>([
    ["are the same, in another order of keys", Object.fromEntries(Object.entries(policy).toReversed()), []],
    ["a stage that is left out", { ...policy, stages: policy.stages.slice(1) }, ["stages.10 % severe"]],
    ["a stage that is added", { ...policy, stages: [stage(1), ...policy.stages] }, ["stages.1 %"]],
    [
      "an approval that is not asked for",
      { ...policy, stages: [stage(10), stage(50), stage(100)] },
      ["stages.50 %.approval severe"],
    ],
    [
      "a limit that is raised, and one that is removed",
      { ...policy, limits: { serverErrorRatio: 0.05, minimumSamples: 100 } },
      ["limits.serverErrorRatio severe", "limits.latencyP95Milliseconds severe"],
    ],
    [
      "a limit that is lowered",
      { ...policy, limits: { ...policy.limits, serverErrorRatio: 0.01 } },
      ["limits.serverErrorRatio"],
    ],
    ["more approvers", { ...policy, approvers: [...policy.approvers, "group:all@acme.example"] }, ["approvers severe"]],
    ["no data any longer a reason to go back", { ...policy, onNoData: "pause" }, ["onNoData laxer"]],
    [
      "a gate that lets worse versions pass",
      { ...policy, gates: { metrics: { auRoc: { better: "higher", limit: 0.5 } }, dataValidation: false } },
      ["gates.metrics.auRoc.limit severe", "gates.dataValidation severe"],
    ],
    [
      "what follows from the rest",
      { ...policy, criticalValue: 1, limitLines: { serverErrors: [{ slope: 0.5, intercept: 90 }] } },
      [],
    ],
  ])("%s", (_, after, expected) => {
    expect(changesTo(after)).toEqual(expected);
  });
});

describe("rollout/policy", () => {
  const laxer = { ...policy, limits: { ...policy.limits, serverErrorRatio: 0.05 } };
  const object = (before: Values | null, after: Values | null, extra: Extra = {}) =>
    change("google_storage_bucket_object", held(before), held(after), {
      change: { before_sensitive: { content: true }, after_sensitive: { content: true } },
      ...extra,
    });
  const output = (before: Values | null, after: Values | null) => ({
    output_changes: { Policy: { actions: ["update"], before, after } },
  });

  test("says with its values what is laxer, where an output of the stack shows them", () => {
    expect(found("rollout/policy", stackOf([object(policy, laxer)], output(policy, laxer)))).toEqual([
      "high google_storage_bucket_object.it: 'limits.serverErrorRatio' is laxer: from 0.02 to 0.05",
    ]);
  });

  test("says without values what is laxer, where the plan hides them", () => {
    expect(found("rollout/policy", stackOf([object(policy, laxer)]))).toEqual([
      "high google_storage_bucket_object.it: 'limits.serverErrorRatio' is laxer",
    ]);
  });

  test("tells of a policy that only an output shows", () => {
    const patient = { ...policy, looks: 3 };
    expect(found("rollout/policy", stackOf([], output(policy, patient)))).toEqual([
      "medium output.Policy: 'looks' is laxer: from 5 to 3",
    ]);
  });

  test("tells of a policy that goes", () => {
    expect(found("rollout/policy", stackOf([object(policy, null)]))).toEqual([
      "high google_storage_bucket_object.it: the rollout policy is gone: the next rollout finds none, and fails",
    ]);
  });

  test("passes a new policy, the same in another form, and other objects", () => {
    const other = change("google_storage_bucket_object", { content: "a" }, { content: "b" });
    const spaced = change("google_storage_bucket_object", held(policy), { content: JSON.stringify(policy, null, 8) });
    expect(found("rollout/policy", stackOf([object(null, policy), spaced, other]))).toEqual([]);
  });
});

describe("rollout/traffic-split", () => {
  const endpoint = (split: string | undefined) => ({ name: "500944792", traffic_split: split });
  const serving = stackOf(
    [unchanged("google_storage_bucket_object", held(policy)!, { name: "Rollout" })],
    {},
    "serving",
  );

  test.each([
    ["set on a new endpoint", change("google_vertex_ai_endpoint", null, endpoint('{"1":100}'))],
    ["moved", change("google_vertex_ai_endpoint", endpoint('{"1":100}'), endpoint('{"2":100}'))],
  ])("finds a split under two owners: %s", (_, planned) => {
    const stack = stackOf([planned]);
    expect(found("rollout/traffic-split", stack, [stack, serving])).toEqual([
      "high google_vertex_ai_endpoint.it: the rollout policy google_storage_bucket_object.Rollout moves the traffic of the same endpoint",
    ]);
  });

  const split = unchanged("google_vertex_ai_endpoint", endpoint('{"1":100}'));
  const rollout = (before: Values | null, after: Values | null) =>
    stackOf([change("google_storage_bucket_object", held(before), held(after), { name: "Rollout" })], {}, "serving");
  const configured = (expressions: object) => ({
    configuration: { root_module: { resources: [{ address: split["address"], type: split["type"], expressions }] } },
  });
  const underTwo = [
    "high google_storage_bucket_object.Rollout: the rollout policy moves the traffic of google_vertex_ai_endpoint.it, and Terraform sets its 'traffic_split'",
  ];

  test("finds a new policy for an endpoint whose split Terraform sets, and one that changes", () => {
    const declared = stackOf([split], configured({ traffic_split: { constant_value: "{}" } }));
    for (const serving of [rollout(null, policy), rollout({ ...policy, looks: 3 }, policy)]) {
      expect(found("rollout/traffic-split", serving, [serving, declared])).toEqual(underTwo);
    }
  });

  test("takes a split for Terraform's where the plan has no configuration, and looks into modules", () => {
    const serving = rollout(null, policy);
    expect(found("rollout/traffic-split", serving, [serving, stackOf([split])])).toEqual(underTwo);
    const address = 'module.a["x"].google_vertex_ai_endpoint.it[0]';
    const resources = [
      {
        address: "google_vertex_ai_endpoint.it",
        type: "google_vertex_ai_endpoint",
        expressions: { traffic_split: {} },
      },
    ];
    const configuration = { root_module: { module_calls: { a: { module: { resources } } } } };
    expect(
      found("rollout/traffic-split", serving, [serving, stackOf([{ ...split, address }], { configuration })]),
    ).toEqual([underTwo[0]!.replace("google_vertex_ai_endpoint.it", address)]);
  });

  test("passes a policy for an endpoint whose split the rollouts moved, and one that stays", () => {
    const moved = stackOf([split], configured({ display_name: { constant_value: "propensity" } }));
    const declared = stackOf([split], configured({ traffic_split: {} }));
    const [made, kept] = [rollout(null, policy), rollout(policy, policy)];
    expect(found("rollout/traffic-split", made, [made, moved])).toEqual([]);
    expect(found("rollout/traffic-split", kept, [kept, declared])).toEqual([]);
  });

  test("finds traffic that a plan moves, of an endpoint and of a service", () => {
    const service = (percent: number) => ({ traffic: [{ revision: "v1", percent }] });
    const stack = stackOf([
      change("google_vertex_ai_endpoint", endpoint('{"1":100}'), endpoint('{"2":100}')),
      change("google_cloud_run_v2_service", service(100), service(50)),
    ]);
    expect(found("rollout/traffic-split", stack)).toEqual([
      "medium google_vertex_ai_endpoint.it: the traffic of an endpoint is moved",
      "medium google_cloud_run_v2_service.it: 'traffic.percent' changes from 100 to 50",
    ]);
  });

  test("passes an endpoint whose split is Google's to know, and one that stays", () => {
    const made = change(
      "google_vertex_ai_endpoint",
      null,
      { name: "500944792" },
      { change: { after_unknown: { traffic_split: true } } },
    );
    const stack = stackOf([made, unchanged("google_vertex_ai_endpoint", endpoint('{"1":100}'))]);
    expect(found("rollout/traffic-split", stack, [stack, serving])).toEqual([]);
  });
});

testRule(
  "rollout/workflow-source",
  [
    [
      "google_workflows_workflow",
      { name: "churn-promote", source_contents: "main: {}" },
      { name: "churn-promote", source_contents: "main: { steps: [] }" },
      "medium: the source of a workflow that moves traffic changes",
    ],
    [
      "google_workflows_workflow",
      { name: "a", source_contents: "updateMask: trafficSplit" },
      { name: "a", source_contents: "main: {}" },
      "medium: the source of a workflow that moves traffic changes",
    ],
  ],
  [
    [
      "google_workflows_workflow",
      { name: "report", source_contents: "a: 1" },
      { name: "report", source_contents: "a: 2" },
    ],
    ["google_workflows_workflow", { name: "promote", description: "a" }, { name: "promote", description: "b" }],
    ["google_workflows_workflow", null, { name: "promote", source_contents: "trafficSplit" }],
  ],
);

testRule(
  "rollout/alerts",
  [
    ["google_monitoring_alert_policy", { enabled: true }, null, "high: it is destroyed: nobody is told any longer"],
    [
      "google_monitoring_alert_policy",
      { enabled: true },
      { enabled: false },
      "high: 'enabled' changes from true to false",
    ],
    [
      "google_monitoring_alert_policy",
      { notification_channels: ["a", "b"] },
      { notification_channels: ["a"] },
      `high: 'notification_channels' changes from ["a","b"] to ["a"]`,
    ],
    [
      "google_monitoring_alert_policy",
      { conditions: [{ condition_threshold: [{ threshold_value: 0.02 }] }] },
      { conditions: [{ condition_threshold: [{ threshold_value: 0.5 }] }] },
      "medium: 'conditions.condition_threshold.threshold_value' changes from 0.02 to 0.5",
    ],
  ],
  [
    ["google_monitoring_alert_policy", { enabled: false }, { enabled: true }],
    ["google_monitoring_alert_policy", { display_name: "a" }, { display_name: "b" }, replaced],
  ],
);

function held(content: Values | null): Values | null {
  return content === null ? null : { name: "propensity/rollout.json", content: JSON.stringify(content) };
}
