import { MonitoringAlertPolicy } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { Construct } from "constructs";

import type { AlertCondition } from "./alert-condition";
import type { INotificationChannel } from "./notification-channel";
import { PlatformStack } from "./platform-stack";

export interface AlertProps {
  /** What people read first. */
  readonly displayName: string;

  /** `CRITICAL` wants somebody now, `WARNING` within the day. */
  readonly severity: "CRITICAL" | "ERROR" | "WARNING";

  /** All of them must hold at once. A condition on a log entry stands alone. */
  readonly conditions: readonly AlertCondition[];

  /** What it means and what to do, as Markdown. */
  readonly documentation: string;

  /** Who is told. */
  readonly notify: INotificationChannel;

  /**
   * Labels of the alert besides those of its stack: incidents carry them.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** An alert policy that says what to do. Incidents close by themselves a day after the condition has passed. */
export class Alert extends Construct {
  constructor(scope: Construct, id: string, props: AlertProps) {
    super(scope, id);
    const matchesLog = props.conditions.some(({ config }) => config.conditionMatchedLog !== undefined);
    if (matchesLog && props.conditions.length > 1) {
      throw new Error(`${this.node.path}: a condition on a log entry must stand alone, got ${props.conditions.length}`);
    }

    new MonitoringAlertPolicy(this, "Resource", {
      displayName: props.displayName,
      combiner: props.conditions.length > 1 ? "AND" : "OR",
      severity: props.severity,
      conditions: props.conditions.map(({ config }) => config),
      notificationChannels: [props.notify.channelName],
      alertStrategy: {
        autoClose: "86400s",
        // Only conditions on log entries take a rate limit, and they need one.
        ...(matchesLog && { notificationRateLimit: { period: "300s" } }),
      },
      documentation: { content: props.documentation, mimeType: "text/markdown" },
      userLabels: { ...PlatformStack.of(this).labels, ...props.labels },
    });
  }
}
