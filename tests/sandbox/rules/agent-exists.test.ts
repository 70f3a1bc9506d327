import { agentExists } from "../../../tools/sandbox/rules/agent-exists";
import { creation, worldOf } from "../support/world";

const key = "projects/acme/locations/europe-west4/keyRings/ml/cryptoKeys/data";
const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

function grant(email: string) {
  const member = `serviceAccount:${email}`;
  return creation("google_kms_crypto_key_iam_member", `${key}/${role}/${member}`, { crypto_key_id: key, role, member });
}

const pubsubAgent = "service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";

test("an agent that nobody asked for cannot be granted a role", () => {
  expect(agentExists.check(grant(pubsubAgent), worldOf())).toEqual({
    error:
      `Error applying IAM policy for "${key}": Error setting IAM policy for "${key}": googleapi: Error 400: Service account ` +
      `${pubsubAgent} does not exist., badRequest`,
    remedy:
      "Ask for it with a google_project_service_identity of 'pubsub.googleapis.com' in project 'acme', applied before this grant.",
  });
});

test("one that was asked for can", () => {
  const world = worldOf("google_project_service_identity projects/acme/services/pubsub.googleapis.com");

  expect(agentExists.check(grant(pubsubAgent), world)).toBeUndefined();
});

test.each([
  "service-123456789012@compute-system.iam.gserviceaccount.com",
  "service-999999999999@gcp-sa-pubsub.iam.gserviceaccount.com",
  "runner@acme.iam.gserviceaccount.com",
])("%s is no such agent of the project", (email) => {
  expect(agentExists.check(grant(email), worldOf())).toBeUndefined();
});
