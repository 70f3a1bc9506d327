import { z } from "zod";

import { type Context, minute } from "./context";
import { drawLatencies } from "./latency";
import { outcomeProfile, drawOutcomes } from "./outcomes";
import { record } from "./monitoring/series";
import type { DeployedModel } from "./vertex/deployed-model";
import { Endpoint } from "./vertex/endpoint";
import { findVersion } from "./vertex/model";
import { withId } from "./vertex/names";
import { sourceOf } from "./vertex/predictions";

/** By alias (`challenger`), version (`3`) or deployed id; `*` for every other. */
const byTarget = z.record(z.string(), z.number());

/** How an endpoint is called, and how that goes. */
export const trafficProfile = z.strictObject({
  /** Requests a second. */
  rps: z.number().min(0),
  /** Share of requests that end with 5xx: 0 to 1. */
  errors: byTarget.default({}),
  /** Milliseconds on top of the usual latency. */
  latency: byTarget.default({}),
  /** Mean of the usual latency in milliseconds. */
  latencyMean: z.number().positive().default(60),
  /** Spread of the logarithm of the latency. */
  latencySpread: z.number().positive().default(0.4),
  /** What becomes of those who got a prediction. */
  outcome: outcomeProfile.optional(),
});

export type TrafficProfile = z.infer<typeof trafficProfile>;

const kind = "traffic";

/**
 * Calls of endpoints by people who are not there. Requests of a minute are drawn together: their number (Poisson), their split
 * (multinomial, by the split at that time), their errors (binomial), their latencies (log-normal).
 */
export class Traffic {
  private drawnUntil: number | undefined;

  constructor(private readonly context: Context) {}

  /** @param endpoint `projects/{project}/locations/{region}/endpoints/{endpoint}` */
  set(endpoint: string, profile: z.input<typeof trafficProfile>): void {
    const name = withId(this.context, endpoint);
    if (!Endpoint.find(this.context, name)) {
      throw new Error(`there is no endpoint '${endpoint}' in the sandbox; deploy the stack that makes it first`);
    }
    this.context.store.put(kind, name, trafficProfile.parse(profile));
  }

  get(endpoint: string): TrafficProfile | undefined {
    return this.context.store.get<TrafficProfile>(kind, withId(this.context, endpoint));
  }

  stop(endpoint: string): void {
    this.context.store.delete(kind, withId(this.context, endpoint));
  }

  /** Draws what happened in every whole minute up to `to`, each once, however time passes. */
  advance(from: number, to: number): void {
    this.drawnUntil ??= Math.ceil(from / minute) * minute;
    for (let start = this.drawnUntil; start + minute <= to; start += minute) {
      this.drawnUntil = start + minute;
      this.context.operations.settle(start);
      for (const resource of this.context.cloud.list("google_vertex_ai_endpoint")) {
        this.draw(Endpoint.find(this.context, resource.id)!, start);
      }
    }
    this.context.operations.settle(to);
  }

  private draw(endpoint: Endpoint, start: number): void {
    const { random } = this.context;
    const models = endpoint.deployedModels;
    const split = endpoint.trafficSplit;
    const profile = this.context.store.get<TrafficProfile>(kind, endpoint.name);
    const isServing = profile && Object.keys(split).length > 0;
    const requests = isServing ? random.poisson(profile.rps * 60) : 0;
    const counts = random.multinomial(
      requests,
      models.map(({ id }) => split[id] ?? 0),
    );
    models.forEach((model, index) => {
      const drawn = counts[index]!;
      this.drawModel(endpoint, model, drawn, profile, start);
      if (profile?.outcome && drawn > 0) {
        const rate = this.of(profile.outcome.rates, model);
        drawOutcomes(this.context, profile.outcome, model, { start, requests: drawn, rate, share: drawn / requests });
      }
    });
  }

  private drawModel(
    endpoint: Endpoint,
    model: DeployedModel,
    requests: number,
    profile: TrafficProfile | undefined,
    start: number,
  ): void {
    const replicas = model.dedicatedResources?.minReplicaCount ?? model.automaticResources?.minReplicaCount ?? 1;
    if (!profile || requests === 0) {
      record(this.context, sourceOf(endpoint, model), start, {
        responses: {},
        predictions: 0,
        latencies: {},
        replicas,
      });
      return;
    }
    const { random } = this.context;
    const errors = random.binomial(requests, this.of(profile.errors, model));
    const mean = profile.latencyMean + this.of(profile.latency, model);
    const served = drawLatencies(random, requests, mean, profile.latencySpread);
    const overhead = drawLatencies(random, requests, 4, 0.3);
    record(this.context, sourceOf(endpoint, model), start, {
      responses: { ...(requests > errors && { "2xx": requests - errors }), ...(errors > 0 && { "5xx": errors }) },
      predictions: requests - errors,
      latencies: { total: served, model: served, overhead },
      replicas,
    });
  }

  /** The value for a deployed model: by its id, its version, an alias of its version, or `*`. */
  private of(values: Readonly<Record<string, number>>, model: DeployedModel): number {
    const names = [model.id, model.modelVersionId, ...this.aliasesOf(model), "*"];
    const name = names.find((each) => values[each] !== undefined);
    return name === undefined ? 0 : values[name]!;
  }

  private aliasesOf({ model, modelVersionId }: DeployedModel): readonly string[] {
    const [, project = "", , region = ""] = withId(this.context, model).split("/");
    try {
      return findVersion(this.context, { project, region }, `${model}@${modelVersionId}`).versionAliases;
    } catch {
      return [];
    }
  }
}
