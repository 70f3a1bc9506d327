import { LoggingProjectBucketConfig } from "@cdktf/provider-google/lib/logging-project-bucket-config";
import { LoggingProjectSink } from "@cdktf/provider-google/lib/logging-project-sink";
import { ProjectIamAuditConfig } from "@cdktf/provider-google/lib/project-iam-audit-config";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import type { IEncryptionKey } from "./encryption-key";
import { requireRange } from "./errors";
import { PlatformStack } from "./platform-stack";

export interface AuditTrailProps {
  /** Key that encrypts the logs. */
  readonly encryptionKey: IEncryptionKey;

  /** Days for which audit logs are kept: 1 to 3650. */
  readonly retentionDays: number;

  /**
   * Locks the retention. This cannot be undone, by nobody: the bucket stays until its last entry is old enough.
   * @default true
   */
  readonly locked?: boolean;

  /** What must exist before the project's audit config is changed, such as the enabled services. */
  readonly dependsOn: ITerraformDependable[];
}

/** Who did what and who read what in the project, kept in a log bucket of its own. */
export class AuditTrail extends Construct {
  constructor(scope: Construct, id: string, props: AuditTrailProps) {
    super(scope, id);
    const { project, region } = PlatformStack.of(this).environment;
    const { retentionDays, locked = true } = props;
    requireRange(this, "retentionDays", retentionDays, 1, 3650);

    const bucket = new LoggingProjectBucketConfig(this, "Resource", {
      project,
      location: region,
      bucketId: "audit",
      description: "Audit logs",
      retentionDays,
      locked,
      cmekSettings: { kmsKeyName: props.encryptionKey.keyId },
      dependsOn: props.encryptionKey.grants,
    });
    // A sink may write to a log bucket of its own project without a grant.
    new LoggingProjectSink(this, "Sink", {
      name: "audit",
      destination: `logging.googleapis.com/${bucket.id}`,
      filter:
        'log_id("cloudaudit.googleapis.com/activity") OR log_id("cloudaudit.googleapis.com/data_access") OR log_id("cloudaudit.googleapis.com/system_event") OR log_id("cloudaudit.googleapis.com/policy")',
      uniqueWriterIdentity: true,
    });
    new ProjectIamAuditConfig(this, "DataAccess", {
      project,
      service: "allServices",
      auditLogConfig: [{ logType: "ADMIN_READ" }, { logType: "DATA_READ" }, { logType: "DATA_WRITE" }],
      dependsOn: props.dependsOn,
    });
  }
}
