import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ServiceAccount as GoogleServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { Construct } from "constructs";

import type { PlatformStack } from "../../constructs/platform-stack";
import { type IServiceAccount, ServiceAccount } from "../../constructs/service-account";
import { analysts } from "../support/fixtures";
import { reference, resolve, templateOf, testStack } from "../support/template";

const make = (stack: PlatformStack) =>
  new ServiceAccount(stack, "Runner", { accountId: "churn-runner", description: "Runs pipelines" });
const email = "churn-runner@acme-ml-dev.iam.gserviceaccount.com";
const origins = [
  ["made here", make, reference(GoogleServiceAccount, "name"), reference(GoogleServiceAccount, "member")],
  [
    "made elsewhere",
    (stack: PlatformStack): IServiceAccount => ServiceAccount.fromName(stack, "Runner", "churn-runner"),
    `projects/acme-ml-dev/serviceAccounts/${email}`,
    `serviceAccount:${email}`,
  ],
] as const;

test("an account is made without keys and without roles", () => {
  const template = templateOf(make);
  expect(template.counts).toEqual({ google_service_account: 1 });
  expect(template.only(GoogleServiceAccount)).toEqual({
    account_id: "churn-runner",
    display_name: "churn-runner",
    description: "Runs pipelines",
  });
});

test("grants to an account refer to it, so that they wait for it", () => {
  const stack = testStack();
  const account = make(stack);
  expect(resolve(stack, { email: account.email, member: account.member })).toEqual({
    email: reference(GoogleServiceAccount, "email"),
    member: reference(GoogleServiceAccount, "member"),
  });
});

test("an account that another stack makes is known by its id", () => {
  const account = ServiceAccount.fromName(testStack(), "Runner", "churn-runner");
  expect(account).toMatchObject({ email, member: `serviceAccount:${email}` });
});

test("an account is named after its place, without the stack", () => {
  const stack = testStack();
  const place = new Construct(stack, "Pipeline-training");
  expect(make(stack).name).toBe("Runner");
  expect(ServiceAccount.fromName(place, "Runner", "churn-runner").name).toBe("Pipeline-training-Runner");
});

test.each(origins)("acting as an account %s is granted once, on it alone", (_, accountOf, resource) => {
  const template = templateOf((stack) => {
    const account = accountOf(stack);
    account.grantActAs(analysts);
    account.grantActAs(analysts);
  });
  expect(template.only(ServiceAccountIamMember)).toEqual({
    service_account_id: resource,
    role: "roles/iam.serviceAccountUser",
    member: analysts.member,
  });
});

test.each(origins)("managing an account %s is granted once, on it alone", (_, accountOf, resource) => {
  const template = templateOf((stack) => {
    const account = accountOf(stack);
    account.grantAdministration(analysts);
    account.grantAdministration(analysts);
  });
  expect(template.only(ServiceAccountIamMember)).toEqual({
    service_account_id: resource,
    role: "roles/iam.serviceAccountAdmin",
    member: analysts.member,
  });
});

test.each(origins)("an account %s gets a role on the project once", (_, accountOf, __, member) => {
  const template = templateOf((stack) => {
    const account = accountOf(stack);
    account.grantOnProject("roles/aiplatform.user");
    account.grantOnProject("roles/aiplatform.user");
  });
  expect(template.only(ProjectIamMember)).toEqual({ project: "acme-ml-dev", role: "roles/aiplatform.user", member });
});

test("roles on the project are grants of their own", () => {
  const template = templateOf((stack) => {
    const account = make(stack);
    account.grantOnProject("roles/bigquery.jobUser");
    account.grantOnProject("roles/logging.logWriter");
  });
  expect(template.counts).toEqual({ google_service_account: 1, google_project_iam_member: 2 });
});
