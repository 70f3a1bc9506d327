import { setTimeout as wait } from "node:timers/promises";

import { type CloudClient, CloudError } from "./cloud-client";
import { Executions, isRunning, reasonOf } from "./executions";
import { type Decision, readJournal } from "./journal";
import type { TeamNames } from "./names";
import { type EndpointState, isActive, type Policy, type RolloutState } from "./state";

export interface StartRequest {
  readonly version: string;
  readonly actor: string;
  readonly override: boolean;
}

/** Rollouts of one model: what stands where, and what a person may do. */
export class Rollouts {
  private readonly executions: Executions;

  constructor(
    private readonly client: CloudClient,
    private readonly names: TeamNames,
    private readonly region: string,
    private readonly model: string,
    /** How often it looks again while it waits, in real milliseconds. */
    private readonly everyMillis: number,
  ) {
    this.executions = new Executions(client, names, everyMillis);
  }

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
    const argument = { model: this.model, version, actor, ...(override && { override }) };
    const { name } = await this.executions.run("rollout", argument);
    for (;;) {
      const [state, execution] = [await this.state(), await this.executions.read(name)];
      if (state.execution !== undefined && name.endsWith(`/${state.execution}`)) {
        return state;
      }
      if (!isRunning(execution)) {
        throw new CloudError(409, reasonOf(execution));
      }
      await wait(this.everyMillis);
    }
  }

  /** Answers the question that a rollout waits for an answer to. */
  async approve(state: RolloutState, actor: string): Promise<void> {
    await this.executions.answer(this.executionOf(state), state.callback!, "approve", actor);
  }

  /** Takes a rollout back, and waits for it. */
  async rollback(reason: string, actor: string): Promise<RolloutState> {
    const { name } = await this.executions.run("rollback", { model: this.model, reason, actor });
    await this.executions.result(name);
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
    const execution = await this.executions.find(this.executionOf(state));
    if (execution === undefined) {
      return "Workflows does not know it any more";
    }
    return isRunning(execution) ? undefined : reasonOf(execution);
  }

  private executionOf({ execution }: RolloutState): string {
    return `${this.names.workflows}/${execution!}`;
  }

  private get vertexApi(): string {
    return `https://${this.region}-aiplatform.googleapis.com/v1`;
  }

  private object(name: string): string {
    return `https://storage.googleapis.com/storage/v1/b/${this.names.policyBucket}/o/${encodeURIComponent(name)}`;
  }
}
