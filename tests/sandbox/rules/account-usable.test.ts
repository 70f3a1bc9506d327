import { accountUsable } from "../../../tools/sandbox/rules/account-usable";
import { creation, grantOn, worldOf } from "../support/world";

const email = "runner@other.iam.gserviceaccount.com";
const account = `projects/other/serviceAccounts/${email}`;
const accountExists = `google_service_account ${account}`;
const agent = "service-123456789012@serverless-robot-prod.iam.gserviceaccount.com";
const service = creation("google_cloud_run_v2_service", "projects/acme/locations/europe-west4/services/api", {
  template: [{ service_account: email }],
});
const job = (service_account_email: string) =>
  creation("google_cloud_scheduler_job", "projects/acme/locations/europe-west4/jobs/train", {
    http_target: [{ oauth_token: [{ service_account_email }] }],
  });

test("an account of another project runs nothing without a grant for the service's agent", () => {
  expect(accountUsable.check(service, worldOf(accountExists))).toEqual({
    error:
      "Error creating Service: googleapi: Error 403: Google Cloud Run Service Agent does not have permission to get access tokens " +
      `for the service account ${email}. Please give ${agent} permission iam.serviceAccounts.getAccessToken on the service ` +
      "account. Alternatively, if the service account is unspecified or in the same project you are deploying in, ensure that the " +
      "Service Agent is assigned the Google Cloud Run Service Agent role roles/run.serviceAgent.",
    remedy:
      `'template.0.service_account' is used by ${agent}: grant it roles/iam.serviceAccountTokenCreator with a ` +
      "google_service_account_iam_member, applied before this resource.",
  });
  const grant = grantOn(
    "google_service_account",
    account,
    "roles/iam.serviceAccountTokenCreator",
    `serviceAccount:${agent}`,
  );
  expect(accountUsable.check(service, worldOf(accountExists, grant))).toBeUndefined();
});

test("Cloud Scheduler takes accounts of its own project alone", () => {
  expect(accountUsable.check(job(email), worldOf(accountExists))).toEqual({
    error:
      "Error creating Job: googleapi: Error 403: The principal (user or service account) lacks IAM permission " +
      `"iam.serviceAccounts.actAs" for the resource "${email}" (or the resource may not exist).`,
    remedy:
      "'http_target.0.oauth_token.0.service_account_email' must be a service account of project 'acme', got one of 'other'.",
  });
  expect(accountUsable.check(job("runner@acme.iam.gserviceaccount.com"), worldOf(accountExists))).toBeUndefined();
});

test("an account that the sandbox does not hold is taken to be usable", () => {
  expect(accountUsable.check(service, worldOf())).toBeUndefined();
});
