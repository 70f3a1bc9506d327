import { MonitoringCustomService } from "@cdktf/provider-google/lib/monitoring-custom-service";
import { MonitoringSlo } from "@cdktf/provider-google/lib/monitoring-slo";
import { Construct } from "constructs";

import { Alert } from "./alert";
import { AlertCondition } from "./alert-condition";
import { requireRange } from "./errors";
import type { NotificationChannel } from "./notification-channel";
import { PlatformStack } from "./platform-stack";

export interface ObjectiveProps {
  /** Id of the monitored service within the project. */
  readonly serviceId: string;

  /** Full name of what is monitored, such as `//aiplatform.googleapis.com/projects/…/endpoints/…`. */
  readonly resourceName: string;

  /** Share of requests that must be good: from 0.0001 to 0.9999. */
  readonly goal: number;

  /** Days over which the share is measured: 1 to 30. */
  readonly rollingDays: number;

  /** Monitoring filter of the requests that are not good. */
  readonly badFilter: string;

  /** Monitoring filter of all requests. */
  readonly totalFilter: string;

  /** Who is told when the error budget burns. */
  readonly notify: NotificationChannel;
}

/** Multiples of the rate that just uses up the error budget: one that wants somebody now, one within the day. */
const fast = 14.4;
const slow = 6;

/**
 * Share of good requests that a service promises, with an alert for a budget that burns fast and one for a budget that burns
 * slowly. Both look at a long and a short window, so that they end soon after the trouble does.
 * Source of the rates: Google SRE workbook, "Alerting on SLOs".
 */
export class Objective extends Construct {
  constructor(scope: Construct, id: string, props: ObjectiveProps) {
    super(scope, id);
    requireRange(this, "goal", props.goal, 0.0001, 0.9999);
    requireRange(this, "rollingDays", props.rollingDays, 1, 30);
    const userLabels = { ...PlatformStack.of(this).labels };

    const service = new MonitoringCustomService(this, "Service", {
      serviceId: props.serviceId,
      displayName: props.serviceId,
      telemetry: { resourceName: props.resourceName },
      userLabels,
    });
    const objective = new MonitoringSlo(this, "Resource", {
      service: service.serviceId,
      sloId: "availability",
      displayName: `${Number((props.goal * 100).toFixed(2))} % of requests without a server error in ${props.rollingDays} days`,
      goal: props.goal,
      rollingPeriodDays: props.rollingDays,
      requestBasedSli: {
        goodTotalRatio: { badServiceFilter: props.badFilter, totalServiceFilter: props.totalFilter },
      },
      userLabels,
    });

    const burns = (rate: number, longSeconds: number, shortSeconds: number) =>
      [longSeconds, shortSeconds].map((windowSeconds) =>
        AlertCondition.burnRate({ objectiveName: objective.name, windowSeconds, above: rate }),
      );
    const lasts = (rate: number) => `${Number((props.rollingDays / rate).toFixed(1))} days`;
    new Alert(this, "FastBurn", {
      displayName: `${props.serviceId}: error budget gone within ${lasts(fast)} at this rate`,
      severity: "CRITICAL",
      conditions: burns(fast, 3600, 300),
      documentation: `\`${props.serviceId}\` fails so many requests that its error budget is gone in ${lasts(fast)}. Look at the latest rollout first.`,
      notify: props.notify,
    });
    new Alert(this, "SlowBurn", {
      displayName: `${props.serviceId}: error budget gone within ${lasts(slow)} at this rate`,
      severity: "WARNING",
      conditions: burns(slow, 21_600, 1800),
      documentation: `\`${props.serviceId}\` fails more requests than its objective allows, for hours. No need to wake anybody up.`,
      notify: props.notify,
    });
  }
}
