import { IamWorkloadIdentityPool } from "@cdktf/provider-google/lib/iam-workload-identity-pool";
import { IamWorkloadIdentityPoolProvider } from "@cdktf/provider-google/lib/iam-workload-identity-pool-provider";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";

import { GithubFederation, type GithubFederationProps } from "../../constructs/github-federation";
import type { PlatformStack } from "../../constructs/platform-stack";
import { runner } from "../support/fixtures";
import { addressOf, reference, templateOf } from "../support/template";

const props: GithubFederationProps = {
  poolId: "github",
  repositoryId: "700000001",
  ownerId: "60000001",
  branch: "main",
  environment: "dev",
  dependsOn: [{ fqn: "google_project_service.iam" }],
};
const pool = "projects/123456789012/locations/global/workloadIdentityPools/github";
const federation = (stack: PlatformStack) => new GithubFederation(stack, "GitHub", props);

test("a pool and a provider are all there is", () => {
  const template = templateOf(federation);
  expect(template.counts).toEqual({
    google_iam_workload_identity_pool: 1,
    google_iam_workload_identity_pool_provider: 1,
  });
  expect(template.only(IamWorkloadIdentityPool)).toMatchObject({
    workload_identity_pool_id: "github",
    depends_on: ["google_project_service.iam"],
  });
});

test("jobs come in by the numbers of owner and repository, from pull requests and from one branch", () => {
  expect(templateOf(federation).only(IamWorkloadIdentityPoolProvider)).toEqual({
    workload_identity_pool_id: reference(IamWorkloadIdentityPool, "workload_identity_pool_id"),
    workload_identity_pool_provider_id: "github",
    display_name: "GitHub",
    attribute_mapping: {
      "google.subject": "assertion.sub",
      "attribute.repository_id": "assertion.repository_id",
      "attribute.environment": "has(assertion.environment) ? assertion.environment : ''",
    },
    attribute_condition:
      "assertion.repository_owner_id == '60000001' && assertion.repository_id == '700000001' && " +
      "(has(assertion.environment)" +
      " ? assertion.environment == 'dev' && assertion.ref == 'refs/heads/main' && assertion.event_name in ['push', 'workflow_dispatch']" +
      " : assertion.event_name == 'pull_request' || assertion.ref == 'refs/heads/main' && assertion.event_name in ['push', 'workflow_dispatch', 'schedule'])",
    oidc: {
      issuer_uri: "https://token.actions.githubusercontent.com",
      allowed_audiences: [`https://iam.googleapis.com/${pool}/providers/github`],
    },
  });
});

type Claims = Readonly<Record<string, string>>;

/** The condition as JavaScript: its operators bind as those of the Common Expression Language do. */
function letsIn(claims: Claims): boolean {
  const { attribute_condition: condition } = templateOf(federation).only(IamWorkloadIdentityPoolProvider);
  const script = String(condition)
    .replaceAll(/has\(assertion\.(\w+)\)/g, "('$1' in assertion)")
    .replaceAll(/(assertion\.\w+) in (\[[^\]]*\])/g, "$2.includes($1)")
    .replaceAll("==", "===");
  return new Function("assertion", `return ${script};`)(claims) as boolean;
}

const ours = { repository_owner_id: "60000001", repository_id: "700000001" };
const main = { ...ours, ref: "refs/heads/main" };
const pull = { ...ours, ref: "refs/pull/7/merge", event_name: "pull_request" };

test.each<[string, Claims]>([
  ["a pull request", pull],
  ["a push to main", { ...main, event_name: "push" }],
  ["a nightly run", { ...main, event_name: "schedule" }],
  ["a deployment after a push", { ...main, event_name: "push", environment: "dev" }],
  ["a deployment by hand", { ...main, event_name: "workflow_dispatch", environment: "dev" }],
])("%s is let in", (_, claims) => {
  expect(letsIn(claims)).toBe(true);
});

test.each<[string, Claims]>([
  ["a pull request that names the environment", { ...pull, environment: "dev" }],
  ["a deployment from another branch", { ...main, ref: "refs/heads/x", event_name: "push", environment: "dev" }],
  ["a tag called main", { ...main, ref: "refs/tags/main", event_name: "push", environment: "dev" }],
  ["another environment", { ...main, event_name: "push", environment: "prod" }],
  ["a nightly deployment", { ...main, event_name: "schedule", environment: "dev" }],
  ["pull_request_target, which runs on main for anybody's code", { ...main, event_name: "pull_request_target" }],
  ["a comment", { ...main, event_name: "issue_comment" }],
  ["a run after a run", { ...main, event_name: "workflow_run" }],
  ["a push to a branch", { ...main, ref: "refs/heads/x", event_name: "push" }],
  ["a pull request of a fork's own workflow", { ...pull, repository_id: "700000002" }],
  ["a repository of the same number with another owner", { ...pull, repository_owner_id: "60000002" }],
])("%s is not", (_, claims) => {
  expect(letsIn(claims)).toBe(false);
});

test("accounts are lent to the repository's jobs, or to its deployments alone, once the provider is there", () => {
  const lent = (of: "jobs" | "deployments") =>
    templateOf((stack) => runner(stack).grantFederation(federation(stack)[of])).only(ServiceAccountIamMember);
  expect(lent("jobs")).toEqual({
    service_account_id: "projects/acme-ml-dev/serviceAccounts/churn-runner@acme-ml-dev.iam.gserviceaccount.com",
    role: "roles/iam.workloadIdentityUser",
    member: `principalSet://iam.googleapis.com/${pool}/attribute.repository_id/700000001`,
    depends_on: [addressOf(IamWorkloadIdentityPoolProvider, "GitHub_Provider")],
  });
  expect(lent("deployments")["member"]).toBe(`principalSet://iam.googleapis.com/${pool}/attribute.environment/dev`);
});
