import { setTimeout as wait } from "node:timers/promises";

import { type CloudClient, CloudError } from "./cloud-client";
import type { TeamNames } from "./names";

const api = "https://workflowexecutions.googleapis.com/v1";

/** An execution, as Workflows tells of it. */
export interface Execution {
  readonly name: string;
  readonly state: string;
  /** JSON */
  readonly result?: string;
  readonly error?: { readonly payload: string };
  /** Why it is `UNAVAILABLE`, such as a key that was revoked. */
  readonly stateError?: { readonly details?: string };
}

/** Executions of a team's workflows. */
export class Executions {
  constructor(
    private readonly client: CloudClient,
    private readonly names: TeamNames,
    /** How often it looks again while it waits, in real milliseconds. */
    private readonly everyMillis: number,
  ) {}

  async run(workflow: string, argument: object): Promise<Execution> {
    const url = `${api}/${this.names.workflows}/${this.names.team}-${workflow}/executions`;
    return (await this.client.call("POST", url, { argument: JSON.stringify(argument) })) as Execution;
  }

  async read(name: string): Promise<Execution> {
    return (await this.client.call("GET", `${api}/${name}`)) as Execution;
  }

  /** `undefined` where it is forgotten: Workflows keeps executions for 90 days, and none of a workflow that was deleted. */
  async find(name: string): Promise<Execution | undefined> {
    try {
      return await this.read(name);
    } catch (error) {
      if (error instanceof CloudError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * Answers the question of an execution. Of the callback's URL only the id is taken: it was read from a bucket or a table, and the
   * caller's credentials must not go to whatever host is named there. Source: `sendHttpCallback` of the Workflow Executions API.
   */
  async answer(execution: string, callback: string, decision: string, actor: string): Promise<void> {
    const id = callback.slice(callback.lastIndexOf("/") + 1);
    try {
      await this.client.call("POST", `${api}/${execution}/callbacks/${encodeURIComponent(id)}`, { decision, actor });
    } catch (error) {
      throw error instanceof CloudError && error.status === 404
        ? new CloudError(409, `nobody waits for this answer any more: ${error.message}`)
        : error;
    }
  }

  /** Waits for the end, and answers what was returned. Throws a `CloudError` with the reason where it failed. */
  async result(name: string): Promise<unknown> {
    for (;;) {
      const execution = await this.read(name);
      if (execution.state === "SUCCEEDED") {
        return JSON.parse(execution.result ?? "null");
      }
      if (!isRunning(execution)) {
        throw new CloudError(409, reasonOf(execution));
      }
      await wait(this.everyMillis);
    }
  }
}

export function isRunning({ state }: Execution): boolean {
  return state === "ACTIVE" || state === "QUEUED";
}

/** What a workflow raised: a text, or an error with a message. */
export function reasonOf({ state, error, stateError }: Execution): string {
  if (state === "UNAVAILABLE") {
    return `Workflows cannot read it: ${stateError?.details ?? "it does not say why"}`;
  }
  const payload = error?.payload ?? "null";
  try {
    const raised = JSON.parse(payload) as unknown;
    const { message } = (raised ?? {}) as { message?: unknown };
    return (
      [raised, message].find((text) => typeof text === "string") ?? (raised === null ? "it ended at once" : payload)
    );
  } catch {
    return payload;
  }
}
