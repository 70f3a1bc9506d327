import { KmsKeyRing } from "@cdktf/provider-google/lib/kms-key-ring";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { PlatformStack } from "./platform-stack";

/** A Cloud KMS key ring. */
export interface IKeyRing {
  /** `projects/{project}/locations/{location}/keyRings/{ring}` */
  readonly keyRingId: string;
}

export interface KeyRingProps {
  /** Name within the project and region. */
  readonly keyRingName: string;

  /** What must exist before the ring, such as the enabled service. */
  readonly dependsOn: ITerraformDependable[];
}

/** A key ring in the environment's region. Google never deletes one: `destroy` only makes Terraform forget it. */
export class KeyRing extends Construct implements IKeyRing {
  readonly keyRingId: string;

  constructor(scope: Construct, id: string, props: KeyRingProps) {
    super(scope, id);
    const ring = new KmsKeyRing(this, "Resource", {
      name: props.keyRingName,
      location: PlatformStack.of(this).environment.region,
      dependsOn: props.dependsOn,
    });
    this.keyRingId = ring.id;
  }
}
