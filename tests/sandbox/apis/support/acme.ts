import { GoogleApis, type GoogleApisOptions } from "../../../../tools/sandbox/apis/apis";
import type { Clock } from "../../../../tools/sandbox/apis/context";
import type { ApiResponse } from "../../../../tools/sandbox/apis/http";
import type { CloudResource } from "../../../../tools/sandbox/cloud";
import { MemoryCloud } from "./memory-cloud";

export const region = "projects/acme/locations/europe-west4";
export const numbered = "projects/123456789012/locations/europe-west4";
export const endpointId = "100000001";
export const endpoint = `${region}/endpoints/${endpointId}`;

export const start = Date.parse("2026-01-05T00:00:00Z");

/** A clock that stands until it is moved. */
export class HandClock implements Clock {
  private readonly listeners: ((from: number, to: number) => void)[] = [];

  constructor(private time = start) {}

  now(): number {
    return this.time;
  }

  onAdvance(listener: (from: number, to: number) => void): void {
    this.listeners.push(listener);
  }

  pass(minutes: number): void {
    const from = this.time;
    this.time += minutes * 60_000;
    this.listeners.forEach((listener) => {
      listener(from, this.time);
    });
  }
}

/** What Terraform made in project `acme`. */
export const resources: readonly CloudResource[] = [
  ...["aiplatform", "monitoring", "bigquery", "storage", "pubsub", "workflowexecutions"].map((api) => ({
    type: "google_project_service",
    id: `acme/${api}.googleapis.com`,
    values: { project: "acme" },
  })),
  {
    type: "google_vertex_ai_endpoint",
    id: endpoint,
    values: {
      name: endpointId,
      display_name: "churn",
      location: "europe-west4",
      project: "acme",
      labels: { team: "churn" },
      effective_labels: { team: "churn" },
      create_time: "2026-01-01T00:00:00Z",
      update_time: "2026-01-01T00:00:00Z",
      deployed_models: [],
      traffic_split: "",
    },
  },
  {
    type: "google_service_account",
    id: "projects/acme/serviceAccounts/churn-predictor@acme.iam.gserviceaccount.com",
    values: {},
  },
  {
    type: "google_cloud_quotas_quota_preference",
    id: "projects/123456789012/locations/global/quotaPreferences/l4",
    values: {
      parent: "projects/123456789012",
      quota_id: "CustomModelServingL4GPUsPerProjectPerRegion",
      dimensions: { region: "europe-west4" },
      quota_config: [{ preferred_value: "3", granted_value: "3" }],
    },
  },
  { type: "google_storage_bucket", id: "acme-rollouts", values: { name: "acme-rollouts" } },
  {
    type: "google_storage_bucket_object",
    id: "acme-rollouts-policy.json",
    values: {
      bucket: "acme-rollouts",
      name: "policy.json",
      content: '{"stages": [10, 50, 100]}',
      content_type: "application/json",
      generation: 7,
    },
  },
];

/** The APIs over a project `acme` in memory, with short ways to call them. */
export class Acme {
  readonly clock = new HandClock();
  readonly cloud: MemoryCloud;
  readonly apis: GoogleApis;

  constructor(options: Partial<GoogleApisOptions> = {}, ...more: readonly CloudResource[]) {
    this.cloud = new MemoryCloud(...resources, ...more);
    this.apis = new GoogleApis({
      cloud: this.cloud,
      clock: this.clock,
      projectNumbers: { acme: "123456789012" },
      ...options,
    });
  }

  /** A call of Vertex AI in `europe-west4`: `vertex("GET", "endpoints/1")`. */
  async vertex(method: string, path: string, body?: unknown): Promise<ApiResponse> {
    return this.call(method, `https://europe-west4-aiplatform.googleapis.com/v1/${region}/${path}`, body);
  }

  async call(method: string, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<ApiResponse> {
    return this.apis.handle({ method, url, body, headers });
  }

  /** Uploads a version and waits for it; the first one makes the model `churn`. */
  async upload(body: object = {}, ...versionAliases: string[]): Promise<string> {
    const exists = (await this.vertex("GET", "models/churn")).status === 200;
    const answer = await this.vertex("POST", "models:upload", {
      ...(exists ? { parentModel: `${region}/models/churn` } : { modelId: "churn" }),
      model: { displayName: "churn", artifactUri: "gs://acme-models/churn", versionAliases, ...body },
    });
    const { response } = await this.finish(answer);
    return (response as { modelVersionId: string }).modelVersionId;
  }

  /** Deploys a version and waits for it. */
  async deploy(id: string, version = "default", trafficSplit: Record<string, number> = {}): Promise<void> {
    const answer = await this.vertex("POST", `endpoints/${endpointId}:deployModel`, {
      deployedModel: {
        id,
        model: `${region}/models/churn@${version}`,
        dedicatedResources: { machineSpec: { machineType: "n1-standard-4" }, minReplicaCount: 1 },
      },
      trafficSplit,
    });
    await this.finish(answer);
  }

  async split(trafficSplit: Record<string, number>): Promise<ApiResponse> {
    return this.vertex("PATCH", `endpoints/${endpointId}?updateMask=trafficSplit`, { trafficSplit });
  }

  /** Lets time pass until an operation has ended, and gives it. Throws where the call itself was refused. */
  async finish(answer: ApiResponse): Promise<{ done?: boolean; error?: unknown; response?: unknown }> {
    if (answer.status !== 200) {
      throw new Error(JSON.stringify(answer.body));
    }
    this.clock.pass(15);
    const { name } = answer.body as { name: string };
    const url = `https://europe-west4-aiplatform.googleapis.com/v1/${name}`;
    return (await this.call("GET", url)).body as { done?: boolean; error?: unknown; response?: unknown };
  }
}

/** The text of a refusal with its status: `400 FAILED_PRECONDITION ...`. */
export function refusal({ status, body }: ApiResponse): string {
  const { error } = body as { error?: { status?: string; message: string } };
  return error ? `${status} ${error.status ?? ""} ${error.message}`.replace("  ", " ") : `${status} no error`;
}
