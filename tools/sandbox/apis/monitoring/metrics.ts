import { type Context, minute } from "../context";
import type { Fields, Filter } from "./filter";
import type { Histogram } from "./histogram";
import { hoursBetween, type Hour, type Minute } from "./series";

export type Kind = "DELTA" | "GAUGE";
export type ValueType = "INT64" | "DOUBLE" | "DISTRIBUTION";

export interface Point {
  readonly start: number;
  readonly end: number;
  readonly value: number | Histogram;
}

export interface Series {
  readonly metric: string;
  readonly resource: string;
  /** As filters and `groupByFields` name them. */
  readonly labels: Fields;
  readonly kind: Kind;
  readonly valueType: ValueType;
  /** Oldest first. */
  readonly points: readonly Point[];
}

interface Metric {
  readonly kind: Kind;
  readonly valueType: ValueType;
  /** Values of one minute with the labels that they add. */
  readonly values: (minute: Minute) => readonly (readonly [labels: Fields, value: number | Histogram])[];
}

const prefix = "aiplatform.googleapis.com/prediction/online/";
export const endpointResource = "aiplatform.googleapis.com/Endpoint";

const isError = ([code]: readonly [string, number]) => code === "4xx" || code === "5xx";

/** Source: https://cloud.google.com/monitoring/api/metrics_gcp_a_b */
export const metrics: Readonly<Record<string, Metric>> = {
  [`${prefix}response_count`]: {
    kind: "DELTA",
    valueType: "INT64",
    values: ({ responses }) =>
      Object.entries(responses).map(([code, count]) => [{ "metric.labels.response_code": code }, count]),
  },
  [`${prefix}error_count`]: {
    kind: "DELTA",
    valueType: "INT64",
    values: ({ responses }) => {
      const errors = Object.entries(responses).filter(isError);
      return errors.length === 0 ? [] : [[{}, errors.reduce((sum, [, count]) => sum + count, 0)]];
    },
  },
  [`${prefix}prediction_count`]: {
    kind: "DELTA",
    valueType: "INT64",
    values: ({ predictions, responses }) => (Object.keys(responses).length === 0 ? [] : [[{}, predictions]]),
  },
  [`${prefix}prediction_latencies`]: {
    kind: "DELTA",
    valueType: "DISTRIBUTION",
    values: ({ latencies }) =>
      Object.entries(latencies).map(([type, histogram]) => [{ "metric.labels.latency_type": type }, histogram]),
  },
  [`${prefix}replicas`]: {
    kind: "GAUGE",
    valueType: "INT64",
    values: ({ replicas }) => (replicas === undefined ? [] : [[{}, replicas]]),
  },
};

/** Time series of a metric in a project that fit a filter, with the points that end after `from` and not after `to`. */
export function seriesOf(
  context: Context,
  project: string,
  name: string,
  filter: Filter,
  from: number,
  to: number,
): Series[] {
  const metric = metrics[name]!;
  const { kind, valueType } = metric;
  const found = new Map<string, { series: Omit<Series, "points">; points: Point[] } | undefined>();
  for (const hour of hoursBetween(context, `projects/${project}/`, from - minute, to)) {
    for (const [start, done] of Object.entries(hour.minutes)) {
      const end = Number(start) + minute;
      if (end <= from || end > to) {
        continue;
      }
      for (const [added, value] of metric.values(done)) {
        const key = [hour.endpoint, hour.deployedModelId, ...Object.values(added)].join(" ");
        if (!found.has(key)) {
          const labels = { ...labelsOf(context, project, name, hour), ...added };
          const series = { metric: name, resource: endpointResource, labels, kind, valueType };
          found.set(key, filter(labels) ? { series, points: [] } : undefined);
        }
        found.get(key)?.points.push({ start: kind === "GAUGE" ? end : Number(start), end, value });
      }
    }
  }
  return [...found.values()].flatMap((each) => (each ? [{ ...each.series, points: each.points }] : []));
}

function labelsOf({ numbers }: Context, project: string, metric: string, hour: Hour): Fields {
  const [, , , location = "", , endpoint = ""] = hour.endpoint.split("/");
  return {
    "metric.type": metric,
    "resource.type": endpointResource,
    "metric.labels.deployed_model_id": hour.deployedModelId,
    "metric.labels.model_display_name": hour.modelDisplayName,
    "metric.labels.endpoint_display_name": hour.endpointDisplayName,
    "metric.labels.spot": "false",
    "resource.labels.resource_container": numbers.of(project),
    "resource.labels.location": location,
    "resource.labels.endpoint_id": endpoint,
  };
}
