import { decisionLines } from "../../../tools/cli/demo/decision-lines";
import type { Decision } from "../../../tools/rollout/journal";

const decision: Decision = {
  decisionId: "e-9",
  decidedAt: "2026-01-05T10:30:00.000Z",
  model: "propensity",
  version: "2",
  rollout: "propensity-1",
  execution: "churn-rollout/executions/e",
  workflow: "churn-rollout",
  phase: "finish",
  action: "finish",
  verdict: "pass",
  reason: "",
  actor: "demo",
  splitBefore: null,
  splitAfter: { "2": 100 },
  evidence: null,
};
const state = { phase: "done", sequence: 9, version: "2", championVersion: "1" };
const first = { ...state, championVersion: "" };

test("a version that came after another takes it down; the first one has nobody to take down", () => {
  expect(decisionLines(decision, state)).toEqual(["  2026-01-05 10:30  takes the old version down"]);
  expect(decisionLines(decision, first)).toEqual([
    "  2026-01-05 10:30  it serves, and there is no old version to take down",
  ]);
});

test("a first version that fails gives traffic back to nobody", () => {
  const rollback = { ...decision, action: "rollback", reason: "it does not start" };
  expect(decisionLines(rollback, state)).toEqual([
    "  2026-01-05 10:30  gives the old version its traffic back, in one patch, it does not start",
  ]);
  expect(decisionLines(rollback, first)).toEqual([
    "  2026-01-05 10:30  there is no old version to give traffic back to, it does not start",
  ]);
});

test("an end at which the alias did not move says so", () => {
  const reason = "all traffic, but the alias 'champion' was not moved";
  expect(decisionLines({ ...decision, reason }, state)).toEqual([
    `  2026-01-05 10:30  takes the old version down, ${reason}`,
  ]);
});

test("a look has its numbers; what only prepares the next decision, and what a stream does, is left out", () => {
  const evidence = {
    challenger: { samples: 1000, serverErrors: 2, latencyP95: 112 },
    champion: { samples: 9000, serverErrors: 9, latencyP95: null },
  };
  expect(decisionLines({ ...decision, action: "look", reason: "no difference", evidence }, state)).toEqual([
    "  2026-01-05 10:30  looks: pass, no difference",
    `  ${" ".repeat(18)}new  1000 answers, 0.2 % 5xx, p95 112 ms`,
    `  ${" ".repeat(18)}old  9000 answers, 0.1 % 5xx`,
  ]);
  expect(decisionLines({ ...decision, action: "ask" }, state)).toEqual([]);
  expect(decisionLines({ ...decision, action: "start", workflow: "churn-stream" }, state)).toEqual([]);
});
