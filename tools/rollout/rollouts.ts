import { setTimeout as wait } from "node:timers/promises";

import { type CloudClient, CloudError } from "./cloud-client";
import { type Decision, readJournal } from "./journal";
import type { TeamNames } from "./names";
import { type EndpointState, isActive, type Policy, type RolloutState } from "./state";

const executionsApi = "https://workflowexecutions.googleapis.com/v1";

/** An execution, as Workflows tells of it. */
export interface ExecutionState {
  readonly name: string;
  readonly state: string;
  readonly result?: string;
  readonly error?: { readonly payload: string };
}

export interface StartRequest {
  readonly version: string;
  readonly actor: string;
  readonly override: boolean;
}

/** Rollouts of one model: what stands where, and what a person may do. */
export class Rollouts {
  constructor(
    private readonly client: CloudClient,
    private readonly names: TeamNames,
    private readonly region: string,
    private readonly model: string,
    /** How often it looks again while it waits, in real milliseconds. */
    private readonly everyMillis: number,
  ) {}

  /** Throws a `CloudError` 404 where the model's serving stack is not deployed. */
  async policy(): Promise<Policy> {
    return (await this.client.call("GET", `${this.object(`${this.model}.json`)}?alt=media`)) as Policy;
  }

  async state(): Promise<RolloutState> {
    try {
      return (await this.client.call("GET", `${this.object(`${this.model}/state.json`)}?alt=media`)) as RolloutState;
    } catch (error) {
      if (error instanceof CloudError && error.status === 404) {
        return { phase: "none", sequence: 0 };
      }
      throw error;
    }
  }

  async endpoint({ endpoint }: Policy): Promise<EndpointState> {
    return (await this.client.call("GET", `${this.vertexApi}/${endpoint}`)) as EndpointState;
  }

  history(limit: number): Promise<Decision[]> {
    return readJournal(this.client, this.names, this.model, limit);
  }

  /** Starts a rollout, and waits until it has begun. Throws a `CloudError` with the reason where it does not. */
  async start({ version, actor, override }: StartRequest): Promise<RolloutState> {
    const execution = await this.run("rollout", { model: this.model, version, actor, ...(override && { override }) });
    for (;;) {
      const [state, { state: running, error }] = [await this.state(), await this.execution(execution.name)];
      if (state.execution !== undefined && execution.name.endsWith(`/${state.execution}`)) {
        return state;
      }
      if (running !== "ACTIVE" && running !== "QUEUED") {
        throw new CloudError(409, reasonOf(error?.payload));
      }
      await wait(this.everyMillis);
    }
  }

  /** Answers the question that a rollout waits for an answer to. */
  async approve(state: RolloutState, actor: string): Promise<void> {
    await this.client.call("POST", state.callback!, { decision: "approve", actor });
  }

  /** Takes a rollout back, and waits for it. */
  async rollback(reason: string, actor: string): Promise<RolloutState> {
    const { name } = await this.run("rollback", { model: this.model, reason, actor });
    const { state, error } = await this.end(name);
    if (state !== "SUCCEEDED") {
      throw new CloudError(409, reasonOf(error?.payload));
    }
    return this.state();
  }

  /** Waits until something is decided. Throws a `CloudError` where the execution ends without a decision. */
  async change(before: RolloutState): Promise<RolloutState> {
    for (;;) {
      const lost = await this.lostBecause(before);
      const state = await this.state();
      if (state.sequence !== before.sequence || state.id !== before.id) {
        return state;
      }
      if (lost !== undefined) {
        throw new CloudError(409, `the execution of the rollout ended: ${lost}; start the version again to go on`);
      }
      await wait(this.everyMillis);
    }
  }

  /** Why nobody is at work on a rollout that is under way; `undefined` where somebody is, or nobody has to be. */
  async lostBecause(state: RolloutState): Promise<string | undefined> {
    if (!isActive(state) || state.phase === "held") {
      return undefined;
    }
    const { state: running, error } = await this.execution(`${this.names.workflows}/${state.execution!}`);
    return running === "ACTIVE" || running === "QUEUED" ? undefined : reasonOf(error?.payload);
  }

  private async end(name: string): Promise<ExecutionState> {
    for (;;) {
      const execution = await this.execution(name);
      if (execution.state !== "ACTIVE" && execution.state !== "QUEUED") {
        return execution;
      }
      await wait(this.everyMillis);
    }
  }

  private async run(workflow: string, argument: object): Promise<ExecutionState> {
    const url = `${executionsApi}/${this.names.workflows}/${this.names.team}-${workflow}/executions`;
    return (await this.client.call("POST", url, { argument: JSON.stringify(argument) })) as ExecutionState;
  }

  private async execution(name: string): Promise<ExecutionState> {
    return (await this.client.call("GET", `${executionsApi}/${name}`)) as ExecutionState;
  }

  private get vertexApi(): string {
    return `https://${this.region}-aiplatform.googleapis.com/v1`;
  }

  private object(name: string): string {
    return `https://storage.googleapis.com/storage/v1/b/${this.names.policyBucket}/o/${encodeURIComponent(name)}`;
  }
}

/** What a workflow raised: a text, or an error with a message. */
function reasonOf(payload: string | undefined): string {
  try {
    const raised = JSON.parse(payload ?? "null") as unknown;
    const { message } = (raised ?? {}) as { message?: unknown };
    return typeof raised === "string"
      ? raised
      : typeof message === "string"
        ? message
        : (payload ?? "it ended at once");
  } catch {
    return payload!;
  }
}
