import { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { PlatformStack } from "./platform-stack";

export interface NotificationChannelProps {
  readonly displayName: string;

  /** Address that mail goes to. */
  readonly email: string;

  /**
   * What must exist before the channel, such as the enabled service.
   * @default - nothing
   */
  readonly dependsOn?: ITerraformDependable[];
}

/** What alerts go to. */
export interface INotificationChannel {
  /** `projects/{project}/notificationChannels/{id}`, known after apply. */
  readonly channelName: string;
}

/** A mail address that alerts go to. Google chooses its name, so only its own stack can refer to it. */
export class NotificationChannel extends Construct implements INotificationChannel {
  readonly channelName: string;

  constructor(scope: Construct, id: string, props: NotificationChannelProps) {
    super(scope, id);
    const channel = new MonitoringNotificationChannel(this, "Resource", {
      displayName: props.displayName,
      type: "email",
      labels: { email_address: props.email },
      userLabels: { ...PlatformStack.of(this).labels },
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
    this.channelName = channel.name;
  }
}
