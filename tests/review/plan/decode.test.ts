import { decodePlan } from "../../../tools/review/plan/decode";
import { changeJson, planJson } from "../support/plan-json";
import { reviewedChange, reviewOf, stackOf } from "../support/review-of";

const refused = (json: unknown) => {
  try {
    decodePlan("base.json", json);
  } catch (error) {
    return (error as Error).message;
  }
  return "read";
};

test.each([
  ["null", null],
  ["a list", [planJson()]],
  ["a number of a format", { ...planJson(), format_version: 1.2 }],
  ["state of Terraform's file", { version: 4, serial: 1, resources: [] }],
])("%s is no plan", (_, json) => {
  expect(refused(json)).toBe(
    "base.json is not a Terraform plan: it must be a JSON object with 'format_version', as 'terraform show -json' prints it",
  );
});

test.each([
  ["a state", { format_version: "1.0", terraform_version: "1.11.4", values: { root_module: {} } }],
  ["no state", { format_version: "1.0" }],
  ["schemas", { format_version: "1.0", provider_schemas: {} }],
  ["a validation", { format_version: "1.0", valid: true, error_count: 0, warning_count: 0, diagnostics: [] }],
])("what Terraform prints of %s is no plan without changes", (_, json) => {
  expect(refused(json)).toBe(
    "base.json is JSON of Terraform, but not of a plan: it must be what 'terraform show -json PLANFILE' prints, with the plan's file",
  );
});

test("minor versions are read, other major ones are not", () => {
  expect(["1.0", "1.2", "1.9", "1.10.3"].map((version) => refused(planJson([], { format_version: version })))).toEqual(
    Array(4).fill("read"),
  );
  const got = (version: string) => refused(planJson([], { format_version: version }));
  const text = "of Terraform's plan: only 1.x can be read; review it with a newer version of this tool";
  expect(got("2.0")).toBe(`base.json has format 2.0 ${text}`);
  expect(got("0.2")).toBe(`base.json has format 0.2 ${text}`);
  expect(got("hunter2-secret")).toBe(`base.json has a strange format ${text}`);
});

test.each([
  ["resource_changes", { secret: 1 }, "must be a list of objects, got an object"],
  ["resource_changes", "hunter2", "must be a list of objects, got a string"],
  ["resource_changes", [changeJson(), "hunter2"], "must be a list of objects, got a list with others"],
  ["resource_drift", 5, "must be a list of objects, got a number"],
  ["deferred_changes", [null], "must be a list of objects, got a list with others"],
  ["output_changes", [], "must be an object, got a list"],
])("'%s' of another type hides changes: the plan is refused", (field, value, text) => {
  expect(refused(planJson([], { [field]: value }))).toBe(`base.json is damaged: '${field}' ${text}`);
});

test("ten thousand levels are refused, a hundred are read", () => {
  const nested = (levels: number) => JSON.parse("[".repeat(levels) + "]".repeat(levels)) as unknown;
  const plan = (levels: number) => planJson([changeJson({ after: { x: nested(levels) } })]);
  expect(refused(plan(10_000))).toBe("base.json is damaged: its values are nested in more than 200 levels");
  expect(refused(plan(100))).toBe("read");
  const inText = planJson([
    changeJson({ before: { x: "old".repeat(99) }, after: { x: JSON.stringify(nested(4_000)) } }),
  ]);
  expect(stackOf(inText).changes[0]!.differences).toHaveLength(1);
});

test("a configuration of ten thousand modules within each other is read as far as anybody nests them", () => {
  const levels = Array.from({ length: 10_000 });
  const root = levels.reduce<object>((module) => ({ module_calls: { a: { module } } }), {});
  expect(refused(planJson([], { configuration: { root_module: root } }))).toBe("read");
});

test.each([
  [["create", "forget"], "replace, forget"],
  [["forget", "create"], "replace, forget"],
  [["create", "forget", "frobnicate"], "other"],
  [["frobnicate"], "other"],
  [[], "other"],
  [["delete", "forget"], "other"],
  [["update", "frobnicate"], "other"],
  [["no-op", "update"], "other"],
  [[7, null], "other"],
  ["delete", "destroy"],
  [undefined, "other"],
  [["frobnicate", "create", "delete"], "replace, create first"],
  [["delete", "frobnicate", "create"], "replace, delete first"],
])("actions %j are shown as %s, and never no changes", (actions, kind) => {
  const plan = planJson([changeJson({ actions })]);
  expect(stackOf(plan)).toMatchObject({ counts: { [kind]: 1 }, changes: [{ kind, isStateOnly: false }] });
  expect(reviewOf(plan).outcome).not.toBe("no changes");
});

