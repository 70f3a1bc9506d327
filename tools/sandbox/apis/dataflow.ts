import { z } from "zod";

import { isList } from "../values/value";
import { message, readBody } from "./body";
import { type Context, minute, timestamp } from "./context";
import { ApiError } from "./error";
import type { Call, Routes } from "./http";
import { requireApi } from "./vertex/names";

const launchBody = z.strictObject({
  launchParameter: z.strictObject({
    jobName: z.string().regex(/^[a-z]([-a-z0-9]{0,1022}[a-z0-9])?$/),
    containerSpecGcsPath: z.string().startsWith("gs://"),
    parameters: z.record(z.string(), z.string()).default({}),
    environment: message.default({}),
    update: z.boolean().optional(),
  }),
  validateOnly: z.boolean().optional(),
});
const updateBody = z.looseObject({ requestedState: z.enum(["JOB_STATE_DRAINED", "JOB_STATE_CANCELLED"]) });

/** What a launcher reads of the variables of Beam YAML. */
const variablesBody = z.looseObject({ endpoint: z.string().optional(), subscription: z.string().optional() });

interface Job {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly environment: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, string>>;
  /** Why the launcher gives up. */
  readonly failure?: string;
  readonly request?: { readonly state: "JOB_STATE_DRAINED" | "JOB_STATE_CANCELLED"; readonly at: number };
}

/** A state of a job, and since when it is in it. */
type State = readonly [state: string, since: number];

const kind = "dataflow-job";
const launcherMinutes = 1;
const startMinutes = 4;
const drainMinutes = 10;
const cancelMinutes = 2;
const ended = ["JOB_STATE_FAILED", "JOB_STATE_DRAINED", "JOB_STATE_CANCELLED"];

/**
 * Jobs of flex templates, whose states follow the clock. Source: google/dataflow/v1beta3/templates.proto and jobs.proto; the texts of
 * errors are those that issues of Google's client libraries quote, or were not found.
 */
