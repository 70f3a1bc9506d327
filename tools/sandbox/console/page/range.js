import { server } from "./store.js";
import { ui } from "./ui.js";

const minute = 60_000;

/** The time that charts show: the latest rollout with a little before it, or all that is known. @param {import("../view").ModelView} model */
export function rangeOf({ rollout, split, pastMetrics }) {
  const now = server.clock.now;
  if (ui.range === "all" || !rollout) {
    const starts = [split[0]?.at, ...pastMetrics.map(({ points }) => points[0]?.at)].filter((at) => at !== undefined);
    return { from: Math.min(now - 10 * minute, ...starts), to: Math.max(now, rollout?.hold?.to ?? now) };
  }
  const from = rollout.startedAt - 5 * minute;
  const to = Math.max(from + 15 * minute, endOf(rollout, now));
  // Nothing moves while the old version is kept warm, often for a day: the stages before it would be squeezed.
  const most = rollout.bakedAt === null ? to : rollout.bakedAt + 0.3 * (rollout.bakedAt - from);
  return { from, to: Math.min(to, most) };
}

/** @param {import("../view").RolloutView} rollout @param {number} now */
function endOf({ hold, endedAt }, now) {
  return endedAt === null
    ? Math.max(now, hold?.to ?? now)
    : Math.max(endedAt + 5 * minute, Math.min(now, endedAt + 30 * minute));
}
