import { z } from "zod";

import { message, readBody } from "../body";
import { type Context, minute, timestamp } from "../context";
import { ApiError, type RpcStatus } from "../error";
import type { Call, Routes } from "../http";
import { matchesFilter } from "../list-filter";
import { paged } from "../pages";
import { checkAccount } from "./deployment-checks";
import { findVersion } from "./model";
import { type Location, locationOf, parentOf, withNumber } from "./names";

/** A run, as the sandbox keeps it: its state follows from the clock. */
interface JobRecord {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  readonly endsAt: number;
  readonly cancelledAt?: number;
  readonly error?: RpcStatus;
}

/** One kind of run. */
interface JobKind {
  /** `pipelineJobs` */
  readonly collection: string;
  readonly title: string;
  /** `PIPELINE_STATE_` */
  readonly statePrefix: string;
  /** Query parameter with the caller's own id, where it may give one. */
  readonly idParameter?: string;
  readonly body: z.ZodType<Readonly<Record<string, unknown>>>;
  /** Throws where the job cannot be made; what it gives is added to the job. */
  readonly check: (body: Readonly<Record<string, unknown>>, location: Location, context: Context) => object;
  /** What a job has when it has succeeded. */
  readonly outcome?: (job: JobRecord, context: Context) => object;
}

const common = {
  displayName: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  encryptionSpec: message.optional(),
};

/** Source: google/cloud/aiplatform/v1/{pipeline_job,custom_job,batch_prediction_job}.proto and their services. */
const kinds: readonly JobKind[] = [
  {
    collection: "pipelineJobs",
    title: "PipelineJob",
    statePrefix: "PIPELINE_STATE_",
    idParameter: "pipelineJobId",
    body: z.strictObject({
      ...common,
      pipelineSpec: message.optional(),
      templateUri: z.string().optional(),
      runtimeConfig: z.looseObject({ gcsOutputDirectory: z.string() }),
      serviceAccount: z.string().optional(),
      network: z.string().optional(),
      reservedIpRanges: z.array(z.string()).optional(),
      pscInterfaceConfig: message.optional(),
      preflightValidations: z.boolean().optional(),
    }),
    check: ({ pipelineSpec, templateUri, serviceAccount }, location, context) => {
      if (pipelineSpec === undefined && templateUri === undefined) {
        throw new ApiError(
          "INVALID_ARGUMENT",
          "One of 'pipeline_spec' and 'template_uri' of 'pipeline_job' must be set.",
        );
      }
      checkAccount(context, location.project, serviceAccount);
      return {};
    },
  },
  {
    collection: "customJobs",
    title: "CustomJob",
    statePrefix: "JOB_STATE_",
    body: z.strictObject({
      ...common,
      displayName: z.string(),
      jobSpec: z.looseObject({ workerPoolSpecs: z.array(message).min(1), serviceAccount: z.string().optional() }),
    }),
    check: ({ jobSpec }, location, context) => {
      checkAccount(context, location.project, (jobSpec as { serviceAccount?: string }).serviceAccount);
      return {};
    },
  },
  {
    collection: "batchPredictionJobs",
    title: "BatchPredictionJob",
    statePrefix: "JOB_STATE_",
    body: z.strictObject({
      ...common,
      displayName: z.string(),
      model: z.string(),
      inputConfig: z.looseObject({ instancesFormat: z.string() }),
      instanceConfig: message.optional(),
      outputConfig: z.looseObject({ predictionsFormat: z.string() }),
      modelParameters: z.unknown().optional(),
      dedicatedResources: message.optional(),
      serviceAccount: z.string().optional(),
      manualBatchTuningParameters: message.optional(),
      generateExplanation: z.boolean().optional(),
      explanationSpec: message.optional(),
      disableContainerLogging: z.boolean().optional(),
    }),
    check: ({ model, serviceAccount }, location, context) => {
      checkAccount(context, location.project, serviceAccount);
      const version = findVersion(context, location, model as string);
      return { model: withNumber(context, version.model), modelVersionId: version.versionId };
    },
    outcome: ({ body, endsAt }) => {
      const output = body["outputConfig"] as {
        bigqueryDestination?: { outputUri: string };
        gcsDestination?: { outputUriPrefix: string };
      };
      const suffix = timestamp(endsAt).replace(/[-:.]/g, "_");
      return {
        outputInfo: output.bigqueryDestination
          ? {
              bigqueryOutputDataset: output.bigqueryDestination.outputUri.split(".").slice(0, 2).join("."),
              bigqueryOutputTable: `predictions_${suffix}`,
            }
          : { gcsOutputDirectory: `${output.gcsDestination?.outputUriPrefix ?? ""}/prediction-${suffix}` },
      };
    },
  },
];

