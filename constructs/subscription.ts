import { PubsubSubscription } from "@cdktf/provider-google/lib/pubsub-subscription";
import { PubsubSubscriptionIamMember } from "@cdktf/provider-google/lib/pubsub-subscription-iam-member";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { requireRange } from "./errors";
import { type Grant, grantOnce } from "./grant";
import type { IIdentity } from "./identity";
import { ServiceAgent } from "./service-agent";
import type { Table } from "./table";
import type { ITopic } from "./topic";

/** Where messages go that could not be delivered. */
export interface DeadLetter {
  readonly topic: ITopic;

  /** Deliveries after which a message goes there: 5 to 100. */
  readonly maxDeliveryAttempts: number;
}

/** A table that a subscription writes messages to. */
export interface TableDelivery {
  readonly table: Table;

  /** Grants that let Pub/Sub's agent write to the table: the subscription cannot be made before. */
  readonly grants: ITerraformDependable[];
}

export interface SubscriptionProps {
  /** Name within the project. */
  readonly subscriptionName: string;

  readonly topic: ITopic;

  /**
   * Table that Pub/Sub writes the messages to, with their metadata.
   * @default - messages wait for a subscriber to pull them
   */
  readonly writeTo?: TableDelivery;

  /**
   * Where messages go that could not be delivered; Pub/Sub's agent gets to move them.
   * @default - messages are tried again until their retention ends
   */
  readonly deadLetter?: DeadLetter;
}

/** A subscription that keeps messages for a week, never expires, and tries again with growing pauses. */
export class Subscription extends Construct {
  /** `projects/{project}/subscriptions/{name}` */
  readonly subscriptionId: string;

  private readonly subscriptionName: string;

  constructor(scope: Construct, id: string, props: SubscriptionProps) {
    super(scope, id);
    const { deadLetter, writeTo } = props;
    if (deadLetter !== undefined) {
      requireRange(this, "maxDeliveryAttempts", deadLetter.maxDeliveryAttempts, 5, 100);
    }
    const agent = ServiceAgent.of(this, "pubsub");

    const subscription = new PubsubSubscription(this, "Resource", {
      name: props.subscriptionName,
      topic: props.topic.topicId,
      ackDeadlineSeconds: 60,
      messageRetentionDuration: `${7 * 86_400}s`,
      retainAckedMessages: false,
      expirationPolicy: { ttl: "" },
      retryPolicy: { minimumBackoff: "10s", maximumBackoff: "600s" },
      ...(writeTo && {
        bigqueryConfig: {
          table: writeTo.table.tableName,
          useTopicSchema: true,
          writeMetadata: true,
          dropUnknownFields: true,
        },
      }),
      ...(deadLetter && {
        deadLetterPolicy: {
          deadLetterTopic: deadLetter.topic.topicId,
          maxDeliveryAttempts: deadLetter.maxDeliveryAttempts,
        },
      }),
      dependsOn: [...(writeTo?.grants ?? []), ...(deadLetter ? [deadLetter.topic.grantPublish(agent)] : [])],
    });
    this.subscriptionId = subscription.id;
    this.subscriptionName = subscription.name;

    if (deadLetter) {
      this.grantConsume(agent);
    }
  }

  /** Lets `identity` receive messages: `roles/pubsub.subscriber` on this subscription. */
  grantConsume(identity: IIdentity): Grant {
    return this.grant("Subscriber", "roles/pubsub.subscriber", identity);
  }

  /** Lets `identity` look at the subscription itself: `roles/pubsub.viewer` on it. Dataflow asks for it. */
  grantView(identity: IIdentity): Grant {
    return this.grant("Viewer", "roles/pubsub.viewer", identity);
  }

  private grant(id: string, role: string, identity: IIdentity): Grant {
    return grantOnce(
      this,
      id,
      identity,
      (grantId, to) =>
        new PubsubSubscriptionIamMember(this, grantId, { subscription: this.subscriptionName, role, ...to }),
    );
  }
}
