import { server } from "./store.js";
import { ui } from "./ui.js";

const minute = 60_000;

/** The time that charts show: the latest rollout with a little before it, or all that is known. @param {import("../view").ModelView} model */
export function rangeOf({ rollout, split, metrics }) {
  const now = server.clock.now;
  const first = Math.min(split[0]?.at ?? now, metrics.flatMap(({ points }) => points[0]?.at ?? now)[0] ?? now);
  const ahead = rollout?.hold ? Math.max(now, rollout.hold.to) : now;
  if (ui.range === "all" || !rollout) {
    return { from: Math.min(first, now - 10 * minute), to: Math.max(ahead, now) };
  }
  const from = rollout.startedAt - 5 * minute;
  const to =
    rollout.endedAt === null
      ? ahead
      : Math.max(rollout.endedAt + 5 * minute, Math.min(now, rollout.endedAt + 30 * minute));
  return { from, to: Math.max(to, from + 15 * minute) };
}
