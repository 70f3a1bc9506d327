import { noPublicMembers } from "../../../policies/security/no-public-members";

const check = (args: Record<string, unknown>) => noPublicMembers.check(args, "google_cloud_run_v2_service_iam_member");
const role = "roles/run.invoker";

test.each([
  { role, member: "group:analysts@acme.example" },
  { role, members: ["group:analysts@acme.example", "serviceAccount:a@b.iam.gserviceaccount.com"] },
  { role, member: "${google_service_account.Runner.member}" },
  { role, members: "${var.members}" },
  { role },
])("%j passes", (args) => {
  expect(check(args)).toBeUndefined();
});

test.each(["allUsers", "allAuthenticatedUsers"])("%s is refused, alone and among others", (everybody) => {
  const message = `'${everybody}' must not get roles/run.invoker: name a group or a service account`;
  expect(check({ role, member: everybody })).toBe(message);
  expect(check({ role, members: ["group:analysts@acme.example", everybody] })).toBe(message);
});

test("what is not a grant may have members", () => {
  expect(check({ members: ["allUsers"] })).toBeUndefined();
});
