import { join } from "node:path";

import { validateResource } from "../../../tools/sandbox/provider/validate";
import { Catalogue } from "../../../tools/sandbox/schema/catalogue";
import { shape } from "../../../tools/sandbox/values/shape";
import { UNKNOWN, type ValueObject } from "../../../tools/sandbox/values/value";

const catalogue = new Catalogue("google", join(__dirname, "../../../.sandbox/cache"));

function validate(type: string, config: ValueObject) {
  const { block } = catalogue.resource(type)!;
  return validateResource(type, block, shape(block, config));
}

test("values outside of an enum are refused, with the place", () => {
  const run = { name: "api", location: "l", template: [{ containers: [] }] };
  const traffic = (type: string) => ({ ...run, traffic: [{ percent: 100, type }] });

  expect(validate("google_cloud_run_v2_service", traffic("TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"))).toEqual([]);
  expect(validate("google_cloud_run_v2_service", traffic("LATEST"))).toEqual([
    {
      summary:
        'expected traffic.0.type to be one of ["TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST","TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION",""], ' +
        "got LATEST",
      path: ["traffic", 0, "type"],
    },
  ]);
});

test.each([
  [{ content: "a", source: "/file" }, "Invalid combination of arguments"],
  [{}, "Missing required argument"],
])("of arguments of which exactly one is wanted, %j is refused", (more, summary) => {
  expect(validate("google_storage_bucket_object", { bucket: "b", name: "n", ...more })).toMatchObject([{ summary }]);
});

test("a block that needs at least one of its arguments is refused without", () => {
  const budget = { billing_account: "b", amount: [{ last_period_amount: true }] };

  expect(validate("google_billing_budget", budget)).toEqual([]);
  expect(validate("google_billing_budget", { ...budget, all_updates_rule: [{ pubsub_topic: UNKNOWN }] })).toEqual([]);
  expect(validate("google_billing_budget", { ...budget, all_updates_rule: [{}] })).toMatchObject([
    {
      summary: "Missing required argument",
      detail:
        '"all_updates_rule": one of `all_updates_rule.monitoring_notification_channels,all_updates_rule.pubsub_topic` must be specified.',
    },
  ]);
});

test("an argument that is not known yet may still be the one", () => {
  expect(validate("google_storage_bucket_object", { bucket: "b", name: "n", content: UNKNOWN })).toEqual([]);
});

test("arguments that exclude each other are refused", () => {
  const exclusive = { push_config: [{ push_endpoint: "https://x" }], bigquery_config: [{ table: "t" }] };

  expect(validate("google_pubsub_subscription", { name: "s", topic: "t", ...exclusive })).toMatchObject([
    { summary: "Conflicting configuration arguments", path: ["bigquery_config"] },
    { summary: "Conflicting configuration arguments", path: ["push_config"] },
  ]);
});

test.each([
  "serviceAccount:a@b.iam.gserviceaccount.com",
  "group:a@b.c",
  "allUsers",
  "principalSet://iam.googleapis.com/x",
  UNKNOWN,
])("%s is a member", (member) => {
  expect(validate("google_project_iam_member", { project: "p", role: "r", member })).toEqual([]);
});

test("a deleted member is refused", () => {
  const member = "deleted:serviceAccount:a@b.iam.gserviceaccount.com?uid=1";

  expect(validate("google_project_iam_member", { project: "p", role: "r", member })).toMatchObject([
    { summary: "invalid value for member (Terraform does not support IAM members for deleted principals)" },
  ]);
});

test("a member without its kind is refused", () => {
  expect(validate("google_project_iam_member", { project: "p", role: "r", member: "a@b.c" })).toEqual([
    {
      summary:
        "invalid value for member (IAM members must have one of the values outlined here: " +
        'https://cloud.google.com/billing/docs/reference/rest/v1/Policy#Binding), got "a@b.c"',
      detail: "Write its kind before it, such as serviceAccount:name@project.iam.gserviceaccount.com.",
      path: ["member"],
    },
  ]);
});
