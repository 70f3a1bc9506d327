import { isObject, isMissing } from "../arguments";
import { must, valuePolicy, where } from "../checks";
import { matches, oneOf, required } from "../expected";

export const iam = valuePolicy({
  id: "iam/arguments",
  why: "The provider plans federation that lets everybody of an issuer in, which the API refuses for GitHub, and kinds of audit log that do not exist (iam v1; AuditLogConfig).",
  controls: ["NIST 800-53 AU-12", "NIST 800-53 IA-8"],
  checks: {
    google_iam_workload_identity_pool_provider: [
      must({
        attribute_condition: required(
          matches(/\S/, "a condition on who may come in, such as \"assertion.repository_owner_id == '123'\""),
        ),
      }),
      // AWS has a mapping of its own.
      where(
        (args) => isMissing(args, "aws"),
        must({
          attribute_mapping: required({
            text: "a map that has 'google.subject'",
            accepts: (value) => isObject(value) && Object.hasOwn(value, "google.subject"),
          }),
        }),
      ),
    ],
    google_project_iam_audit_config: [
      must({
        "audit_log_config.log_type": oneOf("ADMIN_READ", "DATA_READ", "DATA_WRITE"),
        service: matches(
          /^(?:allServices|[a-z0-9.-]+\.googleapis\.com)$/,
          '"allServices" or a service, such as "storage.googleapis.com"',
        ),
      }),
    ],
  },
});
