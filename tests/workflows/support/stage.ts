import { type Accelerator, acceleratorQuotaId } from "../../../catalog/accelerators";
import { workflowSource } from "../../../config/workflow-source";
import { limitLinesOf } from "../../../constructs/limit-lines";
import { GoogleApis } from "../../../tools/sandbox/apis/apis";
import { ConnectionLostError } from "../../../tools/sandbox/apis/faults";
import type { CloudResource } from "../../../tools/sandbox/cloud";
import {
  ConnectionProblem,
  type Execution,
  type Outcome,
  SimulatedClock,
  parseWorkflow,
  startExecution,
} from "../../../tools/sandbox/workflows/runner";
import type { LogEntry } from "../../../tools/sandbox/workflows/blocking";
import type { HttpRequest, HttpResponse } from "../../../tools/sandbox/workflows/http";
import type { StepListener } from "../../../tools/sandbox/workflows/listener";
import type { Program } from "../../../tools/sandbox/workflows/program";
import type { Json } from "../../../tools/sandbox/workflows/values";
import { validateRequest } from "../../support/google-definitions";
import { MemoryCloud } from "../../sandbox/apis/support/memory-cloud";

export const location = "projects/acme/locations/europe-west4";
export const endpoint = `${location}/endpoints/123456789`;
export const model = `${location}/models/churn-propensity`;
const bucket = "acme-churn-rollouts";

/** What a team declares, as the policy object has it. */
export const policy = {
  endpoint,
  model,
  replicas: {
    machineType: "n1-standard-4",
    minReplicaCount: 1,
    maxReplicaCount: 2,
    serviceAccount: "churn-propensity@acme.iam.gserviceaccount.com",
  },
  stages: [
    { share: 10, holdMinutes: 30, minimumSamples: 500, approval: false },
    { share: 50, holdMinutes: 30, minimumSamples: 500, approval: false },
    { share: 100, holdMinutes: 20, minimumSamples: 500, approval: false },
  ],
  watchMinutes: 5,
  looks: 3,
  limits: { serverErrorRatio: 0.05, latencyP95Milliseconds: 500, minimumSamples: 100 },
  comparison: { errorRate: 0.05, serverErrorTolerance: 0.01, latencyRatio: 1.25 },
  criticalValue: 2.6,
  deadlineMinutes: 30,
  onInconclusive: "pause",
  onNoData: "pause",
  approvers: [],
  approvalMinutes: 30,
  onApprovalExpired: "rollback",
  onNewerVersion: "refuse",
  bakeMinutes: 15,
};

export type Policy = typeof policy;

const programs = new Map<string, Program>();

function programOf(workflow: string): Program {
  const program = programs.get(workflow) ?? parseWorkflow(workflowSource(workflow), `workflows/${workflow}.yaml`);
  programs.set(workflow, program);
  return program;
}

const api = (host: string, version: string) => `https://${host}.googleapis.com/${version}`;

export const variables = {
  PROJECT: "acme",
  REGION: "europe-west4",
  TEAM: "churn",
  POLICY_BUCKET: bucket,
  JOURNAL_TABLE: "churn_rollouts.decisions",
  VERTEX_API: api("europe-west4-aiplatform", "v1"),
  MONITORING_API: api("monitoring", "v3"),
  BIGQUERY_API: api("bigquery", "bigquery/v2"),
  STORAGE_API: "https://storage.googleapis.com",
  EXECUTIONS_API: api("workflowexecutions", "v1"),
  DATAFLOW_API: api("dataflow", "v1b3"),
  MODEL_KEY: "projects/acme/locations/europe-west4/keyRings/ml-platform/cryptoKeys/vertex-ai",
};

export interface JournalRow {
  readonly decision_id: string;
  readonly decided_at: string;
  readonly phase: string;
  readonly action: string;
  readonly version: string | null;
  readonly workflow: string;
  readonly verdict: string | null;
  readonly reason: string | null;
  readonly split_after: string;
  readonly evidence: string;
}

/** A request of a workflow. */
export interface WorkflowCall {
  /** Which of the team's workflows it is, such as `rollout`. */
  readonly workflow: string;
  readonly execution: Execution;
  readonly request: HttpRequest;
  /** Has it answered. */
  readonly proceed: () => Promise<HttpResponse>;
}

/** One endpoint, its workflows, and Google's APIs around them, on a simulated clock. */
export class Stage {
  readonly clock = new SimulatedClock(Date.parse("2026-01-05T00:00:00Z"));
  readonly apis: GoogleApis;
  readonly executions = new Map<string, Execution>();
  /** Requests that changed traffic and were carried out. */
  patches = 0;
  /** Stands between every request of a workflow and its answer. */
  intercept: ((call: WorkflowCall) => Promise<HttpResponse>) | undefined;
  /** Called before every step of every execution. */
  onStep: StepListener | undefined;
  /** What workflows wrote to the log. */
  readonly logged: LogEntry[] = [];
  /** Runs instead of a workflow that is not the subject of the test. */
  readonly replaced = new Map<string, (argument: Record<string, Json>) => Json>([["promote", () => ({})]]);

