import { KmsKeyRing } from "@cdktf/provider-google/lib/kms-key-ring";

import { KeyRing } from "../../constructs/key-ring";
import { reference, resolve, templateOf, testStack } from "../support/template";

const api = { fqn: "google_project_service.cloudkms" };

test("a key ring is in the environment's region and waits for its service", () => {
  const template = templateOf((stack) => new KeyRing(stack, "Keys", { keyRingName: "platform", dependsOn: [api] }));
  expect(template.counts).toEqual({ google_kms_key_ring: 1 });
  expect(template.only(KmsKeyRing)).toEqual({ name: "platform", location: "europe-west4", depends_on: [api.fqn] });
});

test("keys refer to the ring, so that they wait for it", () => {
  const stack = testStack();
  const { keyRingId } = new KeyRing(stack, "Keys", { keyRingName: "platform", dependsOn: [] });
  expect(resolve(stack, keyRingId)).toEqual(reference(KmsKeyRing, "id"));
});
