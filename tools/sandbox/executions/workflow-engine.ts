import { randomUUID } from "node:crypto";

import { type CloudStore, timestamp } from "../apis/context";
import { ApiError } from "../apis/error";
import type { Callback, Execution, Executions } from "../apis/executions";
import type { Store } from "../apis/store";
import type { CloudResource } from "../cloud";
import { text } from "../values/value";
import type { StepEvent } from "../workflows/listener";
import type { Program } from "../workflows/program";
import { type Execution as Run, type Outcome, parseWorkflow } from "../workflows/runner";
import { ExecutionStore } from "./execution-store";
import { startWorkflow, type Surroundings } from "./start-workflow";

export interface WorkflowEngineOptions extends Surroundings {
  /** What Terraform made: the workflows among it are run. */
  readonly cloud: CloudStore;
  /** Keeps executions; what another engine left active there has failed. */
  readonly store: Store;
}

/** An execution that this process runs. */
interface Active {
  readonly run: Run;
  /** What it is doing. */
  step?: StepEvent;
}

/** Runs the workflows that Terraform made, as the service does. */
export class WorkflowEngine implements Executions {
  private readonly executions: ExecutionStore;
  private readonly active = new Map<string, Active>();
  private readonly programs = new Map<string, Program>();

  constructor(private readonly options: WorkflowEngineOptions) {
    this.executions = new ExecutionStore(options.store);
    this.failLost();
  }

  create(workflow: string, request: { argument: string; labels: Readonly<Record<string, string>> }): Execution {
    const resource = this.options.cloud.get("google_workflows_workflow", workflow);
    if (!resource) {
      throw new ApiError("NOT_FOUND", `Workflow '${workflow}' was not found`);
    }
    const executionId = randomUUID();
    const name = `${workflow}/executions/${executionId}`;
    const { argument, labels } = request;
    const run = startWorkflow(
      resource,
      this.programOf(resource),
      { executionId, argument, onStep: (step) => this.follow(name, step) },
      this.options,
    );
    const revision = text(resource.values, "revision_id");
    const execution: Execution = {
      name,
      startTime: this.now(),
      state: "ACTIVE",
      argument,
      ...(revision !== undefined && { workflowRevisionId: revision }),
      ...(Object.keys(labels).length > 0 && { labels }),
    };
    this.executions.add(execution);
    this.active.set(name, { run });
    void this.waitFor(name, run);
    return execution;
  }

  get(name: string): Execution | undefined {
    const execution = this.executions.get(name);
    const step = this.active.get(name)?.step;
    return execution && step
      ? { ...execution, status: { currentSteps: [{ routine: step.routine, step: step.name }] } }
      : execution;
  }

  list(workflow?: string): Execution[] {
    return this.executions.list(workflow);
  }

  cancel(name: string): Execution {
    this.active.get(name)?.run.cancel();
    this.active.delete(name);
    return this.executions.end(name, { state: "CANCELLED", endTime: this.now() });
  }

  callbacks(name: string): Callback[] {
    const endpoints = this.active.get(name)?.run.callbackEndpoints ?? [];
    return endpoints.map(({ url, method, waiters }) => ({ id: url.slice(url.lastIndexOf("/") + 1), method, waiters }));
  }

  call(name: string, callbackId: string, { method, headers, body }: Parameters<Executions["call"]>[2]): boolean {
    const url = `https://workflowexecutions.googleapis.com/v1/${name}/callbacks/${callbackId}`;
    const json = { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
    const encoded = body instanceof Uint8Array ? { headers, body } : body === undefined ? { headers } : json;
    return this.active.get(name)?.run.sendCallback(url, { method, ...encoded }) === 200;
  }

  /** Ends what runs, as a lost machine does: the next engine finds it. */
  close(): void {
    const runs = [...this.active.values()].map(({ run }) => run);
    this.active.clear();
    runs.forEach((run) => run.kill());
  }

  private now(): string {
    return timestamp(this.options.clock.now());
  }

  /** What an engine before this one did not bring to an end. */
  private failLost(): void {
    const message = "the sandbox ended while the execution was active; start the workflow again";
    for (const { name } of this.executions.list().filter(({ state }) => state === "ACTIVE")) {
      this.executions.end(name, {
        state: "FAILED",
        endTime: this.now(),
        error: { payload: JSON.stringify({ message, tags: ["SystemError"] }), context: message },
      });
    }
  }

  /** A source is read once, however many executions it has. */
  private programOf({ id, values }: CloudResource): Program {
    const source = text(values, "source_contents") ?? "";
    const program = this.programs.get(source) ?? parseWorkflow(source, id.slice(id.lastIndexOf("/") + 1));
    this.programs.set(source, program);
    return program;
  }

  private follow(name: string, step: StepEvent): void {
    const active = this.active.get(name);
    if (active && step.phase === "before") {
      active.step = step;
    }
  }

  /** Notes the end of an execution, unless it was cancelled or taken away: that is noted elsewhere. */
  private async waitFor(name: string, run: Run): Promise<void> {
    const outcome = await run.done.catch(failed);
    if (!this.active.delete(name) || outcome.state === "UNAVAILABLE") {
      return;
    }
    this.executions.end(name, {
      state: outcome.state,
      endTime: this.now(),
      ...(outcome.state === "SUCCEEDED" && { result: JSON.stringify(outcome.result) }),
      ...(outcome.state === "FAILED" && {
        error: { payload: outcome.error.payload, context: outcome.error.context },
      }),
    });
  }
}

/** What the sandbox cannot do ends the execution, and is told where its end is looked for. */
function failed(error: Error): Outcome {
  const value = `the sandbox failed: ${error.message}`;
  return {
    state: "FAILED",
    error: { value, payload: JSON.stringify(value), context: value, stackTrace: { elements: [] } },
  };
}
