import {
  change,
  forgotten,
  replacedAndForgotten,
  found,
  replaced,
  replacedCreateFirst,
  stackOf,
  testRule,
  unchanged,
} from "../support/planned";

testRule(
  "data/destroyed",
  [
    ["google_bigquery_dataset", { dataset_id: "raw" }, null, "critical: a dataset with its tables is destroyed"],
    [
      "google_storage_bucket",
      { location: "EU" },
      { location: "US" },
      replaced,
      "critical: a bucket is destroyed, and made again empty",
    ],
    [
      "google_kms_crypto_key",
      { name: "k" },
      null,
      { deposed: "0a" },
      "critical: an encryption key: what it encrypted cannot be read any longer is destroyed",
    ],
  ],
  [
    ["google_bigquery_dataset", { dataset_id: "raw" }, null, forgotten],
    ["google_bigquery_dataset", { description: "a" }, { description: "b" }],
    ["google_bigquery_dataset", null, { dataset_id: "raw" }],
    ["google_bigquery_dataset", { dataset_id: "raw" }, null, { mode: "data" }],
  ],
);

testRule(
  "data/forgotten",
  [
    [
      "google_storage_bucket",
      { name: "a" },
      null,
      forgotten,
      "high: a bucket stays where it is, and Terraform forgets it",
    ],
    [
      "google_storage_bucket",
      { name: "a" },
      { name: "b" },
      replacedAndForgotten,
      "high: a bucket stays where it is, Terraform forgets it, and makes another beside it",
    ],
  ],
  [
    ["google_storage_bucket", { name: "a" }, null],
    ["google_monitoring_dashboard", { id: "a" }, null, forgotten],
  ],
);

testRule(
  "serving/destroyed",
  [
    ["google_vertex_ai_endpoint", { name: "1" }, null, "high: a prediction endpoint is destroyed"],
    [
      "google_cloud_run_v2_service",
      { location: "a" },
      { location: "b" },
      replaced,
      "high: a Cloud Run service is destroyed, and made again after that: there is a gap",
    ],
    [
      "google_dns_record_set",
      { name: "a." },
      { name: "b." },
      replacedCreateFirst,
      "medium: a DNS record is destroyed, and made again before that",
    ],
  ],
  [
    ["google_vertex_ai_endpoint", { display_name: "a" }, { display_name: "b" }],
    ["google_monitoring_dashboard", { id: "a" }, null],
  ],
);

testRule(
  "serving/work-stops",
  [
    ["google_cloud_scheduler_job", { schedule: "0 3 * * 1" }, null, "medium: a schedule is destroyed"],
    [
      "google_dataflow_flex_template_job",
      { region: "a" },
      { region: "b" },
      replaced,
      "medium: a Dataflow job is destroyed, and made again",
    ],
  ],
  [["google_cloud_scheduler_job", { schedule: "0 3 * * 1" }, { schedule: "0 4 * * 1" }]],
);

testRule(
  "serving/address-changes",
  [
    [
      "google_vertex_ai_endpoint",
      { name: "1", dedicated_endpoint_enabled: false },
      { name: "1", dedicated_endpoint_enabled: true },
      "high: 'dedicated_endpoint_enabled' changes from false to true",
    ],
    ["google_vertex_ai_endpoint", { name: "1" }, { name: "2" }, replaced, `high: 'name' changes from "1" to "2"`],
  ],
  [
    ["google_vertex_ai_endpoint", { display_name: "a" }, { display_name: "b" }],
    ["google_vertex_ai_endpoint", null, { name: "1", dedicated_endpoint_enabled: true }],
  ],
);

testRule(
  "object/destroyed",
  [
    ["google_project_iam_custom_role", { role_id: "a" }, null, "medium: it is destroyed"],
    ["google_storage_bucket_iam_member", { role: "a" }, null, "low: it is destroyed"],
    [
      "google_project_iam_custom_role",
      { role_id: "a" },
      { role_id: "b" },
      replacedCreateFirst,
      "low: it is destroyed, and made again",
    ],
  ],
  [
    ["google_storage_bucket", { name: "a" }, null],
    ["google_vertex_ai_endpoint", { name: "a" }, null],
    ["google_project_iam_custom_role", { title: "a" }, { title: "b" }],
  ],
);

testRule(
  "object/deposed",
  [
    [
      "google_compute_disk",
      { name: "a" },
      null,
      { deposed: "0a1b" },
      "high: the object that an earlier apply replaced is destroyed now",
    ],
    [
      "google_monitoring_dashboard",
      { id: "a" },
      null,
      { deposed: "0a1b" },
      "medium: the object that an earlier apply replaced is destroyed now",
    ],
  ],
  [["google_compute_disk", { name: "a" }, null]],
);

describe("object/everything-destroyed", () => {
  const gone = (name: string) => change("google_pubsub_topic", { name }, null, { name });

  test("finds a stack of which nothing remains", () => {
    expect(found("object/everything-destroyed", stackOf([gone("a"), gone("b")]))).toEqual([
      "critical dev-churn-serving: all 2 objects of the stack are destroyed or forgotten, and none remains",
    ]);
  });

  test("passes a stack of which something remains, and one that has nothing", () => {
    const kept = unchanged("google_pubsub_topic", { name: "c" }, { name: "c" });
    expect(found("object/everything-destroyed", stackOf([gone("a"), gone("b"), kept]))).toEqual([]);
    expect(found("object/everything-destroyed", stackOf([]))).toEqual([]);
  });
});
