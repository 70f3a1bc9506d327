/*
 * Roles and permissions that give more than they seem to. Source: IAM documentation, pages "Basic and predefined roles", "Roles for
 * service account authentication", "Service account impersonation" and "Service agents"; Rhino Security Labs, "Privilege
 * escalation in Google Cloud Platform" for permissions by which somebody gets more; read 2026-11.
 */

/** Roles that are worth a look wherever they are granted: those that hand out access, or hold nearly everything. */
const broad: ReadonlySet<string> = new Set([
  "roles/owner",
  "roles/editor",
  "roles/accesscontextmanager.policyEditor",
  "roles/bigquery.dataOwner",
  "roles/cloudbuild.builds.editor",
  "roles/cloudkms.cryptoOperator",
  "roles/deploymentmanager.editor",
  "roles/iam.roleAdministrator",
  "roles/iam.organizationRoleAdmin",
  "roles/iam.securityAdmin",
  "roles/iam.workloadIdentityPoolAdmin",
  "roles/orgpolicy.policyAdmin",
  "roles/resourcemanager.projectMover",
  "roles/storage.legacyBucketOwner",
  "roles/storage.legacyObjectOwner",
]);

/** Roles by which a member acts as a service account, with all that the account may do. */
const impersonating: ReadonlySet<string> = new Set([
  "roles/iam.serviceAccountKeyAdmin",
  "roles/iam.serviceAccountOpenIdTokenCreator",
  "roles/iam.serviceAccountTokenCreator",
  "roles/iam.serviceAccountUser",
  "roles/iam.workloadIdentityUser",
]);

/** Whether a role lets its holder administer something, or is broad in another way. */
export function isBroadRole(role: string): boolean {
  return broad.has(role) || /^roles\/.*admin$/i.test(role);
}

export function isImpersonationRole(role: string): boolean {
  return impersonating.has(role);
}

/** Permissions by which a holder gets further permissions, acts as another, or takes data for good. */
export const privilegedPermissions =
  /\.(?:setIamPolicy|setIamPolicies|actAs|getAccessToken|getOpenIdToken|signBlob|signJwt|implicitDelegation)$|^iam\.(?:roles\.(?:create|update)|serviceAccountKeys\.create|denypolicies\.)|^cloudkms\.cryptoKeyVersions\.(?:useToDecrypt|destroy)$|^secretmanager\.versions\.access$|^orgpolicy\.policy\.set$|^resourcemanager\.projects\.delete$|\*/;

/** Accounts of Google's own services, which act for a project. */
export const serviceAgentMember =
  /^serviceAccount:(?:service-\d+@|cmek-p\d+@|bq-\d+@|\d+@cloudservices\.gserviceaccount\.com|[^@]+@(?:gcp-sa-[\w-]+|bigquery-encryption|compute-system|gs-project-accounts)\.iam\.gserviceaccount\.com)/;

/** Members that are everybody. */
export const publicMembers: readonly string[] = ["allUsers", "allAuthenticatedUsers"];
