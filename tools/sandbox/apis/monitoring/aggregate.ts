import { ApiError } from "../error";
import { countOf, type Histogram, merge, percentile } from "./histogram";
import type { Kind, Point, Series, ValueType } from "./metrics";

/** Source: message Aggregation, google/monitoring/v3/common.proto */
export interface Aggregation {
  readonly periodSeconds: number;
  readonly aligner: string;
  readonly reducer: string;
  readonly groupBy: readonly string[];
}

const isHistogram = (value: number | Histogram): value is Histogram => typeof value === "object";

interface Operation {
  readonly takes: readonly ("numeric" | "DISTRIBUTION")[];
  readonly kinds: readonly Kind[];
  readonly gives: { readonly kind: Kind | "same"; readonly valueType: ValueType | "same" };
  readonly apply: (values: readonly (number | Histogram)[], seconds: number) => number | Histogram;
}

const total = (values: readonly (number | Histogram)[]): number | Histogram =>
  values.some(isHistogram) ? merge(values as Histogram[]) : (values as number[]).reduce((sum, each) => sum + each, 0);

const numbers = (values: readonly (number | Histogram)[]): number[] =>
  values.filter((value): value is number => !isHistogram(value));

/** The values of a percentile: samples of all distributions, or the numbers themselves. */
const percentileOf =
  (percent: number) =>
  (values: readonly (number | Histogram)[]): number => {
    if (values.some(isHistogram)) {
      return percentile(total(values) as Histogram, percent);
    }
    const sorted = numbers(values).sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
  };

const mean = (values: readonly (number | Histogram)[]): number => {
  if (values.some(isHistogram)) {
    const all = total(values) as Histogram;
    return countOf(all) === 0 ? 0 : all.sum / countOf(all);
  }
  return numbers(values).reduce((sum, each) => sum + each, 0) / values.length;
};

const same = { kind: "same", valueType: "same" } as const;
const double = { kind: "GAUGE", valueType: "DOUBLE" } as const;
const both = ["numeric", "DISTRIBUTION"] as const;
const anyKind = ["DELTA", "GAUGE"] as const;
const percentiles = [50, 95, 99] as const;

const aligners: Readonly<Record<string, Operation>> = {
  ALIGN_DELTA: { takes: both, kinds: ["DELTA"], gives: same, apply: total },
  ALIGN_SUM: { takes: both, kinds: anyKind, gives: same, apply: total },
  ALIGN_RATE: {
    takes: ["numeric"],
    kinds: ["DELTA"],
    gives: double,
    apply: (values, seconds) => (total(values) as number) / seconds,
  },
  ALIGN_MEAN: { takes: ["numeric"], kinds: anyKind, gives: double, apply: mean },
  ALIGN_MAX: { takes: ["numeric"], kinds: anyKind, gives: same, apply: (values) => Math.max(...numbers(values)) },
  ALIGN_MIN: { takes: ["numeric"], kinds: anyKind, gives: same, apply: (values) => Math.min(...numbers(values)) },
  ...Object.fromEntries(
    percentiles.map((percent) => [
      `ALIGN_PERCENTILE_${percent}`,
      { takes: ["DISTRIBUTION"], kinds: anyKind, gives: double, apply: percentileOf(percent) },
    ]),
  ),
};

const reducers: Readonly<Record<string, Operation>> = {
  REDUCE_SUM: { takes: both, kinds: anyKind, gives: same, apply: total },
  REDUCE_MEAN: { takes: both, kinds: anyKind, gives: { kind: "same", valueType: "DOUBLE" }, apply: mean },
  REDUCE_MAX: { takes: ["numeric"], kinds: anyKind, gives: same, apply: (values) => Math.max(...numbers(values)) },
  REDUCE_MIN: { takes: ["numeric"], kinds: anyKind, gives: same, apply: (values) => Math.min(...numbers(values)) },
  ...Object.fromEntries(
    percentiles.map((percent) => [
      `REDUCE_PERCENTILE_${percent}`,
      { takes: both, kinds: anyKind, gives: double, apply: percentileOf(percent) },
    ]),
  ),
};

