import { type Context, minute, timestamp } from "../context";
import { ApiError } from "../error";
import type { Call, Routes } from "../http";
import { requireApi } from "../vertex/names";
import { aggregate, type Aggregation } from "./aggregate";
import { type Fields, parseFilter } from "./filter";
import { distribution, type Histogram } from "./histogram";
import { metrics, type Point, type Series, seriesOf, type ValueType } from "./metrics";

/** `timeSeries.list`. Source: google/monitoring/v3/metric_service.proto */
export function timeSeriesRoutes(context: Context): Routes {
  const list = (call: Call): object => {
    const project = context.numbers.idOf(call.params["project"]!);
    requireApi(context, project, "monitoring.googleapis.com", "Cloud Monitoring API");
    const filter = parseFilter(required(call, "filter"));
    const to = timeOf("interval.endTime", required(call, "interval.endTime"));
    const from = timeOf("interval.startTime", call.query.get("interval.startTime") ?? timestamp(to));
    if (from > to) {
      throw new ApiError("INVALID_ARGUMENT", "Field interval.start_time must not be after interval.end_time.");
    }
    const type = /\bmetric\.type\s*=\s*"?([\w./]+)"?/.exec(required(call, "filter"))?.[1];
    if (type === undefined || !metrics[type]) {
      throw new ApiError(
        "INVALID_ARGUMENT",
        `Field filter must name one metric with metric.type = "...": the sandbox has ${Object.keys(metrics).join(", ")}.`,
      );
    }
    const late = context.faults.of("late-metrics")?.minutes ?? 0;
    const visible = context.clock.now() - (context.durations.ingestionMinutes + late) * minute;
    const found = context.faults.of("no-metrics")
      ? []
      : seriesOf(context, project, type, filter, from, Math.min(to, visible));
    const series = aggregate(found, aggregationOf(call), to).filter(({ points }) => points.length > 0);
    return { ...(series.length > 0 && { timeSeries: series.map(render) }), unit: unitOf(type) };
  };
  return { "GET /v3/projects/{project}/timeSeries": list };
}

function required(call: Call, name: string): string {
  const value = call.query.get(name);
  if (value === null || value === "") {
    throw new ApiError("INVALID_ARGUMENT", `Field ${name} had an invalid value of "": it is required.`);
  }
  return value;
}

function timeOf(name: string, text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    throw new ApiError(
      "INVALID_ARGUMENT",
      `Field ${name} had an invalid value of "${text}": it must be a time as of RFC 3339.`,
    );
  }
  return time;
}

function aggregationOf({ query }: Call): Aggregation {
  const unknown = [...query.keys()].find((name) => name.startsWith("secondaryAggregation") || name === "orderBy");
  if (unknown !== undefined) {
    throw new ApiError("INVALID_ARGUMENT", `The sandbox does not evaluate '${unknown}' of timeSeries.list.`);
  }
  const aligner = query.get("aggregation.perSeriesAligner") ?? "ALIGN_NONE";
  const text = query.get("aggregation.alignmentPeriod") ?? "0s";
  const periodSeconds = Number(/^(\d+)s$/.exec(text)?.[1]);
  if (aligner !== "ALIGN_NONE" && !(periodSeconds >= 60)) {
    throw new ApiError(
      "INVALID_ARGUMENT",
      `Field aggregation.alignmentPeriod had an invalid value of "${text}": it must be at least 60 seconds, such as "60s".`,
    );
  }
  return {
    periodSeconds,
    aligner,
    reducer: query.get("aggregation.crossSeriesReducer") ?? "REDUCE_NONE",
    groupBy: query.getAll("aggregation.groupByFields").map((field) => field.replace(/\.label\./, ".labels.")),
  };
}

function render({ metric, resource, labels, kind, valueType, points }: Series): object {
  return {
    metric: { type: metric, labels: labelsUnder("metric.labels.", labels) },
    resource: { type: resource, labels: labelsUnder("resource.labels.", labels) },
    metricKind: kind,
    valueType,
    points: [...points].reverse().map((point) => ({
      interval: { startTime: timestamp(point.start), endTime: timestamp(point.end) },
      value: typedValue(point, valueType),
    })),
  };
}

function labelsUnder(prefix: string, labels: Fields): Fields {
  return Object.fromEntries(
    Object.entries(labels)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

function typedValue({ value }: Point, valueType: ValueType): object {
  switch (valueType) {
    case "INT64":
      return { int64Value: String(value as number) };
    case "DOUBLE":
      return { doubleValue: value };
    case "DISTRIBUTION":
      return { distributionValue: distribution(value as Histogram) };
  }
}

function unitOf(metric: string): string {
  return metric.endsWith("latencies") ? "ms" : "1";
}
