import type { Policy, RolloutState } from "./declared";
import type { JournalRow } from "./journal";
import { timeOf } from "./journal";
import type { HoldView, QuestionView, RolloutView, StepView } from "./view";

const minute = 60_000;
const ended = ["none", "done", "rolled-back", "held"];

/** The latest rollout of a model, from its state object and what was decided about it. */
export function rolloutView(state: RolloutState, policy: Policy, rows: readonly JournalRow[]): RolloutView {
  const { phase } = state;
  const isActive = !ended.includes(phase);
  const last = rows.findLast(({ rollout }) => rollout === state.id);
  return {
    id: state.id,
    version: state.version,
    against: state.championVersion,
    phase,
    isActive,
    actor: state.actor,
    reason: state.reason,
    startedAt: state.startedAt * 1_000,
    endedAt: isActive || !last ? null : timeOf(last),
    steps: stepsOf(state, policy),
    bakedAt: (state.bakedAt ?? 0) > state.startedAt ? state.bakedAt! * 1_000 : null,
    shiftedAt: state.shiftedAt > 0 ? state.shiftedAt * 1_000 : null,
    hold: holdOf(state, policy),
    question: phase === "ask" ? questionOf(state, policy) : null,
  };
}

/** The way to all traffic, with where the rollout is on it or fell off. */
function stepsOf(state: RolloutState, policy: Policy): StepView[] {
  const isFirst = state.championVersion === "";
  const stages = isFirst
    ? [{ name: "100\u00a0%", note: "first version" }]
    : policy.stages.map(({ share, holdMinutes, approval }) => ({
        name: `${share}\u00a0%`,
        note: `${duration(holdMinutes)}${approval ? ", asks first" : ""}`,
      }));
  const bake = isFirst ? [] : [{ name: "Bake", note: duration(policy.bakeMinutes) }];
  const steps = [
    { name: "Deploy", note: "without traffic" },
    { name: "Ready", note: "replicas up" },
    ...stages,
    ...bake,
    { name: "Done", note: "champion" },
  ];
  const position = positionOf(state, steps.length, stages.length);
  const failed = ["rollback", "clean", "rolled-back"].includes(state.phase);
  return steps.map((step, index) => ({ ...step, state: stateAt(index, position, failed) }));
}

function stateAt(index: number, position: number, failed: boolean): StepView["state"] {
  if (index === position) {
    return failed ? "failed" : "current";
  }
  return index < position ? "done" : "ahead";
}

function positionOf(state: RolloutState, steps: number, stages: number): number {
  switch (state.heldPhase !== undefined && state.phase === "held" ? state.heldPhase : state.phase) {
    case "deploy":
      return 0;
    case "ready":
      return 1;
    case "first":
    case "shift":
    case "watch":
    case "ask":
      return 2 + Math.min(state.stage, stages - 1);
    case "bake":
      return steps - 2;
    case "finish":
      return steps - 1;
    case "done":
      return steps;
    default:
      return state.shiftedStage >= 0 ? 2 + Math.min(state.shiftedStage, stages - 1) : 0;
  }
}

/** The watch over a stage, as the workflow plans it. */
function holdOf(state: RolloutState, policy: Policy): HoldView | null {
  const stage = policy.stages[state.stage];
  if (!stage || state.shiftedAt === 0) {
    return null;
  }
  const planned = { looks: state.looks, plannedLooks: policy.looks };
  if (state.phase === "bake") {
    const from = (state.bakedAt ?? 0) * 1_000;
    const to = from + policy.bakeMinutes * minute;
    return { from, to, nextLook: to, ...planned };
  }
  if (state.phase !== "watch") {
    return null;
  }
  const from = state.shiftedAt * 1_000;
  const to = from + stage.holdMinutes * minute;
  const every = (stage.holdMinutes * minute) / policy.looks;
  const late = Math.max(every, (policy.deadlineMinutes * minute) / 10);
  const nextLook =
    state.looks < policy.looks ? from + every * (state.looks + 1) : to + late * (state.looks + 1 - policy.looks);
  return { from, to, nextLook, ...planned };
}

function questionOf(state: RolloutState, policy: Policy): QuestionView {
  return {
    asksFor: state.asksFor ?? "",
    reason: state.reason,
    expiresAt: (state.askedAt ?? 0) * 1_000 + policy.approvalMinutes * minute,
    onExpired: policy.onApprovalExpired,
    approvers: policy.approvers,
    isOpen: state.callback !== "",
  };
}

/** `45 min`, `4 h`, `1 h 30 min` */
function duration(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
  return [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 || hours === 0 ? [`${rest} min`] : [])].join(" ");
}