/** Aligns every series to periods that end at `to`, then reduces them group by group. Periods without points are left out. */
export function aggregate(series: readonly Series[], aggregation: Aggregation, to: number): Series[] {
  const { aligner, reducer, groupBy, periodSeconds } = aggregation;
  if (aligner === "ALIGN_NONE") {
    if (reducer !== "REDUCE_NONE") {
      throw new ApiError("INVALID_ARGUMENT", `The reducer ${reducer} needs an aligner other than ALIGN_NONE.`);
    }
    return [...series];
  }
  const align = operationOf(aligners, aligner, "per_series_aligner");
  const aligned = series.map((each) => alignSeries(each, align, aligner, periodSeconds, to));
  if (reducer === "REDUCE_NONE") {
    return aligned;
  }
  const reduce = operationOf(reducers, reducer, "cross_series_reducer");
  const groups = new Map<string, Series[]>();
  for (const each of aligned) {
    const key = JSON.stringify(groupBy.map((field) => each.labels[field] ?? ""));
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].map((group) => reduceGroup(group, reduce, reducer, groupBy));
}

function alignSeries(series: Series, operation: Operation, name: string, seconds: number, to: number): Series {
  checkFits(series, operation, name);
  const period = seconds * 1_000;
  const periods = new Map<number, (number | Histogram)[]>();
  for (const { end, value } of series.points) {
    const at = to - Math.floor((to - end) / period) * period;
    const values = periods.get(at) ?? [];
    values.push(value);
    periods.set(at, values);
  }
  const kind = operation.gives.kind === "same" ? series.kind : operation.gives.kind;
  const points = [...periods]
    .sort(([a], [b]) => a - b)
    .map(([end, values]): Point => ({
      start: kind === "GAUGE" ? end : end - period,
      end,
      value: operation.apply(values, seconds),
    }));
  return { ...series, kind, valueType: valueTypeOf(series, operation), points };
}

function reduceGroup(group: readonly Series[], operation: Operation, name: string, groupBy: readonly string[]): Series {
  const first = group[0]!;
  checkFits(first, operation, name);
  const kept = ["metric.type", "resource.type", "resource.labels.resource_container", ...groupBy];
  const points = new Map<number, Point[]>();
  for (const point of group.flatMap((each) => each.points)) {
    points.set(point.end, [...(points.get(point.end) ?? []), point]);
  }
  const kind = operation.gives.kind === "same" ? first.kind : operation.gives.kind;
  return {
    ...first,
    kind,
    valueType: valueTypeOf(first, operation),
    labels: Object.fromEntries(Object.entries(first.labels).filter(([label]) => kept.includes(label))),
    points: [...points]
      .sort(([a], [b]) => a - b)
      .map(([end, all]): Point => {
        const values = all.map(({ value }) => value);
        return { start: kind === "GAUGE" ? end : all[0]!.start, end, value: operation.apply(values, 1) };
      }),
  };
}

function valueTypeOf(series: Series, { gives }: Operation): ValueType {
  return gives.valueType === "same" ? series.valueType : gives.valueType;
}

function operationOf(table: Readonly<Record<string, Operation>>, name: string, field: string): Operation {
  const operation = table[name];
  if (!operation) {
    throw new ApiError(
      "INVALID_ARGUMENT",
      `The sandbox does not know the ${field} '${name}': it knows ${Object.keys(table).join(", ")}.`,
    );
  }
  return operation;
}

function checkFits({ kind, valueType, metric }: Series, { takes, kinds }: Operation, name: string): void {
  const type = valueType === "DISTRIBUTION" ? "DISTRIBUTION" : "numeric";
  if (!takes.includes(type) || !kinds.includes(kind)) {
    throw new ApiError(
      "INVALID_ARGUMENT",
      `The operation ${name} cannot be applied to metrics with kind ${kind} and value type ${valueType}, such as ${metric}.`,
    );
  }
}
