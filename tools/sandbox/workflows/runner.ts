/**
 * Runs workflows of Google's Workflows language, unchanged, on a simulated clock:
 *
 * ```ts
 * const program = parseWorkflow(readFileSync("workflows/rollout.yaml", "utf8"), "workflows/rollout.yaml");
 * const clock = new SimulatedClock(Date.parse("2026-01-05T00:00:00Z"));
 * const execution = startExecution(program, { model: "propensity" }, {
 *   clock,
 *   http: async ({ method, url, body }) => jsonResponse(200, { done: true }),
 *   env: { VERTEX_API: "https://europe-west4-aiplatform.googleapis.com/v1" },
 *   project: { id: "acme", number: "123456789012", location: "europe-west4" },
 *   workflowId: "rollout",
 *   executionId: "1",
 * });
 * const outcome = await execution.done;
 * ```
 *
 * A program is read once and may be executed often, also many times at once on one clock.
 */
import { randomUUID } from "node:crypto";

import type { LogEntry, Outside } from "./blocking";
import { type CallbackEndpoint, type CallbackRequest, Callbacks } from "./callbacks";
import { type Clock, ClockStopped } from "./clock";
import { failure, WorkflowError } from "./errors";
import type { HttpHandler } from "./http";
import { Interpreter } from "./interpreter";
import { limits } from "./limits";
import type { StepListener } from "./listener";
import type { Program } from "./program";
import { describeFailure, type ExecutionError } from "./report";
import { fromJson, type Json, toJson } from "./values";
import { Interrupted, Waits } from "./waits";

export interface Host {
  readonly clock: Clock;
  readonly http: HttpHandler;
  readonly project: { readonly id: string; readonly number: string; readonly location: string };
  readonly workflowId: string;
  readonly executionId: string;
  /**
   * Environment variables of the workflow.
   *
   * @default - none beside those of the service
   */
  readonly env?: Readonly<Record<string, string>>;
  /** @default "000001-000" */
  readonly revisionId?: string;
  /** @default - the compute engine's default account */
  readonly serviceAccount?: string;
  /** @default - entries of `sys.log` are dropped */
  readonly log?: (entry: LogEntry) => void;
  /** @default - random */
  readonly uuid?: () => string;
  /** @default - nobody is told of steps */
  readonly onStep?: StepListener;
}

/** How an execution ended; `UNAVAILABLE` where what executed it was lost. */
export type Outcome =
  | { readonly state: "SUCCEEDED"; readonly result: Json }
  | { readonly state: "FAILED"; readonly error: ExecutionError }
  | { readonly state: "CANCELLED" }
  | { readonly state: "UNAVAILABLE" };

/** Starts an execution. Its first step is done when the caller gives way, not before. */
export function startExecution(program: Program, argument: Json | undefined, host: Host): Execution {
  return new Execution(program, argument, host);
}

export class Execution {
  /** Settles when the execution has ended; rejects for a fault of the host alone. */
  readonly done: Promise<Outcome>;
  private readonly waits = new Waits();
  private readonly callbacks: Callbacks;
  private readonly interpreter: Interpreter;
  private ended: Outcome | undefined;
  private interruption: "CANCELLED" | "UNAVAILABLE" = "UNAVAILABLE";

  constructor(program: Program, argument: Json | undefined, host: Host) {
    const { clock, http, project, workflowId, executionId } = host;
    const bytes = argument === undefined ? 0 : Buffer.byteLength(JSON.stringify(argument));
    if (bytes > limits.argumentBytes) {
      throw new RangeError(`the argument of an execution may have ${limits.argumentBytes} bytes at most, got ${bytes}`);
    }
    const parameters = program.routines.get("main")!.parameters.length;
    if (argument !== undefined && parameters === 0) {
      throw new TypeError(`the workflow takes no argument: give it none, or add 'params' to 'main' of ${program.file}`);
    }
    const { location } = project;
    const name = `projects/${project.id}/locations/${location}/workflows/${workflowId}/executions/${executionId}`;
    this.callbacks = new Callbacks(`https://workflowexecutions.googleapis.com/v1/${name}`, () => clock.now());
    const outside: Outside = {
      clock,
      http,
      log: host.log ?? (() => undefined),
      callbacks: this.callbacks,
      waits: this.waits,
    };
    const environment = environmentOf(host);
    const surroundings = {
      now: () => clock.now(),
      environment: (variable: string) => environment.get(variable),
      uuid: host.uuid ?? randomUUID,
    };
    this.interpreter = new Interpreter(program, outside, surroundings, host.onStep);
    this.done = this.run(fromJson(argument ?? null)).then((outcome) => {
      this.ended = outcome;
      this.callbacks.end();
      return outcome;
    });
  }

