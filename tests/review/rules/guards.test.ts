import { replaced, testRule } from "../support/planned";

const unknown = (after: object) => ({ change: { after_unknown: after } });

testRule(
  "guard/deletion-protection-off",
  [
    [
      "google_cloud_run_v2_service",
      { deletion_protection: true },
      { deletion_protection: false },
      "high: 'deletion_protection' changes from true to false",
    ],
    [
      "google_bigtable_table",
      { deletion_protection: "PROTECTED" },
      { deletion_protection: "UNPROTECTED" },
      `high: 'deletion_protection' changes from "PROTECTED" to "UNPROTECTED"`,
    ],
    [
      "google_sql_database_instance",
      { settings: [{ deletion_protection_enabled: true }] },
      { settings: [{ deletion_protection_enabled: null }] },
      "high: 'settings.deletion_protection_enabled' changes from true to nothing",
    ],
    [
      "google_workflows_workflow",
      { deletion_protection: true },
      {},
      unknown({ deletion_protection: true }),
      "medium: 'deletion_protection' was true, and is known after apply only",
    ],
    [
      "google_firestore_database",
      { delete_protection_state: "DELETE_PROTECTION_ENABLED" },
      { delete_protection_state: "DELETE_PROTECTION_DISABLED" },
      `high: 'delete_protection_state' changes from "DELETE_PROTECTION_ENABLED" to "DELETE_PROTECTION_DISABLED"`,
    ],
  ],
  [
    ["google_cloud_run_v2_service", { deletion_protection: false }, { deletion_protection: true }],
    ["google_cloud_run_v2_service", null, { deletion_protection: false }],
    ["google_cloud_run_v2_service", { deletion_protection: false }, {}, unknown({ deletion_protection: true })],
  ],
);

testRule(
  "guard/deletion-forced",
  [
    [
      "google_storage_bucket",
      { force_destroy: false },
      { force_destroy: true },
      "high: 'force_destroy' changes from false to true",
    ],
    [
      "google_bigquery_dataset",
      { delete_contents_on_destroy: null },
      { delete_contents_on_destroy: true },
      "high: 'delete_contents_on_destroy' changes from nothing to true",
    ],
    [
      "google_project_service",
      { disable_on_destroy: false },
      { disable_on_destroy: true },
      "medium: 'disable_on_destroy' changes from false to true",
    ],
  ],
  [
    ["google_storage_bucket", { force_destroy: true }, { force_destroy: false }],
    ["google_storage_bucket", null, { force_destroy: true }],
  ],
);

testRule(
  "guard/deletion-policy",
  [
    [
      "google_service_networking_connection",
      { deletion_policy: "ABANDON" },
      { deletion_policy: "DELETE" },
      `high: 'deletion_policy' changes from "ABANDON" to "DELETE"`,
    ],
    [
      "google_sql_database",
      { deletion_policy: "DELETE" },
      { deletion_policy: "ABANDON" },
      `medium: 'deletion_policy' changes from "DELETE" to "ABANDON"`,
    ],
  ],
  [["google_sql_database", { deletion_policy: "DELETE" }, { deletion_policy: "DELETE", name: "a" }]],
);

testRule(
  "guard/versions-off",
  [
    [
      "google_storage_bucket",
      { versioning: [{ enabled: true }] },
      { versioning: [] },
      "high: 'versioning.enabled' changes from true to nothing",
    ],
  ],
  [["google_storage_bucket", { versioning: [] }, { versioning: [{ enabled: true }] }]],
);

testRule(
  "guard/recovery-shorter",
  [
    [
      "google_storage_bucket",
      { soft_delete_policy: [{ retention_duration_seconds: 604800 }] },
      { soft_delete_policy: [{ retention_duration_seconds: 0 }] },
      "high: 'soft_delete_policy.retention_duration_seconds' changes from 604800 to 0",
    ],
    [
      "google_kms_crypto_key",
      { destroy_scheduled_duration: "2592000s" },
      { destroy_scheduled_duration: "86400s" },
      replaced,
      `high: 'destroy_scheduled_duration' changes from "2592000s" to "86400s"`,
    ],
    [
      "google_bigquery_dataset",
      { max_time_travel_hours: "168" },
      { max_time_travel_hours: "48" },
      `high: 'max_time_travel_hours' changes from "168" to "48"`,
    ],
  ],
  [
    ["google_bigquery_dataset", { max_time_travel_hours: "48" }, { max_time_travel_hours: "168" }],
    ["google_bigquery_dataset", null, { max_time_travel_hours: "48" }],
  ],
);

testRule(
  "guard/backups-off",
  [
    [
      "google_sql_database_instance",
      { settings: [{ backup_configuration: [{ enabled: true, point_in_time_recovery_enabled: true }] }] },
      { settings: [{ backup_configuration: [{ enabled: false, point_in_time_recovery_enabled: true }] }] },
      "high: 'settings.backup_configuration.enabled' changes from true to false",
    ],
  ],
  [
    [
      "google_sql_database_instance",
      { settings: [{ backup_configuration: [{ enabled: false }] }] },
      { settings: [{ backup_configuration: [{ enabled: true }] }] },
    ],
  ],
);