const queueMinutes = 2;

/** Runs of pipelines, custom jobs and batch predictions. Nothing is computed: they take their time, and end. */
export function jobRoutes(context: Context): Routes {
  return Object.assign({}, ...kinds.map((kind) => routesOf(context, kind))) as Routes;
}

function routesOf(context: Context, kind: JobKind): Routes {
  const { store, clock, durations, faults } = context;
  const { collection, title, idParameter } = kind;

  const create = (call: Call): object => {
    const location = locationOf(context, call);
    const body = readBody(call, kind.body);
    const added = kind.check(body, location, context);
    const given = idParameter === undefined ? null : call.query.get(idParameter);
    if (given !== null && !/^[a-z][-a-z0-9]{0,127}$/.test(given)) {
      throw new ApiError("INVALID_ARGUMENT", `'${idParameter!}' must match [a-z][-a-z0-9]{0,127}, got '${given}'.`);
    }
    const name = `${parentOf(location)}/${collection}/${given ?? newId(context)}`;
    if (store.get(collection, name)) {
      throw new ApiError("ALREADY_EXISTS", `${title} \`${withNumber(context, name)}\` already exists.`);
    }
    const fault = faults.ofOperation();
    const job: JobRecord = {
      name,
      body: { ...body, ...added },
      createdAt: clock.now(),
      endsAt: clock.now() + durations.jobMinutes * minute + fault.slowSeconds * 1_000,
      ...(fault.error && { error: fault.error }),
    };
    store.put(collection, name, job);
    return render(context, kind, job);
  };

  const find = (call: Call): JobRecord => {
    const name = `${parentOf(locationOf(context, call))}/${collection}/${call.params["job"]!}`;
    const job = store.get<JobRecord>(collection, name);
    if (!job) {
      throw new ApiError("NOT_FOUND", `${title} \`${withNumber(context, name)}\` not found.`);
    }
    return job;
  };

  /** Newest first. */
  const list = (call: Call): object => {
    const found = store
      .list<JobRecord>(collection, `${parentOf(locationOf(context, call))}/${collection}/`)
      .map(([, job]) => job)
      .sort((a, b) => b.createdAt - a.createdAt)
      .map((job) => render(context, kind, job))
      .filter((job) => matchesFilter(call.query.get("filter") ?? "", job));
    return paged(call, collection, found);
  };

  const cancel = (call: Call): object => {
    const job = find(call);
    if (stateOf(job, clock.now()) === "RUNNING" || stateOf(job, clock.now()) === "PENDING") {
      store.put(collection, job.name, { ...job, cancelledAt: clock.now() });
    }
    return {};
  };

  const parent = `/v1/projects/{project}/locations/{location}/${collection}`;
  return {
    [`POST ${parent}`]: create,
    [`GET ${parent}`]: list,
    [`GET ${parent}/{job}`]: (call) => render(context, kind, find(call)),
    [`POST ${parent}/{job}:cancel`]: cancel,
  };
}

function stateOf({ createdAt, endsAt, cancelledAt, error }: JobRecord, now: number): string {
  if (cancelledAt !== undefined) {
    return now < cancelledAt + minute ? "CANCELLING" : "CANCELLED";
  }
  if (now >= endsAt) {
    return error ? "FAILED" : "SUCCEEDED";
  }
  return now < createdAt + queueMinutes * minute ? "PENDING" : "RUNNING";
}

function render(context: Context, kind: JobKind, job: JobRecord): object {
  const now = context.clock.now();
  const state = stateOf(job, now);
  const startedAt = job.createdAt + queueMinutes * minute;
  const endedAt = job.cancelledAt === undefined ? job.endsAt : job.cancelledAt + minute;
  const hasStarted = state !== "PENDING" && (job.cancelledAt === undefined || job.cancelledAt >= startedAt);
  const hasEnded = ["SUCCEEDED", "FAILED", "CANCELLED"].includes(state);
  return {
    name: withNumber(context, job.name),
    ...job.body,
    state: `${kind.statePrefix}${state}`,
    createTime: timestamp(job.createdAt),
    ...(hasStarted && { startTime: timestamp(startedAt) }),
    ...(hasEnded && { endTime: timestamp(endedAt) }),
    updateTime: timestamp(hasEnded ? endedAt : hasStarted ? startedAt : job.createdAt),
    ...(state === "FAILED" && { error: job.error }),
    ...(state === "SUCCEEDED" && kind.outcome?.(job, context)),
  };
}

function newId({ store }: Context): string {
  const count = (store.get<number>("counter", "vertex-job") ?? 0) + 1;
  store.put("counter", "vertex-job", count);
  return String(8_000_000_000_000_000_000n + BigInt(count));
}
