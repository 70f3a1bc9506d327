import { UserError } from "../user-error";
import type { Chapter } from "./story";

/** The demo's versions in their order, and how the rollout of each ends where rollouts work. */
const expected = [
  { name: "the first version", outcome: "done" },
  { name: "the good version", outcome: "done" },
  { name: "the bad version", outcome: "rolled-back" },
] as const;

/** Throws where a version did not end as its story says: a demo that shows something else has failed. */
export function requireOutcomes(chapters: readonly Pick<Chapter, "outcome" | "reason">[]): void {
  const wrong = expected.flatMap(({ name, outcome: wanted }, index) => {
    const { outcome, reason } = chapters[index] ?? { outcome: "not rolled out", reason: "" };
    return outcome === wanted ? [] : [`${name} must end '${wanted}', got '${outcome}'${reason && `: ${reason}`}`];
  });
  if (wrong.length > 0) {
    throw new UserError(`the demo did not go as it should: ${wrong.join("; ")}`);
  }
}
