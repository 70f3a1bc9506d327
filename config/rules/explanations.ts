import { placeOf } from "../source/node";
import type { Rule } from "./rule";

/** A model that explains its predictions takes no version that cannot: it would fail only once it is deployed. */
export const explanations: Rule = ({ teams }, report) => {
  for (const { workloads, node } of teams) {
    for (const [name, model] of Object.entries(workloads.serving.models)) {
      if (model.explanations !== undefined && !model.gates.explanation) {
        report(
          placeOf(node, "serving", "models", name, "gates", "explanation"),
          "must be true where explanations are set, got false: a version without an explanation specification cannot explain",
        );
      }
    }
  }
};
