import { VertexAiTensorboard } from "@cdktf/provider-google/lib/vertex-ai-tensorboard";

import { Tensorboard } from "../../constructs/tensorboard";
import { encryptionKey, keyGrant } from "../support/fixtures";
import { reference, resolve, templateOf, testStack } from "../support/template";

const props = { displayName: "churn", description: "Experiments", encryptionKey };

test("a TensorBoard is encrypted, in the environment's region, and waits for the key's grants", () => {
  const template = templateOf((stack) => new Tensorboard(stack, "Experiments", props));
  expect(template.counts).toEqual({ google_vertex_ai_tensorboard: 1 });
  expect(template.only(VertexAiTensorboard)).toEqual({
    display_name: "churn",
    description: "Experiments",
    region: "europe-west4",
    encryption_spec: { kms_key_name: encryptionKey.keyId },
    depends_on: [keyGrant.fqn],
  });
});

test("a protected TensorBoard cannot be destroyed", () => {
  const template = templateOf((stack) => new Tensorboard(stack, "Experiments", props), { deletionProtection: true });
  expect(template.only(VertexAiTensorboard)).toMatchObject({ lifecycle: { prevent_destroy: true } });
});

test("its stack refers to it by the name that Google gives it", () => {
  const stack = testStack();
  const { tensorboardName } = new Tensorboard(stack, "Experiments", props);
  expect(resolve(stack, tensorboardName)).toEqual(reference(VertexAiTensorboard, "name"));
});
