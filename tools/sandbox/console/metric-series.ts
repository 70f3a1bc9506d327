import type { Context } from "../apis/context";
import { type Histogram, merge, percentile } from "../apis/monitoring/histogram";
import { hoursBetween, type Minute } from "../apis/monitoring/series";
import type { MetricPoint, MetricSeries } from "./view";

const minute = 60_000;

/** Points of a series at most: more than that cannot be told apart. */
const mostPoints = 180;

/** What the versions on an endpoint did between two times, as Monitoring has it, in steps of a minute or of so many that they fit. */
export function metricSeries(
  context: Context,
  endpoint: string,
  versions: ReadonlyMap<string, string>,
  from: number,
  to: number,
): MetricSeries[] {
  const step = minute * Math.max(1, Math.ceil((to - from) / minute / mostPoints));
  const steps = new Map<string, Map<number, Minute[]>>();
  for (const { endpoint: name, deployedModelId, minutes } of hoursBetween(context, endpoint, from, to)) {
    if (name !== endpoint) {
      continue;
    }
    const bins = steps.get(deployedModelId) ?? new Map<number, Minute[]>();
    steps.set(deployedModelId, bins);
    for (const [start, done] of Object.entries(minutes)) {
      const at = Number(start) - (Number(start) % step);
      if (Number(start) >= from && Number(start) < to && Object.keys(done.responses).length > 0) {
        bins.set(at, [...(bins.get(at) ?? []), done]);
      }
    }
  }
  return [...steps]
    .filter(([, bins]) => bins.size > 0)
    .map(([deployedModelId, bins]) => ({
      version: versions.get(deployedModelId) ?? deployedModelId,
      deployedModelId,
      stepMilliseconds: step,
      points: [...bins].sort(([a], [b]) => a - b).map(([at, minutes]) => pointOf(at, minutes)),
    }));
}

function pointOf(at: number, minutes: readonly Minute[]): MetricPoint {
  const count = (code?: string) =>
    minutes.reduce(
      (sum, { responses }) =>
        sum + (code === undefined ? Object.values(responses).reduce((a, b) => a + b, 0) : (responses[code] ?? 0)),
      0,
    );
  const totals = minutes.flatMap(({ latencies }): Histogram[] => (latencies["total"] ? [latencies["total"]] : []));
  return {
    at,
    requests: Math.round(count() / minutes.length),
    errors: round(count("5xx") / Math.max(1, count()), 5),
    latencyP95: totals.length > 0 ? round(percentile(merge(totals), 95), 1) : null,
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
