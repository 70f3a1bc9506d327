import { VertexAiTensorboard } from "@cdktf/provider-google/lib/vertex-ai-tensorboard";
import { Construct } from "constructs";

import type { IEncryptionKey } from "./encryption-key";
import { PlatformStack } from "./platform-stack";

export interface TensorboardProps {
  readonly displayName: string;

  readonly description: string;

  /** Key that encrypts the experiments. */
  readonly encryptionKey: IEncryptionKey;
}

/** A Vertex AI TensorBoard. Google chooses its name, so only its own stack can refer to it. */
export class Tensorboard extends Construct {
  /** `projects/{number}/locations/{region}/tensorboards/{id}`, known after apply. */
  readonly tensorboardName: string;

  constructor(scope: Construct, id: string, props: TensorboardProps) {
    super(scope, id);
    const tensorboard = new VertexAiTensorboard(this, "Resource", {
      displayName: props.displayName,
      description: props.description,
      region: PlatformStack.of(this).environment.region,
      encryptionSpec: { kmsKeyName: props.encryptionKey.keyId },
      ...(PlatformStack.of(this).environment.deletionProtection && { lifecycle: { preventDestroy: true } }),
      dependsOn: props.encryptionKey.grants,
    });
    this.tensorboardName = tensorboard.name;
  }
}