  private readonly cloud: MemoryCloud;
  private readonly rows = new Map<string, JournalRow>();
  private before: ReadonlySet<string> = new Set();
  private registered = 0;
  private started = 0;

  constructor(changes: Partial<Policy> & Record<string, unknown> = {}) {
    this.cloud = new MemoryCloud(...resources({ ...policy, ...changes }));
    this.apis = new GoogleApis({ cloud: this.cloud, clock: this.clock, projectNumbers: { acme: "123456789012" } });
  }

  /** Decisions in their order, each once. */
  get journal(): JournalRow[] {
    return [...this.rows.values()].filter(({ decision_id }) => !this.before.has(decision_id));
  }

  /** Adds a version to the registry, with the alias `challenger`. */
  async register(more: object = {}): Promise<void> {
    const body = {
      ...(this.registered === 0 ? { modelId: "churn-propensity" } : { parentModel: model }),
      model: {
        displayName: "churn-propensity",
        containerSpec: { imageUri: `europe-west4-docker.pkg.dev/acme/images/churn@sha256:${"0".repeat(64)}` },
        versionAliases: ["challenger"],
        ...more,
      },
    };
    this.registered += 1;
    await this.call("POST", `${variables.VERTEX_API}/${location}/models:upload`, body);
    await this.clock.jump(5 * 60_000);
  }

  /** Registers version 1, gives it all traffic, and registers version 2. */
  async serveFirst(): Promise<void> {
    await this.register();
    const outcome = await this.run("rollout", { model: "propensity", version: "1", actor: "setup", override: true });
    if (outcome.state !== "SUCCEEDED") {
      throw new Error(JSON.stringify(outcome));
    }
    await this.register();
    this.before = new Set(this.rows.keys());
    this.patches = 0;
  }

  start(workflow: string, argument: Record<string, Json>): Execution {
    const id = `e${++this.started}`;
    const execution: Execution = startExecution(programOf(workflow), argument, {
      clock: this.clock,
      http: (request) => {
        const proceed = () => this.answer(request);
        return this.intercept ? this.intercept({ workflow, execution, request, proceed }) : proceed();
      },
      env: variables,
      project: { id: "acme", number: "123456789012", location: "europe-west4" },
      workflowId: `churn-${workflow}`,
      executionId: id,
      uuid: () => `uuid-${++this.started}`,
      onStep: (step) => this.onStep?.(step),
      log: (entry) => this.logged.push(entry),
    });
    this.executions.set(`${location}/workflows/churn-${workflow}/executions/${id}`, execution);
    return execution;
  }

  run(workflow: string, argument: Record<string, Json>): Promise<Outcome> {
    return this.start(workflow, argument).done;
  }

  async split(): Promise<Record<string, number>> {
    const { trafficSplit = {} } = (await this.endpoint()) as { trafficSplit?: Record<string, number> };
    return trafficSplit;
  }

  /** The endpoint as it is, past every fault: traffic by deployed id, and versions by deployed id. */
  peek(): { readonly split: Readonly<Record<string, number>>; readonly deployed: Readonly<Record<string, string>> } {
    const { traffic_split, deployed_models } = this.cloud.get("google_vertex_ai_endpoint", endpoint)!.values;
    const models = deployed_models as unknown as { id: string; model_version_id: string }[];
    return {
      split: traffic_split === "" ? {} : (JSON.parse(traffic_split as string) as Record<string, number>),
      deployed: Object.fromEntries(models.map(({ id, model_version_id }) => [id, model_version_id])),
    };
  }

  /** Versions that have traffic, in percent. */
  async versions(): Promise<Record<string, number>> {
    const { trafficSplit = {}, deployedModels = [] } = await this.endpoint();
    return Object.fromEntries(
      deployedModels.map(({ id, modelVersionId }) => [modelVersionId, trafficSplit[id] ?? 0] as const),
    );
  }

  /** Moves traffic as a person would. */
  async setSplit(trafficSplit: Record<string, number>): Promise<void> {
    await this.call("PATCH", `${variables.VERTEX_API}/${endpoint}?updateMask=trafficSplit`, { trafficSplit });
  }

  async endpoint() {
    return (await this.call("GET", `${variables.VERTEX_API}/${endpoint}`)) as {
      etag: string;
      trafficSplit?: Record<string, number>;
      deployedModels?: { id: string; modelVersionId: string }[];
    };
  }

  async state(): Promise<Record<string, Json>> {
    const url = `https://storage.googleapis.com/storage/v1/b/${bucket}/o/propensity%2Fstate.json?alt=media`;
    const { body } = await this.apis.handle({ method: "GET", url });
    return JSON.parse(Buffer.from(body as Uint8Array).toString()) as Record<string, Json>;
  }

