import type { Policy } from "../policy";

export const noAccountKeys: Policy = {
  id: "iam/no-account-keys",
  kind: "security",
  types: ["google_service_account_key", "google_storage_hmac_key"],
  why: "A key is a password that never expires, and Terraform keeps it in its state.",
  controls: ["CIS GCP 1.4", "NIST 800-53 IA-5"],
  check: () =>
    "service accounts must not have keys: let the workload act as the account, or use workload identity federation",
};
