import { PubsubTopic } from "@cdktf/provider-google/lib/pubsub-topic";
import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member";
import { Construct } from "constructs";

import type { IEncryptionKey } from "./encryption-key";
import { requireRange } from "./errors";
import { type Grant, grantOnce } from "./grant";
import type { IIdentity } from "./identity";
import { PlatformStack } from "./platform-stack";

/** A Pub/Sub topic, made here or elsewhere. */
export interface ITopic {
  /** `projects/{project}/topics/{name}` */
  readonly topicId: string;

  /** Lets `identity` publish: `roles/pubsub.publisher` on this topic. Granting twice is granting once. */
  grantPublish(identity: IIdentity): Grant;
}

export interface TopicProps {
  /** Name within the project: 3 to 255 characters, starts with a letter, not with `goog`. */
  readonly topicName: string;

  /** Key that encrypts the messages at rest. */
  readonly encryptionKey: IEncryptionKey;

  /**
   * Days for which messages can be replayed, acknowledged or not: 1 to 31.
   * @default 7
   */
  readonly retentionDays?: number;

  /**
   * Pub/Sub schema (`projects/{project}/schemas/{name}`) that every message must satisfy.
   * @default - messages are not checked
   */
  readonly schemaId?: string;

  /**
   * Regions besides the environment's own in which messages may be stored.
   * @default - messages stay in the environment's region
   */
  readonly persistenceRegions?: readonly string[];
}

abstract class TopicBase extends Construct implements ITopic {
  abstract readonly topicId: string;

  grantPublish(identity: IIdentity): Grant {
    return grantOnce(
      this,
      "Publisher",
      identity,
      (id, to) => new PubsubTopicIamMember(this, id, { topic: this.topicId, role: "roles/pubsub.publisher", ...to }),
    );
  }
}

/** A topic whose messages rest encrypted with the customer's key, in the environment's region only. */
export class Topic extends TopicBase {
  /** A topic that another stack makes. */
  static fromName(scope: Construct, id: string, topicName: string): ITopic {
    const { project } = PlatformStack.of(scope).environment;

    class Import extends TopicBase {
      readonly topicId = `projects/${project}/topics/${topicName}`;
    }
    return new Import(scope, id);
  }

  readonly topicId: string;

  constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, id);
    const { retentionDays = 7, persistenceRegions = [] } = props;
    const { region } = PlatformStack.of(this).environment;
    requireRange(this, "retentionDays", retentionDays, 1, 31);

    const topic = new PubsubTopic(this, "Resource", {
      name: props.topicName,
      kmsKeyName: props.encryptionKey.keyId,
      messageRetentionDuration: `${retentionDays * 86_400}s`,
      messageStoragePolicy: { allowedPersistenceRegions: [...new Set([region, ...persistenceRegions])] },
      ...(props.schemaId && { schemaSettings: { schema: props.schemaId, encoding: "JSON" } }),
      dependsOn: props.encryptionKey.grants,
    });
    this.topicId = topic.id;
  }
}
