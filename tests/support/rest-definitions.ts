import { z } from "zod";

/*
 * Calls of BigQuery and Cloud Storage that the project makes, and reads of Vertex AI's operations. Google ships no definitions of their REST APIs with its client libraries;
 * these are written down from the reference: https://cloud.google.com/bigquery/docs/reference/rest/v2 (jobs.query,
 * jobs.getQueryResults, tabledata.insertAll) and https://cloud.google.com/storage/docs/json_api/v1/objects (get, list, insert), read 2026-11.
 * Operations are a service that Vertex AI mixes in: https://cloud.google.com/vertex-ai/docs/reference/rest (projects.locations.operations).
 */

interface RestCall {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly query?: URLSearchParams | Readonly<Record<string, string | readonly string[]>>;
  readonly body?: unknown;
}

interface RestMethod {
  readonly call: RegExp;
  readonly query: z.ZodType;
  /** Nothing where no body is taken. */
  readonly body?: z.ZodType;
}

const digits = z.string().regex(/^\d+$/, "must be a whole number");
const whole = z.union([z.int().nonnegative(), digits]);

const parameterType: z.ZodType = z.lazy(() =>
  z.strictObject({ type: z.string(), arrayType: parameterType.optional(), structTypes: z.array(z.json()).optional() }),
);
const parameterValue: z.ZodType = z.lazy(() =>
  z.strictObject({
    // A text, also for numbers and times.
    value: z.string().nullable().optional(),
    arrayValues: z.array(parameterValue).optional(),
    structValues: z.record(z.string(), parameterValue).optional(),
  }),
);

const queryRequest = z.strictObject({
  kind: z.string().optional(),
  query: z.string().min(1),
  useLegacySql: z.boolean().optional(),
  parameterMode: z.enum(["POSITIONAL", "NAMED"]).optional(),
  queryParameters: z.array(z.strictObject({ name: z.string().optional(), parameterType, parameterValue })).optional(),
  location: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  maximumBytesBilled: whole.optional(),
  maxResults: whole.optional(),
  timeoutMs: whole.optional(),
  requestId: z
    .string()
    .max(36)
    .regex(/^[\x21-\x7e]*$/)
    .optional(),
});

const insertRequest = z.strictObject({
  kind: z.string().optional(),
  skipInvalidRows: z.boolean().optional(),
  ignoreUnknownValues: z.boolean().optional(),
  templateSuffix: z.string().optional(),
  rows: z
    .array(z.strictObject({ insertId: z.string().max(128).optional(), json: z.record(z.string(), z.json()) }))
    .min(1),
});

const preconditions = {
  ifGenerationMatch: digits.optional(),
  ifGenerationNotMatch: digits.optional(),
  ifMetagenerationMatch: digits.optional(),
  ifMetagenerationNotMatch: digits.optional(),
};

const bigquery = "bigquery\\.googleapis\\.com/bigquery/v2/projects/[^/]+";
const storage = "storage\\.googleapis\\.com";
const vertex = "[a-z0-9-]+-aiplatform\\.googleapis\\.com/v1/projects/[^/]+/locations/[^/]+(?:/.+)?";

const methods: readonly RestMethod[] = [
  { call: new RegExp(`^POST ${bigquery}/queries$`), query: z.strictObject({}), body: queryRequest },
  {
    call: new RegExp(`^GET ${bigquery}/queries/[^/]+$`),
    query: z.strictObject({
      startIndex: digits.optional(),
      pageToken: z.string().optional(),
      maxResults: digits.optional(),
      timeoutMs: digits.optional(),
      location: z.string().optional(),
    }),
  },
  {
    call: new RegExp(`^POST ${bigquery}/datasets/\\w+/tables/\\w+/insertAll$`),
    query: z.strictObject({}),
    body: insertRequest,
  },
  {
    call: new RegExp(`^GET ${storage}/storage/v1/b/[^/]+/o/.+$`),
    query: z.strictObject({
      alt: z.enum(["json", "media"]).optional(),
      generation: digits.optional(),
      ...preconditions,
    }),
  },
  {
    call: new RegExp(`^GET ${storage}/storage/v1/b/[^/]+/o$`),
    query: z.strictObject({
      delimiter: z.string().optional(),
      prefix: z.string().optional(),
      pageToken: z.string().optional(),
      maxResults: digits.optional(),
    }),
  },
  {
    call: new RegExp(`^POST ${storage}/upload/storage/v1/b/[^/]+/o$`),
    query: z.strictObject({ uploadType: z.literal("media"), name: z.string().min(1), ...preconditions }),
    body: z.unknown(),
  },
  { call: new RegExp(`^GET ${vertex}/operations/[^/:]+$`), query: z.strictObject({}) },
  {
    call: new RegExp(`^GET ${vertex}/operations$`),
    query: z.strictObject({
      filter: z.string().optional(),
      pageSize: digits.optional(),
      pageToken: z.string().optional(),
    }),
  },
];

const hosts = ["bigquery.googleapis.com", "storage.googleapis.com"];

/** Whether a call is held against what is written down here. */
export function isWrittenDown({ host, path }: RestCall): boolean {
  return hosts.includes(host) || (host.endsWith("-aiplatform.googleapis.com") && /\/operations(\/|$)/.test(path));
}

/** What is wrong with such a call; empty where nothing is. */
export function restProblems({ host, method, path, query = {}, body }: RestCall): string[] {
  const found = methods.find(({ call }) => call.test(`${method} ${host}${path}`));
  if (!found) {
    return [`${method} ${path} is none of the methods of ${host} that are written down`];
  }
  const parameters = query instanceof URLSearchParams ? Object.fromEntries(query) : query;
  const inQuery = found.query.safeParse(parameters).error?.issues ?? [];
  const inBody = found.body?.safeParse(body).error?.issues ?? [];
  return [
    ...inQuery.map(({ path: at, message }) => `query parameter '${at.join(".")}': ${message}`),
    ...inBody.map(({ path: at, message }) => `'${at.join(".")}': ${message}`),
    ...(found.body === undefined && body !== undefined ? [`${method} ${path} takes no body`] : []),
  ];
}
