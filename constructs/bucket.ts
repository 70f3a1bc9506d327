import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { StorageNotification } from "@cdktf/provider-google/lib/storage-notification";
import { Construct } from "constructs";

import { type Condition, objectsOutside } from "./condition";
import type { IEncryptionKey } from "./encryption-key";
import { requireRange } from "./errors";
import { type Grant, grantOnce } from "./grant";
import type { IIdentity } from "./identity";
import { PlatformStack } from "./platform-stack";
import { ServiceAgent } from "./service-agent";
import type { ITopic } from "./topic";

/** A Cloud Storage bucket, made here or elsewhere. */
export interface IBucket {
  /** Name, unique in all of Google Cloud. */
  readonly bucketName: string;

  /** Lets `identity` read objects: `roles/storage.objectViewer` on this bucket. */
  grantRead(identity: IIdentity): Grant;

  /** Lets `identity` read, write and delete objects: `roles/storage.objectUser` on this bucket. */
  grantWrite(identity: IIdentity): Grant;
}

export interface BucketProps {
  /** Name, unique in all of Google Cloud: 3 to 63 lower-case letters, digits and hyphens; starts with the project id. */
  readonly bucketName: string;

  /** Key that encrypts the objects at rest. */
  readonly encryptionKey: IEncryptionKey;

  /**
   * Days after which an object is deleted, with its older versions: 1 to 3650.
   * @default - objects are kept until somebody deletes them
   */
  readonly deleteAfterDays?: number;

  /**
   * Versions of an object that are kept besides the newest.
   * @default 3
   */
  readonly olderVersions?: number;

  /**
   * Days for which older versions are kept however many there are: 1 to 3650.
   * @default - no longer than their number allows
   */
  readonly olderVersionsDays?: number;

  /**
   * Days for which what is deleted for good can be restored: 7 to 90.
   * @default 7
   */
  readonly restorableDays?: number;

  /**
   * Refuses every plan that destroys the bucket.
   * @default - as the environment says: a protected bucket is not destroyed with objects in it
   */
  readonly deletionProtection?: true;
}

abstract class BucketBase extends Construct implements IBucket {
  abstract readonly bucketName: string;

  grantRead(identity: IIdentity): Grant {
    return this.grant("Reader", "roles/storage.objectViewer", identity);
  }

  grantWrite(identity: IIdentity): Grant {
    return this.grant("Writer", "roles/storage.objectUser", identity);
  }

  /**
   * Lets `identity` read and write all objects but those of a folder.
   * @param folder path without a slash at its end
   */
  grantWriteOutside(folder: string, identity: IIdentity): Grant {
    return this.grant("Writer", "roles/storage.objectUser", identity, objectsOutside(folder));
  }

  private grant(id: string, role: string, identity: IIdentity, condition?: Condition): Grant {
    return grantOnce(
      this,
      id,
      identity,
      (grantId, to) =>
        new StorageBucketIamMember(this, grantId, {
          bucket: this.bucketName,
          role,
          ...to,
          ...(condition && { condition }),
        }),
    );
  }
}

/**
 * A bucket that nobody can make public, in the environment's region, encrypted with the customer's key. Older versions of an
 * overwritten object are kept, deleted ones can be restored.
 */
export class Bucket extends BucketBase {
  /** A bucket that another stack makes. */
  static fromName(scope: Construct, id: string, bucketName: string): IBucket {
    class Import extends BucketBase {
      readonly bucketName = bucketName;
    }
    return new Import(scope, id);
  }

  readonly bucketName: string;

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    const { deleteAfterDays, olderVersions = 3, olderVersionsDays, restorableDays = 7 } = props;
    const { region, deletionProtection } = PlatformStack.of(this).environment;
    requireRange(this, "restorableDays", restorableDays, 7, 90);
    if (olderVersionsDays !== undefined) {
      requireRange(this, "olderVersionsDays", olderVersionsDays, 1, 3650);
    }
    if (deleteAfterDays !== undefined) {
      requireRange(this, "deleteAfterDays", deleteAfterDays, 1, 3650);
    }

    const bucket = new StorageBucket(this, "Resource", {
      name: props.bucketName,
      location: region.toUpperCase(),
      storageClass: "STANDARD",
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      forceDestroy: !(props.deletionProtection ?? deletionProtection),
      encryption: { defaultKmsKeyName: props.encryptionKey.keyId },
      versioning: { enabled: true },
      softDeletePolicy: { retentionDurationSeconds: restorableDays * 86_400 },
      lifecycleRule: [
        {
          action: { type: "Delete" },
          condition: {
            numNewerVersions: olderVersions,
            withState: "ARCHIVED",
            ...(olderVersionsDays !== undefined && { daysSinceNoncurrentTime: olderVersionsDays }),
          },
        },
        { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
        ...(deleteAfterDays === undefined
          ? []
          : [{ action: { type: "Delete" }, condition: { age: deleteAfterDays, withState: "ANY" } }]),
      ],
      ...(props.deletionProtection && { lifecycle: { preventDestroy: true } }),
      dependsOn: props.encryptionKey.grants,
    });
    this.bucketName = bucket.name;
  }

  /** Announces every new object below `prefix` on `topic`, as JSON; Cloud Storage's agent gets to publish there. */
  announceTo(topic: ITopic, prefix: string): void {
    new StorageNotification(this, "Notification", {
      bucket: this.bucketName,
      topic: topic.topicId,
      payloadFormat: "JSON_API_V1",
      eventTypes: ["OBJECT_FINALIZE"],
      objectNamePrefix: prefix,
      dependsOn: [topic.grantPublish(ServiceAgent.of(this, "storage"))],
    });
  }
}
