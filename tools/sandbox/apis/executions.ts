import { z } from "zod";

import { readBody } from "./body";
import type { Context } from "./context";
import { ApiError } from "./error";
import type { Call, Routes } from "./http";
import { paged } from "./pages";
import { requireApi } from "./vertex/names";

/** Source: message Execution, google/cloud/workflows/executions/v1/executions.proto */
export interface Execution {
  /** `projects/{project}/locations/{location}/workflows/{workflow}/executions/{execution}` */
  readonly name: string;
  readonly startTime: string;
  readonly endTime?: string;
  readonly state: "ACTIVE" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  /** JSON */
  readonly argument?: string;
  /** JSON */
  readonly result?: string;
  readonly error?: { readonly payload: string; readonly context?: string };
  readonly workflowRevisionId?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly status?: { readonly currentSteps: readonly { readonly routine: string; readonly step: string }[] };
}

/** A URL that an execution waits for. Source: message Callback of the same API. */
export interface Callback {
  /** Id within the execution. */
  readonly id: string;
  readonly method: string;
  readonly waiters: number;
}

/** What runs workflows; names carry the project's id. */
export interface Executions {
  create(workflow: string, request: { argument: string; labels: Readonly<Record<string, string>> }): Execution;
  get(name: string): Execution | undefined;
  /** Newest first. */
  list(workflow: string): Execution[];
  cancel(name: string): Execution;
  callbacks(execution: string): Callback[];
  /** Resumes an execution; `false` where the callback is not awaited. */
  call(
    execution: string,
    callbackId: string,
    request: { method: string; headers: Readonly<Record<string, string>>; body: unknown },
  ): boolean;
}

const createBody = z.strictObject({
  argument: z.string().optional(),
  callLogLevel: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  disableConcurrencyQuotaOverflowBuffering: z.boolean().optional(),
});

/** The executions API of Workflows, over what runs them. */
export function executionRoutes(context: Context, executions: Executions): Routes {
  const workflowOf = (call: Call): string => {
    const { location, workflow } = call.params;
    const project = context.numbers.idOf(call.params["project"]!);
    requireApi(context, project, "workflowexecutions.googleapis.com", "Workflow Executions API");
    const name = `projects/${project}/locations/${location!}/workflows/${workflow!}`;
    if (!context.cloud.get("google_workflows_workflow", name)) {
      throw new ApiError("NOT_FOUND", `Workflow '${name}' was not found`);
    }
    return name;
  };

  const find = (call: Call): Execution => {
    const name = `${workflowOf(call)}/executions/${call.params["execution"]!}`;
    const execution = executions.get(name);
    if (!execution) {
      throw new ApiError("NOT_FOUND", `Execution '${name}' was not found`);
    }
    return execution;
  };

  const create = (call: Call): object => {
    const workflow = workflowOf(call);
    const { argument = "{}", labels = {} } = readBody(call, createBody);
    try {
      JSON.parse(argument);
    } catch {
      throw new ApiError("INVALID_ARGUMENT", "Execution argument must be a text that holds JSON");
    }
    if (Buffer.byteLength(argument) > 32 * 1024) {
      throw new ApiError("INVALID_ARGUMENT", "Execution argument must be at most 32 KiB");
    }
    return executions.create(workflow, { argument, labels });
  };

  const list = (call: Call): object => {
    const filter = call.query.get("filter") ?? "";
    const wanted = /^state\s*=\s*"?(\w+)"?$/.exec(filter.trim())?.[1];
    if (filter !== "" && wanted === undefined) {
      throw new ApiError("INVALID_ARGUMENT", `The sandbox lists executions by state="...", got the filter '${filter}'`);
    }
    const found = executions.list(workflowOf(call)).filter(({ state }) => wanted === undefined || state === wanted);
    const isFull = call.query.get("view") === "FULL";
    const shown = found.map(({ argument, result, error, ...basic }) => ({
      ...basic,
      ...(isFull && { argument, result, error }),
    }));
    return paged(call, "executions", shown);
  };

  const cancel = (call: Call): object => {
    const { name, state } = find(call);
    if (state !== "ACTIVE") {
      throw new ApiError("FAILED_PRECONDITION", `Execution '${name}' is not active, its state is ${state}`);
    }
    return executions.cancel(name);
  };

  const listCallbacks = (call: Call): object => {
    const { name } = find(call);
    const callbacks = executions.callbacks(name).map(({ id, method, waiters }) => ({
      name: `${name}/callbacks/${id}`,
      method,
      waiters: String(waiters),
    }));
    return paged(call, "callbacks", callbacks);
  };

  const callBack = (method: string) => (call: Call) => {
    const { name } = find(call);
    const request = { method, headers: call.headers, body: call.body };
    if (!executions.call(name, call.params["callback"]!, request)) {
      throw new ApiError("NOT_FOUND", `Callback '${call.params["callback"]!}' of execution '${name}' is not awaited`);
    }
    return {};
  };

  const workflow = "/v1/projects/{project}/locations/{location}/workflows/{workflow}/executions";
  const callback = `${workflow}/{execution}/callbacks/{callback}`;
  return {
    [`POST ${workflow}`]: create,
    [`GET ${workflow}`]: list,
    [`GET ${workflow}/{execution}`]: find,
    [`POST ${workflow}/{execution}:cancel`]: cancel,
    [`GET ${workflow}/{execution}/callbacks`]: listCallbacks,
    [`POST ${callback}`]: callBack("POST"),
    [`GET ${callback}`]: callBack("GET"),
  };
}