export function dataflowRoutes(context: Context): Routes {
  const { clock, store, cloud } = context;
  const parent = "/v1b3/projects/{project}/locations/{location}";

  const locate = ({ params }: Call) => {
    const project = context.numbers.idOf(params["project"]!);
    requireApi(context, project, "dataflow.googleapis.com", "Dataflow API");
    return { project, region: params["location"]!, prefix: `${project}/${params["location"]!}/` };
  };
  const jobsOf = (call: Call) => store.list<Job>(kind, locate(call).prefix).map(([, job]) => job);

  /** What the launcher of Beam YAML looks for before there is a job to run. */
  const failureOf = (parameters: Job["parameters"], project: string, region: string): string | undefined => {
    const [, bucket = "", name = ""] = /^gs:\/\/([^/]+)\/(.+)$/.exec(parameters["yaml_pipeline_file"] ?? "") ?? [];
    const pipelines = cloud.list("google_storage_bucket_object").map(({ values }) => values);
    if (!pipelines.some((object) => object["bucket"] === bucket && object["name"] === name)) {
      return `FileNotFoundError: ${parameters["yaml_pipeline_file"] ?? "no yaml_pipeline_file"}`;
    }
    const { endpoint, subscription } = variablesBody.parse(JSON.parse(parameters["jinja_variables"] ?? "{}"));
    const id = `projects/${project}/locations/${region}/endpoints/${endpoint ?? ""}`;
    const deployed = cloud.get("google_vertex_ai_endpoint", id)?.values["deployed_models"];
    if (endpoint !== undefined && !(isList(deployed) && deployed.length > 0)) {
      return `ValueError: Endpoint ${endpoint} has no models deployed to it.`;
    }
    const reads = subscription === undefined || cloud.get("google_pubsub_subscription", subscription) !== undefined;
    return reads ? undefined : `Resource not found (resource=${subscription}).`;
  };

  const launch = (call: Call): object => {
    const { project, region, prefix } = locate(call);
    const { launchParameter } = readBody(call, launchBody);
    const { jobName, parameters, environment } = launchParameter;
    if (jobsOf(call).some((job) => job.name === jobName && !ended.includes(stateOf(job, clock.now())[0]))) {
      throw new ApiError(
        "ALREADY_EXISTS",
        `The workflow could not be created. Causes: There is already an active job named ${jobName}. If you want to submit a second job, try again by setting a different name.`,
      );
    }
    const count = (store.get<number>("counter", kind) ?? 0) + 1;
    store.put("counter", kind, count);
    const now = clock.now();
    const id = `${new Date(now).toISOString().slice(0, 19).replace(/[T:]/g, "_")}-${String(count).padStart(20, "0")}`;
    const failure = failureOf(parameters, project, region);
    const job: Job = { id, name: jobName, createdAt: now, environment, parameters, ...(failure && { failure }) };
    store.put(kind, prefix + id, job);
    return { job: { id, projectId: project, name: jobName, location: region, createTime: timestamp(now) } };
  };

  const render = (call: Call, job: Job): object => {
    const { project, region } = locate(call);
    const [currentState, since] = stateOf(job, clock.now());
    return {
      id: job.id,
      projectId: project,
      name: job.name,
      type: "JOB_TYPE_STREAMING",
      location: region,
      currentState,
      currentStateTime: timestamp(since),
      createTime: timestamp(job.createdAt),
    };
  };

  const list = (call: Call): object => {
    const filter = call.query.get("filter") ?? "ALL";
    const name = call.query.get("name");
    const jobs = jobsOf(call)
      .filter((job) => name === null || job.name === name)
      .filter((job) => filter === "ALL" || ended.includes(stateOf(job, clock.now())[0]) === (filter === "TERMINATED"))
      .map((job) => render(call, job));
    return { ...(jobs.length > 0 && { jobs }) };
  };

  const find = (call: Call): Job => {
    const { prefix } = locate(call);
    const id = call.params["job"]!;
    const job = store.get<Job>(kind, prefix + id);
    if (!job) {
      throw new ApiError("NOT_FOUND", `Information about job ${id} could not be found in our system.`);
    }
    return job;
  };

  const update = (call: Call): object => {
    const { prefix } = locate(call);
    const job = find(call);
    const { requestedState: state } = readBody(call, updateBody);
    const [current] = stateOf(job, clock.now());
    if (ended.includes(current) || (state === "JOB_STATE_DRAINED" && current !== "JOB_STATE_RUNNING")) {
      throw new ApiError("FAILED_PRECONDITION", `Job ${job.id} is ${current} and cannot be changed to ${state}.`);
    }
    const changed: Job = { ...job, request: { state, at: clock.now() } };
    store.put(kind, prefix + job.id, changed);
    return render(call, changed);
  };

  return {
    [`POST ${parent}/flexTemplates:launch`]: launch,
    [`GET ${parent}/jobs`]: list,
    [`GET ${parent}/jobs/{job}`]: (call) => render(call, find(call)),
    [`PUT ${parent}/jobs/{job}`]: update,
  };
}

function stateOf({ createdAt, failure, request }: Job, now: number): State {
  if (request) {
    const [going, minutes] =
      request.state === "JOB_STATE_DRAINED"
        ? ["JOB_STATE_DRAINING", drainMinutes]
        : ["JOB_STATE_CANCELLING", cancelMinutes];
    const over = request.at + Number(minutes) * minute;
    return now < over ? [String(going), request.at] : [request.state, over];
  }
  const launched = createdAt + launcherMinutes * minute;
  const started = createdAt + startMinutes * minute;
  if (now < launched) {
    return ["JOB_STATE_QUEUED", createdAt];
  }
  return now < started
    ? ["JOB_STATE_PENDING", launched]
    : [failure ? "JOB_STATE_FAILED" : "JOB_STATE_RUNNING", started];
}
