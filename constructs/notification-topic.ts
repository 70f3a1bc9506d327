import { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel";
import { Construct } from "constructs";

import type { INotificationChannel } from "./notification-channel";
import { PlatformStack } from "./platform-stack";
import { ServiceAgent } from "./service-agent";
import type { ITopic } from "./topic";

export interface NotificationTopicProps {
  readonly displayName: string;

  /** Topic that incidents are published to, as JSON. Monitoring's agent gets to publish there. */
  readonly topic: ITopic;
}

/** A topic that alerts go to, for machines. Google chooses its name, so only its own stack can refer to it. */
export class NotificationTopic extends Construct implements INotificationChannel {
  readonly channelName: string;

  constructor(scope: Construct, id: string, props: NotificationTopicProps) {
    super(scope, id);
    const channel = new MonitoringNotificationChannel(this, "Resource", {
      displayName: props.displayName,
      type: "pubsub",
      labels: { topic: props.topic.topicId },
      userLabels: { ...PlatformStack.of(this).labels },
      dependsOn: [props.topic.grantPublish(ServiceAgent.of(this, "monitoring"))],
    });
    this.channelName = channel.name;
  }
}
