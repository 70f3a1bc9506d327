import type { CloudResource } from "../cloud";
import type { ProjectNumbers } from "../project";
import { isObject, text } from "../values/value";
import type { Observed, Threshold } from "./threshold";

/** An alert that has gone off: kept until it has passed. */
export interface Incident {
  readonly id: string;
  /** Name of the alert policy. */
  readonly policy: string;
  readonly condition: string;
  /** Which time series of the condition. */
  readonly series: string;
  readonly startedAt: number;
  readonly observed: Observed;
}

/**
 * What Monitoring tells of an incident, version 1.2.
 * Source: https://cloud.google.com/monitoring/support/notification-options#schema-pubsub
 */
export function notification(
  incident: Incident,
  policy: CloudResource,
  threshold: Threshold,
  numbers: ProjectNumbers,
  endedAt?: number,
): object {
  const { observed } = incident;
  const [, project = ""] = policy.id.split("/");
  const name = text(policy.values, "display_name") ?? "";
  const labels = policy.values["user_labels"];
  const group = [...Object.values(observed.resource.labels), ...Object.values(observed.metric.labels)].join(", ");
  const value = Number(observed.value.toFixed(4));
  return {
    version: "1.2",
    incident: {
      incident_id: incident.id,
      scoping_project_id: project,
      scoping_project_number: Number(numbers.of(project)),
      url: `https://console.cloud.google.com/monitoring/alerting/alerts/${incident.id}?project=${project}`,
      started_at: Math.floor(incident.startedAt / 1_000),
      ended_at: endedAt === undefined ? null : Math.floor(endedAt / 1_000),
      state: endedAt === undefined ? "open" : "closed",
      summary: `${threshold.displayName} (${group}): ${value}, the threshold is ${threshold.value}`,
      observed_value: String(value),
      threshold_value: String(threshold.value),
      resource: observed.resource,
      metric: { ...observed.metric, displayName: observed.metric.type },
      policy_name: name,
      policy_user_labels: isObject(labels) ? labels : {},
      condition_name: threshold.displayName,
      severity: text(policy.values, "severity") ?? "No severity",
    },
  };
}
