import { memberExists } from "../../../tools/sandbox/rules/member-exists";
import { creation, worldOf } from "../support/world";

const runner = "projects/acme/serviceAccounts/runner@acme.iam.gserviceaccount.com";

function grant(member: string) {
  return creation("google_storage_bucket_iam_member", `b/data/roles/storage.objectViewer/${member}`, {
    bucket: "data",
    role: "roles/storage.objectViewer",
    member,
  });
}

test("a service account that does not exist cannot be granted a role", () => {
  expect(memberExists.check(grant("serviceAccount:runner@acme.iam.gserviceaccount.com"), worldOf())).toEqual({
    error:
      'Error applying IAM policy for "b/data": Error setting IAM policy for "b/data": googleapi: Error 400: Service account ' +
      "runner@acme.iam.gserviceaccount.com does not exist., badRequest",
    remedy: `Apply the stack that makes the google_service_account '${runner}' first, or make this grant depend on it.`,
  });
});

test("one that exists can", () => {
  const world = worldOf(`google_service_account ${runner}`);

  expect(memberExists.check(grant("serviceAccount:runner@acme.iam.gserviceaccount.com"), world)).toBeUndefined();
});

test.each([
  "user:someone@example.com",
  "allUsers",
  "serviceAccount:runner@other.iam.gserviceaccount.com",
  "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com",
  "serviceAccount:123456789012-compute@developer.gserviceaccount.com",
])("%s is taken to exist", (member) => {
  expect(memberExists.check(grant(member), worldOf())).toBeUndefined();
});
