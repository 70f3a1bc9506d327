import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { requireRange } from "./errors";
import { grantOnce } from "./grant";
import type { IIdentity } from "./identity";
import type { IKeyRing } from "./key-ring";
import { PlatformStack } from "./platform-stack";

/** A Cloud KMS key. */
export interface IEncryptionKey {
  /** `projects/{project}/locations/{location}/keyRings/{ring}/cryptoKeys/{key}` */
  readonly keyId: string;

  /** Grants to service agents that must exist before the key is used; none where another stack makes the key. */
  readonly grants: ITerraformDependable[];
}

export interface EncryptionKeyProps {
  /** Name within the ring. */
  readonly keyName: string;

  readonly keyRing: IKeyRing;

  /** Who encrypts and decrypts with the key: `roles/cloudkms.cryptoKeyEncrypterDecrypter` on this key alone. */
  readonly users: readonly IIdentity[];

  /**
   * Days after which the key gets a new primary version: 1 to 365.
   * @default 90
   */
  readonly rotationDays?: number;

  /**
   * Refuses every plan that destroys the key.
   * @default - as the environment says
   */
  readonly deletionProtection?: true;
}

/**
 * A symmetric key that rotates and can be used by the service agents it names. Google never forgets a key's name:
 * Terraform only schedules its versions for destruction, 30 days ahead.
 */
export class EncryptionKey extends Construct implements IEncryptionKey {
  /** A key that another stack makes, with its grants. */
  static fromName(scope: Construct, keyRing: string, keyName: string): IEncryptionKey {
    const { project, region } = PlatformStack.of(scope).environment;
    return {
      keyId: `projects/${project}/locations/${region}/keyRings/${keyRing}/cryptoKeys/${keyName}`,
      grants: [],
    };
  }

  readonly keyId: string;
  readonly grants: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { rotationDays = 90 } = props;
    const protect = props.deletionProtection ?? PlatformStack.of(this).environment.deletionProtection;
    requireRange(this, "rotationDays", rotationDays, 1, 365);

    const key = new KmsCryptoKey(this, "Resource", {
      name: props.keyName,
      keyRing: props.keyRing.keyRingId,
      purpose: "ENCRYPT_DECRYPT",
      rotationPeriod: `${rotationDays * 86_400}s`,
      destroyScheduledDuration: `${30 * 86_400}s`,
      versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "SOFTWARE" },
      ...(protect && { lifecycle: { preventDestroy: true } }),
    });
    this.keyId = key.id;
    this.grants = props.users.map((user) =>
      grantOnce(
        this,
        "User",
        user,
        (grantId, to) =>
          new KmsCryptoKeyIamMember(this, grantId, {
            cryptoKeyId: key.id,
            role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
            ...to,
          }),
      ),
    );
  }
}
