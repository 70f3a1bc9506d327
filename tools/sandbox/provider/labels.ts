import type { Block } from "../schema/schema";
import { hasUnknown, isObject, UNKNOWN, type Value, type ValueObject } from "../values/value";
import type { Configuration } from "./configuration";

const attribution = { "goog-terraform-provisioned": "true" };

/** Plans what a resource's labels add up to: those of the provider block, its own, and the attribution of a new resource. */
export function planLabels(
  block: Block,
  planned: ValueObject,
  prior: ValueObject | undefined,
  { defaultLabels, attributionLabel }: Configuration,
): ValueObject {
  const result: Record<string, Value> = { ...planned };
  if ("terraform_labels" in block.attributes && "labels" in block.attributes) {
    const before = prior?.["effective_labels"];
    const attributed = prior ? isObject(before) && "goog-terraform-provisioned" in before : attributionLabel;
    const merged = merge({ ...(attributed && attribution), ...defaultLabels }, planned["labels"]);
    result["terraform_labels"] = merged;
    result["effective_labels"] = merged;
  }
  if ("effective_annotations" in block.attributes && "annotations" in block.attributes) {
    const own = planned["annotations"] ?? null;
    result["effective_annotations"] = own === null ? (prior?.["effective_annotations"] ?? UNKNOWN) : merge({}, own);
  }
  return result;
}

function merge(base: Readonly<Record<string, Value>>, own: Value | undefined): Value {
  return hasUnknown(own) ? UNKNOWN : { ...base, ...(isObject(own) && own) };
}
