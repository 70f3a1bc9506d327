import { type Context, minute } from "../context";
import { type Histogram, merge as mergeHistograms } from "./histogram";

/** What one deployed model did in one minute. */
export interface Minute {
  /** Responses by class: `2xx`, `5xx`. */
  readonly responses: Readonly<Record<string, number>>;
  readonly predictions: number;
  /** Milliseconds, by `latency_type`. */
  readonly latencies: Readonly<Record<string, Histogram>>;
  /** Replicas that run. */
  readonly replicas?: number;
}

/** The minutes of an hour. */
export interface Hour {
  /** Name of the endpoint, with the project's id. */
  readonly endpoint: string;
  readonly endpointDisplayName: string;
  readonly deployedModelId: string;
  readonly modelDisplayName: string;
  /** By the minute's start in milliseconds. */
  readonly minutes: Readonly<Record<string, Minute>>;
}

/** Who did it. */
export type Source = Omit<Hour, "minutes">;

const kind = "time-series";
const hour = 60 * minute;

/** Adds to what a deployed model did in the minute of `at`. */
export function record({ store }: Pick<Context, "store">, source: Source, at: number, done: Minute): void {
  const start = String(at - (at % minute));
  const name = nameOf(source.endpoint, at, source.deployedModelId);
  const kept = store.get<Hour>(kind, name) ?? { ...source, minutes: {} };
  const before = kept.minutes[start];
  const minutes = { ...kept.minutes, [start]: before ? merge(before, done) : done };
  store.put(kind, name, { ...kept, ...source, minutes });
}

/** Hours of all endpoints whose name starts with `prefix` that overlap an interval, oldest first. */
export function hoursBetween({ store }: Pick<Context, "store">, prefix: string, from: number, to: number): Hour[] {
  return store
    .list<Hour>(kind, prefix)
    .filter(([name]) => {
      const start = Number(name.split("|")[1]);
      return start < to && start + hour > from;
    })
    .map(([, each]) => each);
}

function nameOf(endpoint: string, at: number, deployedModelId: string): string {
  return `${endpoint}|${String(at - (at % hour)).padStart(15, "0")}|${deployedModelId}`;
}

function merge(a: Minute, b: Minute): Minute {
  const responses: Record<string, number> = { ...a.responses };
  for (const [code, count] of Object.entries(b.responses)) {
    responses[code] = (responses[code] ?? 0) + count;
  }
  const latencies: Record<string, Histogram> = { ...a.latencies };
  for (const [type, histogram] of Object.entries(b.latencies)) {
    const before = latencies[type];
    latencies[type] = before ? mergeHistograms([before, histogram]) : histogram;
  }
  const replicas = b.replicas ?? a.replicas;
  return {
    responses,
    latencies,
    predictions: a.predictions + b.predictions,
    ...(replicas !== undefined && { replicas }),
  };
}
