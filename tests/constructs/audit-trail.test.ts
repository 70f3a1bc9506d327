import { LoggingProjectBucketConfig } from "@cdktf/provider-google/lib/logging-project-bucket-config";
import { LoggingProjectSink } from "@cdktf/provider-google/lib/logging-project-sink";
import { ProjectIamAuditConfig } from "@cdktf/provider-google/lib/project-iam-audit-config";

import { AuditTrail, type AuditTrailProps } from "../../constructs/audit-trail";
import { encryptionKey, keyGrant } from "../support/fixtures";
import { templateOf } from "../support/template";

const services = { fqn: "google_project_service.Services" };

const trail = (changes: Partial<AuditTrailProps> = {}) =>
  templateOf(
    (stack) => new AuditTrail(stack, "Audit", { encryptionKey, retentionDays: 400, dependsOn: [services], ...changes }),
  );

test("an audit trail is a log bucket, a sink into it, and what is logged", () => {
  expect(trail().counts).toEqual({
    google_logging_project_bucket_config: 1,
    google_logging_project_sink: 1,
    google_project_iam_audit_config: 1,
  });
});

test("the bucket is encrypted, locked, in the environment's region, and waits for the key's grants", () => {
  expect(trail().only(LoggingProjectBucketConfig)).toEqual({
    project: "acme-ml-dev",
    location: "europe-west4",
    bucket_id: "audit",
    description: "Audit logs",
    retention_days: 400,
    locked: true,
    cmek_settings: { kms_key_name: encryptionKey.keyId },
    depends_on: [keyGrant.fqn],
  });
});

test("the lock can be left open", () => {
  expect(trail({ locked: false }).only(LoggingProjectBucketConfig)).toMatchObject({ locked: false });
});

test("every kind of audit log goes to the bucket", () => {
  const { destination, filter, unique_writer_identity: unique } = trail().only(LoggingProjectSink);
  expect(destination).toMatch(/^logging\.googleapis\.com\/\$\{google_logging_project_bucket_config\.Audit_\w+\.id\}$/);
  expect(String(filter).split(" OR ")).toEqual(
    ["activity", "data_access", "system_event", "policy"].map((log) => `log_id("cloudaudit.googleapis.com/${log}")`),
  );
  expect(unique).toBe(true);
});

test("reads and writes of every service are logged, exempting nobody", () => {
  expect(trail().only(ProjectIamAuditConfig)).toEqual({
    project: "acme-ml-dev",
    service: "allServices",
    audit_log_config: [{ log_type: "ADMIN_READ" }, { log_type: "DATA_READ" }, { log_type: "DATA_WRITE" }],
    depends_on: [services.fqn],
  });
});

test.each([0, 3651])("retention of %i days is refused", (retentionDays) => {
  expect(() => trail({ retentionDays })).toThrow(
    new Error(`test/Audit: 'retentionDays' must be from 1 to 3650, got ${retentionDays}`),
  );
});
