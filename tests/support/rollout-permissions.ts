/** What each command asks Google Cloud for, by the permission that its calls need. */
export const rolloutPermissions = {
  start: [
    "aiplatform.endpoints.get",
    "bigquery.jobs.create",
    "bigquery.tables.getData",
    "storage.objects.get",
    "workflows.executions.create",
    "workflows.executions.get",
  ],
  status: [
    "aiplatform.endpoints.get",
    "bigquery.jobs.create",
    "bigquery.tables.getData",
    "storage.objects.get",
    "workflows.executions.get",
  ],
  approve: ["storage.objects.get", "workflows.callbacks.send", "workflows.executions.get"],
  rollback: ["storage.objects.get", "workflows.executions.create", "workflows.executions.get"],
  history: ["bigquery.jobs.create", "bigquery.tables.getData"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type RolloutCommand = keyof typeof rolloutPermissions;

/**
 * Permissions by call, each as the page of its method names them. Whose query it is may read its result: reading it asks for
 * `bigquery.jobs.create` as well. Source: reference of the REST APIs of Vertex AI, BigQuery, Cloud Storage and Workflows, read 2026-11.
 */
const byCall: readonly (readonly [call: RegExp, ...permissions: string[]])[] = [
  [/^GET storage\.googleapis\.com\/storage\/v1\/b\/[^/]+\/o\/[^/]+$/, "storage.objects.get"],
  [/^GET [a-z0-9-]+-aiplatform\.googleapis\.com\/v1\/.*\/endpoints\/[^/:]+$/, "aiplatform.endpoints.get"],
  [
    /^(POST|GET) bigquery\.googleapis\.com\/bigquery\/v2\/projects\/[^/]+\/queries(\/[^/]+)?$/,
    "bigquery.jobs.create",
    "bigquery.tables.getData",
  ],
  [/^POST workflowexecutions\.googleapis\.com\/v1\/.*\/executions$/, "workflows.executions.create"],
  [/^GET workflowexecutions\.googleapis\.com\/v1\/.*\/executions\/[^/]+$/, "workflows.executions.get"],
  [/^POST workflowexecutions\.googleapis\.com\/v1\/.*\/callbacks\/[^/]+$/, "workflows.callbacks.send"],
];

/** What a call needs. Throws where that is not known. */
export function permissionsOf(method: string, host: string, path: string): string[] {
  const call = `${method} ${host}${path}`;
  const [, ...permissions] = byCall.find(([pattern]) => pattern.test(call)) ?? [];
  if (permissions.length === 0) {
    throw new Error(`it is not known which permission this call needs: ${call}`);
  }
  return permissions;
}