const key = "projects/acme/locations/europe-west4/keyRings/ml/cryptoKeys/storage";

testRule(
  "keys/changed",
  [
    [
      "google_storage_bucket",
      { encryption: [{ default_kms_key_name: key }] },
      { encryption: [] },
      `high: 'encryption.default_kms_key_name' changes from "${key}" to nothing`,
    ],
    [
      "google_vertex_ai_endpoint",
      { encryption_spec: [{ kms_key_name: key }] },
      { encryption_spec: [{ kms_key_name: "k2" }] },
      replaced,
      `medium: 'encryption_spec.kms_key_name' changes from "${key}" to "k2"`,
    ],
  ],
  [
    ["google_storage_bucket", { encryption: [] }, { encryption: [{ default_kms_key_name: key }] }],
    ["google_pubsub_topic", { kms_key_name: key, labels: {} }, { kms_key_name: key, labels: { a: "b" } }],
  ],
);

testRule(
  "keys/rotation-slower",
  [
    [
      "google_kms_crypto_key",
      { rotation_period: "7776000s" },
      { rotation_period: "31536000s" },
      `medium: 'rotation_period' changes from "7776000s" to "31536000s"`,
    ],
    [
      "google_kms_crypto_key",
      { rotation_period: "7776000s" },
      { rotation_period: null },
      `medium: 'rotation_period' changes from "7776000s" to nothing`,
    ],
  ],
  [["google_kms_crypto_key", { rotation_period: "7776000s" }, { rotation_period: "86400s" }]],
);

testRule(
  "keys/disabled",
  [
    [
      "google_secret_manager_secret_version",
      { enabled: true },
      { enabled: false },
      "high: 'enabled' changes from true to false",
    ],
  ],
  [["google_secret_manager_secret_version", { enabled: false }, { enabled: true }]],
);

testRule(
  "keys/account-key",
  [
    ["google_service_account_key", null, { service_account_id: "a" }, "high: a key of a service account is made"],
    [
      "google_service_account_key",
      { service_account_id: "a" },
      { service_account_id: "b" },
      replaced,
      "high: a new key of a service account takes the place of the old one",
    ],
  ],
  [["google_service_account_key", { service_account_id: "a" }, null]],
);

const orgRule = (rule: object) => ({
  name: "projects/acme/policies/iam.disableServiceAccountKeyCreation",
  spec: [{ rules: [rule] }],
});

testRule(
  "guard/org-policy",
  [
    [
      "google_org_policy_policy",
      orgRule({ enforce: "TRUE" }),
      null,
      "high: it is destroyed: 'iam.disableServiceAccountKeyCreation' is not forbidden here any longer",
    ],
    [
      "google_org_policy_policy",
      orgRule({ enforce: "TRUE" }),
      orgRule({ enforce: "TRUE" }),
      replaced,
      "medium: it is destroyed, and made again: in between it forbids nothing",
    ],
    [
      "google_org_policy_policy",
      orgRule({ enforce: "TRUE" }),
      orgRule({ enforce: "FALSE" }),
      `high: 'spec.rules.enforce' changes from "TRUE" to "FALSE"`,
    ],
    [
      "google_org_policy_policy",
      orgRule({ values: [{ allowed_values: ["in:eu-locations"] }] }),
      orgRule({ values: [{ allowed_values: ["in:eu-locations", "in:us-locations"] }] }),
      `high: 'spec.rules.values.allowed_values' changes from ["in:eu-locations"] to ["in:eu-locations","in:us-locations"]`,
    ],
    [
      "google_project_organization_policy",
      { constraint: "constraints/storage.publicAccessPrevention", boolean_policy: [{ enforced: true }] },
      { constraint: "constraints/storage.publicAccessPrevention", boolean_policy: [{ enforced: false }] },
      "high: 'boolean_policy.enforced' changes from true to false",
    ],
    [
      "google_project_organization_policy",
      { constraint: "constraints/gcp.resourceLocations", list_policy: [{ deny: [{ values: ["in:us-locations"] }] }] },
      { constraint: "constraints/gcp.resourceLocations", list_policy: [{ deny: [{ values: [] }] }] },
      `high: 'list_policy.deny.values' changes from ["in:us-locations"] to []`,
    ],
  ],
  [
    ["google_org_policy_policy", orgRule({ enforce: "FALSE" }), orgRule({ enforce: "TRUE" })],
    ["google_org_policy_policy", null, orgRule({ enforce: "TRUE" })],
    [
      "google_org_policy_policy",
      orgRule({ values: [{ allowed_values: ["a", "b"], denied_values: [] }] }),
      orgRule({ values: [{ allowed_values: ["a"], denied_values: ["b"] }] }),
    ],
  ],
);
