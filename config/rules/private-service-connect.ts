import type { ModelConfig } from "../schema/team";
import { keyPlaceOf } from "../source/node";
import type { Rule } from "./rule";

/**
 * Why a setting does not go with Private Service Connect. Source: Vertex AI documentation, "Use dedicated private endpoints based on
 * Private Service Connect for online inference", read 2026-11; apache-beam 2.74, VertexAIModelHandlerJSON.
 */
const refusals: readonly (readonly [keyof ModelConfig, string])[] = [
  ["callers", "Vertex AI does not check there who calls, whoever can connect from one of its projects may"],
  ["explanations", "endpoints answer predictions there, and no requests for explanations"],
  ["stream", "Beam calls models at addresses of Vertex AI only"],
];

/** An endpoint that is reached through Private Service Connect promises nothing that it cannot keep there. */
export const privateServiceConnect: Rule = ({ teams }, report) => {
  for (const { workloads, node } of teams) {
    for (const [name, model] of Object.entries(workloads.serving.models)) {
      if (model.privateServiceConnect === undefined) {
        continue;
      }
      for (const [setting, reason] of refusals) {
        if (isSet(model[setting])) {
          report(
            keyPlaceOf(node, "serving", "models", name, setting),
            `must not be set beside privateServiceConnect: ${reason}; remove one of them`,
          );
        }
      }
    }
  }
};

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}
