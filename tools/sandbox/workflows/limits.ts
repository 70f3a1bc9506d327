/** Limits of the service: cloud.google.com/workflows/quotas#resource_limits */
export const limits = {
  sourceBytes: 128 * 1024,
  expressionLength: 400,
  assignments: 50,
  conditions: 50,
  callDepth: 20,
  branches: 10,
  concurrency: 20,
  parallelNesting: 2,
  steps: 100_000,
  memoryBytes: 512 * 1024,
  stringBytes: 256 * 1024,
  argumentBytes: 32 * 1024,
  responseBytes: 2 * 1024 * 1024,
  httpTimeoutSeconds: 1800,
} as const;
