/*
 * What Vertex AI scales the replicas of a deployed model by.
 * Source: message AutoscalingMetricSpec of google/cloud/aiplatform/v1/machine_resources.proto, which lists these three; units and
 * defaults: page "Scale inference nodes by using autoscaling", read 2026-11. The page has previews besides (DCGM, vLLM, Pub/Sub), left
 * out here. The comment in the proto calls every target a percentage; the page, and Google's SDK for Python, say requests per minute.
 *
 * Not certain: whether a metric that is not named counts at 60 percent where another is named. The comment in the proto says so, the
 * page says that a deployment configured for CPU alone does not scale with its GPU.
 */

/** A target in Vertex AI's terms. */
export interface AutoscalingMetricSpec {
  readonly metricName: string;
  readonly target: number;
}

/** Metrics as Vertex AI names them, by the platform's name of a target for them. */
const autoscalingMetrics = {
  cpuUtilization: "aiplatform.googleapis.com/prediction/online/cpu/utilization",
  acceleratorDutyCycle: "aiplatform.googleapis.com/prediction/online/accelerator/duty_cycle",
  requestCountPerMinute: "aiplatform.googleapis.com/prediction/online/request_count",
} as const;

export type AutoscalingTarget = keyof typeof autoscalingMetrics;

/** Targets as a deployment names them, at most one for each metric. */
export function autoscalingMetricSpecs(
  targets: Readonly<Partial<Record<AutoscalingTarget, number | undefined>>>,
): AutoscalingMetricSpec[] {
  return Object.entries(autoscalingMetrics).flatMap(([name, metricName]) => {
    const target = targets[name as AutoscalingTarget];
    return target === undefined ? [] : [{ metricName, target }];
  });
}