test("a reason that nobody knows is named, also one that is the name of a method", () => {
  const reason = (text: string) => reviewedChange({}, { action_reason: text }).reason;
  expect(reason("replace_because_of_the_moon")).toBe("Terraform says 'replace_because_of_the_moon'");
  expect(reason("constructor")).toBe("Terraform says 'constructor'");
});

test("a change of which all is missing is shown", () => {
  expect(stackOf(planJson([{}]))).toMatchObject({
    status: "planned",
    counts: { other: 1 },
    changes: [{ address: "(no address)", kind: "other", actions: [], reason: null, differences: [] }],
  });
  expect(reviewOf(planJson([{}])).outcome).toBe("changes");
});

test("two changes of one address are told apart by the deposed object", () => {
  const { changes } = stackOf(
    planJson([changeJson({}), changeJson({ actions: ["delete"], after: null }, { deposed: "01234567" })]),
  );
  expect(changes.map(({ address, deposed, kind }) => [address, deposed, kind])).toEqual([
    ["google_pubsub_topic.events", null, "update"],
    ["google_pubsub_topic.events", "01234567", "destroy"],
  ]);
});

test.each([
  [{ id: "topics/events" }, "topics/events"],
  [{ identity: { project: "acme", name: "events" } }, '{"project":"acme","name":"events"}'],
  [{ unknown: true }, "(known after apply)"],
  [{}, "(known after apply)"],
])("an import with %j", (importing, imports) => {
  expect(reviewedChange({ actions: ["no-op"], importing })).toMatchObject({
    kind: "import",
    imports,
    isStateOnly: true,
  });
  expect(reviewedChange({ actions: ["create"], importing })).toMatchObject({ kind: "create", imports });
});

test("deferred changes are told with their reason, and are never no changes", () => {
  const deferred = [
    {
      reason: "resource_config_unknown",
      resource_change: changeJson({ actions: ["create"], before: null, after: { a: 1 } }),
    },
    { resource_change: { address: "x.y" } },
    {},
  ];
  const plan = planJson([], { deferred_changes: deferred, complete: false });
  expect(stackOf(plan)).toMatchObject({
    status: "incomplete",
    deferred: [
      { reason: "resource_config_unknown", kind: "create", address: "google_pubsub_topic.events" },
      { reason: "unknown", kind: "other", address: "x.y" },
      { reason: "unknown", kind: "other", address: "(no address)" },
    ],
  });
  expect(reviewOf({ ...plan, complete: true }).outcome).toBe("changes");
});

test("fields that nobody knows are named, where they hold something", () => {
  const change = changeJson({ actions: ["no-op"], new_thing: [1], other_thing: [] }, { colour: "red" });
  const plan = planJson([change, change], { action_invocations: [{ address: "action.a.b" }], later: {}, never: null });
  expect(stackOf(plan).unknownFields).toEqual([
    "action_invocations",
    "later",
    "resource_changes[].colour",
    "resource_changes[].change.new_thing",
  ]);
});

test.each([
  ["Terraform would apply something", { applyable: true }],
  ["an action is to be run", { action_invocations: [{ address: "action.a.b" }] }],
  ["an output is of a kind that nobody knows", { output_changes: { url: { actions: ["frobnicate"] } } }],
  ["an output is damaged", { output_changes: { url: 5 } }],
  ["the plan is incomplete", { complete: false }],
])("a plan without changed objects is a change where %s", (_, more) => {
  expect(reviewOf(planJson([], more), "nothing").outcome).toBe("changes");
});

test("a plan with errors has failed", () => {
  expect(reviewOf(planJson([], { errored: true }))).toMatchObject({
    outcome: "failed",
    stacks: [{ status: "errored" }],
  });
});

test("a plan of which all but its kind is missing has no changes", () => {
  expect(reviewOf({ format_version: "1.0", planned_values: {} }).outcome).toBe("no changes");
});

test("each instance of a check is told, and what is missing is unknown", () => {
  const checks = [
    {
      address: { kind: "resource", to_display: "a.b" },
      status: "fail",
      instances: [
        { address: { to_display: "a.b[0]" }, status: "pass" },
        { address: { to_display: "a.b[1]" }, status: "fail", problems: [{ message: "No." }, {}] },
      ],
    },
    { address: { to_display: "check.c" }, status: "error" },
    {},
    "damaged",
  ];
  expect(stackOf(planJson([], { checks })).checks).toEqual([
    { address: "a.b[0]", status: "pass", problems: [] },
    { address: "a.b[1]", status: "fail", problems: ["No.", ""] },
    { address: "check.c", status: "error", problems: [] },
    { address: "a check", status: "unknown", problems: [] },
  ]);
});
