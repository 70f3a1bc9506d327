import { textOf } from "../arguments";
import type { Policy } from "../policy";

const roles = [
  "roles/iam.serviceAccountUser",
  "roles/iam.serviceAccountTokenCreator",
  "roles/iam.workloadIdentityUser",
];

export const noImpersonationOfAll: Policy = {
  id: "iam/no-impersonation-of-all",
  kind: "security",
  types: [
    "google_project_iam_member",
    "google_project_iam_binding",
    "google_folder_iam_member",
    "google_organization_iam_member",
  ],
  why: "Granted on a project, it lets the member act as every account that is in it, now and later.",
  controls: ["CIS GCP 1.6", "NIST 800-53 AC-6"],
  check: ({ role }) =>
    roles.includes(textOf(role))
      ? `'role' must not be ${textOf(role)} here: grant it on the one account that is meant`
      : undefined,
};
