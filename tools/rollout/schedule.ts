import type { Policy, RolloutState } from "./state";

/** Minutes that a rollout takes: `least` where all goes well, `most` where everything is waited for as long as it may be. */
export interface Forecast {
  readonly leastMinutes: number;
  readonly mostMinutes: number;
}

/** What the workflow waits for at most: a deployment of two hours, replicas for half an hour. */
const mostToDeploy = 150;

/** A deployment takes about that long where nothing is in its way. */
const usualToDeploy = 10;

export function forecast(policy: Policy): Forecast {
  const { stages, deadlineMinutes, approvalMinutes, bakeMinutes } = policy;
  const held = stages.reduce((sum, { holdMinutes }) => sum + holdMinutes, 0) + bakeMinutes;
  const approvals = stages.filter(({ approval }) => approval).length;
  const pauses = policy.onInconclusive === "pause" || policy.onNoData === "pause" ? stages.length : 0;
  return {
    leastMinutes: usualToDeploy + held,
    mostMinutes: mostToDeploy + held + stages.length * deadlineMinutes + (approvals + pauses) * approvalMinutes,
  };
}

/** The first version of an endpoint has nobody to be compared with: it gets all traffic once it is up. */
export const firstForecast: Forecast = { leastMinutes: usualToDeploy, mostMinutes: mostToDeploy };

/** When the next planned comparison is due, in seconds since 1970; `undefined` while none is. */
export function nextLook(policy: Policy, state: RolloutState): number | undefined {
  const { stage = 0, looks = 0, shiftedAt = 0, bakedAt = 0 } = state;
  const { holdMinutes } = policy.stages[stage]!;
  if (state.phase === "bake") {
    return bakedAt + 60 * policy.bakeMinutes;
  }
  if (state.phase !== "watch") {
    return undefined;
  }
  const every = (60 * holdMinutes) / policy.looks;
  const late = Math.max(every, (60 * policy.deadlineMinutes) / 10);
  return looks < policy.looks
    ? shiftedAt + every * (looks + 1)
    : shiftedAt + 60 * holdMinutes + late * (looks + 1 - policy.looks);
}