  async call(method: string, url: string, body?: unknown): Promise<unknown> {
    const answer = await this.apis.handle({ method, url, body });
    if (answer.status >= 400) {
      throw new Error(`${method} ${url}: ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }

  private async answer(request: HttpRequest): Promise<HttpResponse> {
    const { hostname, pathname } = new URL(request.url);
    const body = request.body === undefined ? undefined : (JSON.parse(String(request.body)) as Json);
    requireDefined(request, body);
    if (hostname === "workflowexecutions.googleapis.com") {
      return this.answerExecutions(request.method, pathname.replace("/v1/", ""), body);
    }
    if (hostname === "bigquery.googleapis.com" && pathname.endsWith("/insertAll")) {
      const { rows } = body as unknown as { rows: { insertId: string; json: JournalRow }[] };
      rows.forEach(({ insertId, json }) => this.rows.set(insertId, json));
      return json(200, {});
    }
    try {
      const {
        status,
        headers,
        body: answer,
      } = await this.apis.handle({
        method: request.method,
        url: request.url,
        headers: request.headers,
        body,
      });
      if (request.method === "PATCH" && status < 400) {
        this.patches += 1;
      }
      return { code: status, headers, body: answer instanceof Uint8Array ? answer : JSON.stringify(answer) };
    } catch (error) {
      if (error instanceof ConnectionLostError) {
        throw new ConnectionProblem("ConnectionError", error.message);
      }
      throw error;
    }
  }

  private async answerExecutions(method: string, path: string, body: Json | undefined): Promise<HttpResponse> {
    const [, workflow] = /workflows\/churn-([a-z]+)\/executions$/.exec(path) ?? [];
    if (method === "POST" && workflow !== undefined) {
      const { argument } = body as { argument: string };
      const parsed = JSON.parse(argument) as Record<string, Json>;
      const replacement = this.replaced.get(workflow);
      if (replacement) {
        return json(200, { name: `${path}/replaced`, state: "SUCCEEDED", result: JSON.stringify(replacement(parsed)) });
      }
      this.start(workflow, parsed);
      return json(200, { name: [...this.executions.keys()].at(-1)!, state: "ACTIVE" });
    }
    const execution = this.executions.get(path);
    if (!execution) {
      return json(404, { error: { code: 404, status: "NOT_FOUND", message: `Execution ${path} was not found` } });
    }
    const { state } = execution;
    const outcome = state === "ACTIVE" ? undefined : await execution.done;
    return json(200, {
      name: path,
      state,
      ...(outcome?.state === "FAILED" && { error: { payload: outcome.error.payload } }),
      ...(outcome?.state === "SUCCEEDED" && { result: JSON.stringify(outcome.result) }),
    });
  }
}

/** Hosts whose methods are defined: by Google's client libraries, or written down from the reference. */
const defined = /^([a-z0-9-]+-aiplatform|bigquery|dataflow|monitoring|storage|workflowexecutions)\.googleapis\.com$/;

/** A request that Google's API definitions do not have is a bug of the workflow. */
function requireDefined({ method, url }: HttpRequest, body: Json | undefined): void {
  const { hostname, pathname, searchParams } = new URL(url);
  // The fields of a slice are called output only, those of one that is imported as well.
  const problems =
    defined.test(hostname) && !pathname.endsWith("/slices:batchImport")
      ? validateRequest({ host: hostname, method, path: pathname, query: searchParams, body })
      : [];
  if (problems.length > 0) {
    throw new Error(`${method} ${url}: ${problems.join("; ")}`);
  }
}

function json(code: number, body: Json): HttpResponse {
  return { code, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** What Terraform makes for a model. */
export function resources(declared: Policy & Record<string, unknown>): CloudResource[] {
  return [
    ...["aiplatform", "monitoring", "bigquery", "storage", "workflowexecutions", "dataflow"].map((service) => ({
      type: "google_project_service",
      id: `acme/${service}.googleapis.com`,
      values: { project: "acme" },
    })),
    {
      type: "google_vertex_ai_endpoint",
      id: endpoint,
      values: {
        name: "123456789",
        display_name: "churn-propensity",
        location: "europe-west4",
        project: "acme",
        create_time: "2026-01-01T00:00:00Z",
        update_time: "2026-01-01T00:00:00Z",
        deployed_models: [],
        traffic_split: "",
      },
    },
    {
      type: "google_service_account",
      id: `projects/acme/serviceAccounts/${policy.replicas.serviceAccount}`,
      values: {},
    },
    acceleratorQuota("NVIDIA_L4", "2"),
    acceleratorQuota("TPU_V5_LITEPOD", "16"),
    { type: "google_storage_bucket", id: bucket, values: { name: bucket } },
    {
      type: "google_storage_bucket_object",
      id: `${bucket}-propensity.json`,
      values: {
        bucket,
        name: "propensity.json",
        content: JSON.stringify({ ...declared, limitLines: limitLinesOf(declared) }),
        content_type: "application/json",
        generation: 1,
      },
    },
  ];
}

function acceleratorQuota(accelerator: Accelerator, granted: string): CloudResource {
  return {
    type: "google_cloud_quotas_quota_preference",
    id: `projects/123456789012/locations/global/quotaPreferences/${accelerator.toLowerCase()}`,
    values: {
      parent: "projects/123456789012",
      quota_id: acceleratorQuotaId("serving", accelerator),
      dimensions: { region: "europe-west4" },
      quota_config: [{ preferred_value: granted, granted_value: granted }],
    },
  };
}
