import { listNames, nearest } from "../nearest";
import { entries, keyPlaceOf } from "../source/node";
import type { Rule } from "./rule";

/** A service's traffic is split completely, and the split knows the revision that is deployed. */
export const serviceTraffic: Rule = ({ teams }, report) => {
  for (const { workloads, node } of teams) {
    for (const [name, { revision, traffic }] of Object.entries(workloads.serving.services)) {
      const path = ["serving", "services", name, "traffic"];
      const place = keyPlaceOf(node, ...path);
      const revisions = Object.keys(traffic);
      if (!Object.hasOwn(traffic, revision)) {
        const near = nearest(revision, revisions);
        const meant = near === undefined ? "" : ` (or is '${near}' the one that is deployed?)`;
        report(
          place,
          `must name the deployed revision '${revision}', got ${listNames(revisions)}: write '${revision}: 0' to deploy it without traffic${meant}`,
        );
      }
      const sum = Object.values(traffic).reduce((total, percent) => total + percent, 0);
      if (sum !== 100) {
        const terms = Object.entries(traffic).map(([key, percent]) => `${key} ${percent}`);
        // Layers merge key by key: a revision that another layer names stays in the split until it is set to 0.
        const layers = new Set(
          entries(node, ...path).map(
            ([
              ,
              {
                value: { place },
              },
            ]) => `${place.file} ${place.path.split(".")[0]}`,
          ),
        );
        const hint = layers.size > 1 ? ": set revisions that another layer names to 0" : "";
        report(place, `must sum to 100, got ${terms.join(" + ") || "no revision"} = ${sum}${hint}`);
      }
    }
  }
};
