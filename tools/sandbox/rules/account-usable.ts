import { serviceAgent } from "../types/foundation";
import { lastSegment } from "../types/template";
import { lacks, projectPlace } from "./grants";
import { referencesOf } from "./references";
import { type Change, failure, type Rule } from "./rule";

export const accountUsable: Rule = {
  id: "account-usable",
  why:
    "What runs as a service account of another project needs a grant for its service's agent there, and Cloud Scheduler takes no " +
    "account of another project. Whether who deploys may act as an account is not known to the sandbox.",
  source:
    "https://cloud.google.com/iam/docs/attach-service-accounts#different-project, " +
    "https://github.com/GoogleCloudPlatform/terraform-google-cloud-run/issues/28, " +
    "google/cloud/scheduler/v1/target.proto (OAuthToken.service_account_email)",
  wording: "as received",
  check: (change, world) => {
    if (change.action === "delete" || change.type.endsWith("_iam_member")) {
      return undefined;
    }
    const accounts = referencesOf(change.type, change.args, change.project).filter(
      ({ type, id }) => type === "google_service_account" && !id.startsWith(`projects/${change.project}/`),
    );
    // Accounts that the sandbox does not hold are taken to be usable.
    for (const { argument, type, id } of accounts.filter((account) => world.cloud.get(account.type, account.id))) {
      const email = lastSegment(id);
      if (change.type === "google_cloud_scheduler_job") {
        return {
          error: failure(change, actAsDenied(change.type, email)),
          remedy: `'${argument}' must be a service account of project '${change.project}', got one of '${id.split("/")[1]!}'.`,
        };
      }
      const agent = agentOf(change, world.numbers.of(change.project));
      const places = [{ type, id }, projectPlace(id.split("/")[1]!)];
      const missing =
        agent === undefined ? undefined : lacks(agent, "iam.serviceAccounts.getAccessToken", places, world);
      if (agent !== undefined && missing !== undefined) {
        return {
          error: failure(
            change,
            "403: Google Cloud Run Service Agent does not have permission to get access tokens for the service account " +
              `${email}. Please give ${agent} permission iam.serviceAccounts.getAccessToken on the service account. ` +
              "Alternatively, if the service account is unspecified or in the same project you are deploying in, ensure that the " +
              "Service Agent is assigned the Google Cloud Run Service Agent role roles/run.serviceAgent.",
          ),
          remedy: `'${argument}' is used by ${agent}: ${missing.remedy}.`,
          ...(missing.passes && { passes: true }),
        };
      }
    }
    return undefined;
  },
};

/** Agents that were seen to be asked for when the resource is written; others fail when the workload starts. */
function agentOf({ type }: Change, projectNumber: string): string | undefined {
  return type.startsWith("google_cloud_run_v2_") ? serviceAgent("run.googleapis.com", projectNumber) : undefined;
}

/** How services word it that an account is not there, or not to be used by who asks: they do not tell these apart. */
export function actAsDenied(type: string, email: string): string {
  return type === "google_cloud_scheduler_job"
    ? `403: The principal (user or service account) lacks IAM permission "iam.serviceAccounts.actAs" for the resource "${email}" (or the resource may not exist).`
    : `403: Permission 'iam.serviceaccounts.actAs' denied on service account ${email} (or it may not exist).`;
}