  get state(): "ACTIVE" | Outcome["state"] {
    return this.ended?.state ?? "ACTIVE";
  }

  /** How many steps were begun. */
  get steps(): number {
    return this.interpreter.steps;
  }

  /** Endpoints that the execution has created, in their order. */
  get callbackEndpoints(): readonly CallbackEndpoint[] {
    return this.callbacks.endpoints;
  }

  /** Sends a request to a callback endpoint. Returns the code of the answer: 200, 404, 405 or 429. */
  sendCallback(url: string, request: CallbackRequest): number {
    return this.callbacks.receive(url, request);
  }

  /** Ends the execution as `executions.cancel` does: at once, and no `except` is done. */
  cancel(): void {
    this.interrupt("CANCELLED");
  }

  /** Ends the execution as a lost machine does: requests on their way take effect, and nobody hears of it. */
  kill(): void {
    this.interrupt("UNAVAILABLE");
  }

  private interrupt(state: "CANCELLED" | "UNAVAILABLE"): void {
    this.interruption = state;
    this.callbacks.end();
    this.waits.break();
  }

  private async run(argument: Parameters<Interpreter["main"]>[0]): Promise<Outcome> {
    try {
      // The caller gets hold of the execution before its first step.
      await this.waits.until(Promise.resolve());
      const value = await this.interpreter.main(argument);
      try {
        return { state: "SUCCEEDED", result: toJson(value) };
      } catch (error) {
        throw error instanceof TypeError ? failure("TypeError", `the result of the workflow: ${error.message}`) : error;
      }
    } catch (error) {
      if (error instanceof WorkflowError) {
        return { state: "FAILED", error: describeFailure(error) };
      }
      if (error instanceof Interrupted || error instanceof ClockStopped) {
        return { state: this.interruption };
      }
      throw error;
    }
  }
}

/** cloud.google.com/workflows/docs/reference/environment-variables */
function environmentOf(host: Host): ReadonlyMap<string, string> {
  const { project, workflowId, executionId, revisionId = "000001-000", env = {} } = host;
  const reserved = Object.keys(env).filter((name) => name === "" || /^(GOOGLE|WORKFLOWS)_/.test(name));
  if (reserved.length > 0) {
    throw new TypeError(`environment variables must not begin with GOOGLE_ or WORKFLOWS_, got ${reserved.join(", ")}`);
  }
  return new Map(
    Object.entries({
      ...env,
      GOOGLE_CLOUD_LOCATION: project.location,
      GOOGLE_CLOUD_PROJECT_ID: project.id,
      GOOGLE_CLOUD_PROJECT_NUMBER: project.number,
      GOOGLE_CLOUD_SERVICE_ACCOUNT_NAME:
        host.serviceAccount ?? `${project.number}-compute@developer.gserviceaccount.com`,
      GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID: executionId,
      GOOGLE_CLOUD_WORKFLOW_ID: workflowId,
      GOOGLE_CLOUD_WORKFLOW_REVISION_ID: revisionId,
    }),
  );
}

export type { ExecutionError, HttpHandler, LogEntry };
export { parseWorkflow, WorkflowSourceError } from "./source";
export { SimulatedClock } from "./clock";
export { ConnectionProblem, jsonResponse } from "./http";
