import type { GoogleApis } from "../apis/apis";
import { minute, timestamp } from "../apis/context";
import { isObject, text, type ValueObject } from "../values/value";
import { blocksOf, textsOf } from "./blocks";

/** A time series that a condition looks at, with its value. */
export interface Observed {
  readonly metric: { readonly type: string; readonly labels: Readonly<Record<string, string>> };
  readonly resource: { readonly type: string; readonly labels: Readonly<Record<string, string>> };
  readonly value: number;
}

interface TimeSeries extends Omit<Observed, "value"> {
  readonly points: readonly {
    readonly value: { readonly doubleValue?: number; readonly int64Value?: string };
  }[];
}

const compare: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  COMPARISON_GT: (value, threshold) => value > threshold,
  COMPARISON_LT: (value, threshold) => value < threshold,
};

/** A condition of an alert policy that compares a metric, or the ratio of two, with a threshold. */
export class Threshold {
  readonly displayName: string;
  readonly value: number;
  readonly seconds: number;
  /** Whether a time series that is gone counts as one within the threshold. */
  readonly missingIsFine: boolean;

  /** @returns why the sandbox cannot evaluate the condition, where it cannot */
  static read(condition: ValueObject): Threshold | string {
    const [block] = blocksOf(condition, "condition_threshold");
    if (!block) {
      return "it has a condition other than a threshold";
    }
    const filter = text(block, "filter") ?? "";
    if (!filter.includes("metric.type")) {
      return `the filter '${filter}' names no metric`;
    }
    if (!compare[text(block, "comparison") ?? ""]) {
      return `'${text(block, "comparison") ?? ""}' is not compared`;
    }
    return new Threshold(text(condition, "display_name") ?? "", block);
  }

  private constructor(
    displayName: string,
    private readonly block: ValueObject,
  ) {
    this.displayName = displayName;
    this.value = Number(block["threshold_value"] ?? 0);
    this.seconds = Number.parseInt(text(block, "duration") ?? "0");
    this.missingIsFine = text(block, "evaluation_missing_data") === "EVALUATION_MISSING_DATA_INACTIVE";
  }

  get filter(): string {
    return text(this.block, "filter") ?? "";
  }

  isBeyond(value: number): boolean {
    return compare[text(this.block, "comparison")!]!(value, this.value);
  }

  /** What it looks at, at a time; a text where the sandbox's Monitoring refuses to say. */
  async observe(project: string, apis: Pick<GoogleApis, "handle">, now: number): Promise<Observed[] | string> {
    const of = (filter: string, aggregations: string) =>
      series(apis, project, filter, blocksOf(this.block, aggregations)[0], now);
    const parts = await of(this.filter, "aggregations");
    const denominator = text(this.block, "denominator_filter");
    if (typeof parts === "string" || denominator === undefined) {
      return parts;
    }
    const wholes = await of(denominator, "denominator_aggregations");
    if (typeof wholes === "string") {
      return wholes;
    }
    const valueOf = new Map(parts.map((part) => [keyOf(part), part.value]));
    return wholes
      .filter(({ value }) => value > 0)
      .map((whole) => ({ ...whole, value: (valueOf.get(keyOf(whole)) ?? 0) / whole.value }));
  }
}

/** A text that is the same for the same time series. */
export function keyOf({ metric, resource }: Pick<Observed, "metric" | "resource">): string {
  const sorted = (labels: Readonly<Record<string, string>>) =>
    Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sorted(metric.labels), sorted(resource.labels)]);
}

async function series(
  apis: Pick<GoogleApis, "handle">,
  project: string,
  filter: string,
  aggregation: ValueObject | undefined,
  now: number,
): Promise<Observed[] | string> {
  const period = aggregation && text(aggregation, "alignment_period");
  const query = new URLSearchParams({
    filter,
    "interval.startTime": timestamp(now - (period === undefined ? minute : Number.parseInt(period) * 1_000)),
    "interval.endTime": timestamp(now),
  });
  if (isObject(aggregation)) {
    query.set("aggregation.alignmentPeriod", period ?? "60s");
    query.set("aggregation.perSeriesAligner", text(aggregation, "per_series_aligner") ?? "ALIGN_NONE");
    query.set("aggregation.crossSeriesReducer", text(aggregation, "cross_series_reducer") ?? "REDUCE_NONE");
    textsOf(aggregation, "group_by_fields").forEach((field) => query.append("aggregation.groupByFields", field));
  }
  const url = `https://monitoring.googleapis.com/v3/projects/${project}/timeSeries?${query.toString()}`;
  const { status, body } = await apis.handle({ method: "GET", url });
  if (status !== 200) {
    return (body as { error: { message: string } }).error.message;
  }
  const { timeSeries = [] } = body as { timeSeries?: TimeSeries[] };
  return timeSeries.map(({ metric, resource, points }) => {
    const { doubleValue, int64Value } = points[0]!.value;
    return { metric, resource, value: doubleValue ?? Number(int64Value) };
  });
}
