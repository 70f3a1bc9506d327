import { firstForecast, forecast, nextLook } from "../../tools/rollout/schedule";
import type { Policy, RolloutState } from "../../tools/rollout/state";

const policy: Policy = {
  endpoint: "e",
  model: "m",
  stages: [
    { share: 10, holdMinutes: 60, minimumSamples: 500, approval: false },
    { share: 100, holdMinutes: 30, minimumSamples: 500, approval: true },
  ],
  watchMinutes: 5,
  looks: 3,
  deadlineMinutes: 120,
  approvers: ["group:owners@acme.example"],
  approvalMinutes: 1_000,
  onInconclusive: "rollback",
  onNoData: "rollback",
  bakeMinutes: 100,
  gates: { metrics: {}, slices: {}, dataValidation: false, explanation: false },
};
const state: RolloutState = { phase: "watch", sequence: 5, stage: 0, looks: 0, shiftedAt: 1_000_000 };
const after = (minutes: number) => 1_000_000 + 60 * minutes;

test("a rollout takes its holds and its bake at least, and every wait at most", () => {
  expect(forecast(policy)).toEqual({ leastMinutes: 10 + 90 + 100, mostMinutes: 150 + 90 + 100 + 2 * 120 + 1_000 });
});

test("a stage that may pause at its deadline waits for a person once more", () => {
  expect(forecast({ ...policy, onNoData: "pause" }).mostMinutes).toBe(forecast(policy).mostMinutes + 2_000);
});

test("the first version of an endpoint waits for nothing but its deployment", () => {
  expect(firstForecast).toEqual({ leastMinutes: 10, mostMinutes: 150 });
});

test.each([
  ["the first of three in an hour", {}, after(20)],
  ["the last", { looks: 2 }, after(60)],
  ["one after the hold, since there was no verdict", { looks: 3 }, after(80)],
  ["one at the end of the bake", { phase: "bake", stage: 1, bakedAt: after(200) }, after(300)],
])("the next look: %s", (_, changes, due) => {
  expect(nextLook(policy, { ...state, ...changes })).toBe(due);
});

test.each(["deploy", "ask", "held", "done"])("no look is planned in phase %s", (phase) => {
  expect(nextLook(policy, { ...state, phase })).toBeUndefined();
});
