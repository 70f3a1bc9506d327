import { placeOf } from "../source/node";
import type { Rule } from "./rule";

/** A rollout only ever gives the new version more traffic, and ends with all of it. */
export const rolloutStagesGrow: Rule = ({ teams }, report) => {
  for (const { workloads, node } of teams) {
    for (const [name, { rollout }] of Object.entries(workloads.serving.models)) {
      const shares = rollout.stages.map(({ share }) => share);
      for (const [index, share] of shares.entries()) {
        const before = shares[index - 1] ?? 0;
        const place = placeOf(node, "serving", "models", name, "rollout", "stages", index, "share");
        if (share <= before) {
          report(place, `must be more than the share of the stage before (${before}), got ${share}`);
        } else if (index === shares.length - 1 && share !== 100) {
          report(place, `must be 100 in the last stage, got ${share}: add a stage with share 100`);
        }
      }
    }
  }
};
