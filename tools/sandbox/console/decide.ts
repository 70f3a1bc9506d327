import { declaredModels, stateOf } from "./declared";
import type { ConsoleSource } from "./source";

export type Decision = "approve" | "rollback";

/** The rollout does not wait for this decision. */
export class NotAskedError extends Error {
  override readonly name = "NotAskedError";
}

/** Answers the question that a rollout asks. Throws a `NotAskedError` where it asks none. */
export function decide({ context, executions }: ConsoleSource, key: string, rollout: string, decision: Decision): void {
  const model = declaredModels(context).find((each) => each.key === key);
  if (!model) {
    throw new NotAskedError(`there is no model '${key}' in the sandbox`);
  }
  const state = stateOf(context, model);
  if (!state || state.id !== rollout) {
    throw new NotAskedError(`rollout '${rollout}' is not the latest of ${key}; look at what the page shows now`);
  }
  const location = model.policy.endpoint.split("/endpoints/")[0]!;
  const execution = `${location}/workflows/${state.execution}`;
  const callback = state.callback.slice(state.callback.lastIndexOf("/") + 1);
  const request = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: { decision, actor: "console" },
  };
  if (state.phase !== "ask" || !executions.call(execution, callback, request)) {
    throw new NotAskedError(`rollout '${rollout}' asks nothing now: its phase is '${state.phase}'`);
  }
}
