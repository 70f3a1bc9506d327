import { z } from "zod";

import { readBody } from "../body";
import type { Context } from "../context";
import { ReasonError } from "../error";
import type { Call, Routes } from "../http";
import { Engine } from "./engine";
import { queryParameter } from "./parameters";
import { encodeResult, type QueryResult } from "./results";
import { invalid } from "./sql";

const datasetReference = z.strictObject({ datasetId: z.string(), projectId: z.string().optional() });

const querySettings = {
  query: z.string(),
  useLegacySql: z.boolean().optional(),
  parameterMode: z.enum(["NAMED", "POSITIONAL"]).optional(),
  queryParameters: z.array(queryParameter).optional(),
  defaultDataset: datasetReference.optional(),
  maximumBytesBilled: z.union([z.string(), z.number()]).optional(),
  useQueryCache: z.boolean().optional(),
};

const queryBody = z.strictObject({
  ...querySettings,
  kind: z.string().optional(),
  location: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  timeoutMs: z.number().optional(),
  maxResults: z.number().optional(),
  requestId: z.string().optional(),
  formatOptions: z.strictObject({ useInt64Timestamp: z.boolean().optional() }).optional(),
});

const insertBody = z.strictObject({
  kind: z.string().optional(),
  jobReference: z
    .strictObject({ projectId: z.string(), jobId: z.string(), location: z.string().optional() })
    .partial()
    .optional(),
  configuration: z.strictObject({
    query: z.strictObject({ ...querySettings, priority: z.string().optional() }),
    labels: z.record(z.string(), z.string()).optional(),
    jobType: z.string().optional(),
    jobTimeoutMs: z.union([z.string(), z.number()]).optional(),
    dryRun: z.literal(false).optional(),
  }),
});

type QuerySettings = z.infer<typeof insertBody>["configuration"]["query"];

interface Job {
  readonly jobId: string;
  readonly createdAt: number;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly error?: { readonly reason: string; readonly message: string };
  readonly outcome?: Outcome;
}

interface Outcome extends QueryResult {
  readonly numDmlAffectedRows?: string;
}

const kind = "query-job";

/** `jobs.query`, `jobs.insert` and what reads their results. Source: https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs */
export function queryRoutes(context: Context): Routes {
  const engine = new Engine(context);
  const projectOf = (call: Call): string => context.numbers.idOf(call.params["project"]!);

  const run = async (project: string, config: QuerySettings, int64Timestamps: boolean): Promise<Outcome> => {
    if (config.useLegacySql !== false) {
      throw invalid("The sandbox runs GoogleSQL only: set useLegacySql to false, which is true unless it is given");
    }
    const { query, result } = await engine.run(config.query, {
      project: config.defaultDataset?.projectId ?? project,
      defaultDataset: config.defaultDataset?.datasetId,
      parameters: config.queryParameters ?? [],
      now: context.clock.now(),
    });
    if (query.kind === "DML") {
      return { schema: { fields: [] }, rows: [], numDmlAffectedRows: String(result.getRows()[0]?.[0] ?? 0) };
    }
    return encodeResult(result, query.columns, int64Timestamps);
  };

  const newJob = (): string => {
    const count = (context.store.get<number>("counter", "job") ?? 0) + 1;
    context.store.put("counter", "job", count);
    return `job_${String(count).padStart(12, "0")}`;
  };

  const answer = (
    project: string,
    jobId: string,
    { schema, rows, numDmlAffectedRows }: Outcome,
    type: string,
  ): object => ({
    kind: `bigquery#${type}`,
    ...(numDmlAffectedRows === undefined
      ? { schema, totalRows: String(rows.length), ...(rows.length > 0 && { rows }) }
      : { numDmlAffectedRows }),
    jobReference: { projectId: project, jobId },
    totalBytesProcessed: "0",
    jobComplete: true,
    cacheHit: false,
  });

  const query = async (call: Call): Promise<object> => {
    const body = readBody(call, queryBody);
    const outcome = await run(projectOf(call), body, body.formatOptions?.useInt64Timestamp === true);
    return answer(projectOf(call), newJob(), outcome, "queryResponse");
  };

  const insert = async (call: Call): Promise<object> => {
    const { jobReference, configuration } = readBody(call, insertBody);
    const jobId = jobReference?.jobId ?? newJob();
    const name = `${projectOf(call)}/${jobId}`;
    if (context.store.get<Job>(kind, name)) {
      throw new ReasonError(409, "duplicate", `Already Exists: Job ${projectOf(call)}:${jobId}`, "ALREADY_EXISTS");
    }
    const job: Job = { jobId, createdAt: context.clock.now(), configuration };
    try {
      const outcome = await run(projectOf(call), configuration.query, false);
      context.store.put(kind, name, { ...job, outcome });
    } catch (error) {
      if (!(error instanceof ReasonError)) {
        throw error;
      }
      context.store.put(kind, name, { ...job, error: { reason: error.reason, message: error.message } });
    }
    return render(projectOf(call), context.store.get<Job>(kind, name)!);
  };

  const jobOf = (call: Call): Job => {
    const job = context.store.get<Job>(kind, `${projectOf(call)}/${call.params["job"]!}`);
    if (!job) {
      throw new ReasonError(404, "notFound", `Not found: Job ${projectOf(call)}:${call.params["job"]!}`, "NOT_FOUND");
    }
    return job;
  };

  const results = (call: Call): object => {
    const { jobId, error, outcome } = jobOf(call);
    if (error) {
      throw new ReasonError(400, error.reason, error.message);
    }
    return answer(projectOf(call), jobId, outcome!, "getQueryResultsResponse");
  };

  const project = "/bigquery/v2/projects/{project}";
  return {
    [`POST ${project}/queries`]: query,
    [`GET ${project}/queries/{job}`]: results,
    [`POST ${project}/jobs`]: insert,
    [`GET ${project}/jobs/{job}`]: (call) => render(projectOf(call), jobOf(call)),
  };
}

function render(project: string, { jobId, createdAt, configuration, error, outcome }: Job): object {
  const time = String(createdAt);
  return {
    kind: "bigquery#job",
    id: `${project}:${jobId}`,
    jobReference: { projectId: project, jobId },
    configuration: { jobType: "QUERY", ...configuration },
    status: { state: "DONE", ...(error && { errorResult: error, errors: [error] }) },
    statistics: {
      creationTime: time,
      startTime: time,
      endTime: time,
      ...(outcome?.numDmlAffectedRows !== undefined && { query: { numDmlAffectedRows: outcome.numDmlAffectedRows } }),
    },
  };
}
