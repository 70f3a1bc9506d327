import type { Block } from "../schema/schema";
import { hasUnknown, isObject, UNKNOWN, type Value, type ValueObject } from "../values/value";
import type { Configuration } from "./configuration";

const attribution = { "goog-terraform-provisioned": "true" };

/** Types that the provider does not mark as made by Terraform. */
const unattributed = ["google_dataplex_datascan", "google_dataproc_cluster"];

/** What a forwarding rule targets that leads to Google's own APIs: such a rule is not marked either. */
const googleApis = ["all-apis", "vpc-sc"];

/** Plans what a resource's labels add up to: those of the provider block, its own, and the attribution of a new resource. */
export function planLabels(
  type: string,
  block: Block,
  planned: ValueObject,
  prior: ValueObject | undefined,
  { defaultLabels, attributionLabel }: Configuration,
): ValueObject {
  const result: Record<string, Value> = { ...planned };
  if ("terraform_labels" in block.attributes && "labels" in block.attributes) {
    const before = prior?.["effective_labels"];
    const attributed = prior
      ? isObject(before) && "goog-terraform-provisioned" in before
      : attributionLabel && isAttributed(type, planned);
    const merged = merge({ ...(attributed && attribution), ...defaultLabels }, planned["labels"]);
    result["terraform_labels"] = merged;
    result["effective_labels"] = isObject(merged) ? { ...foreignLabels(prior), ...merged } : merged;
  }
  if ("effective_annotations" in block.attributes && "annotations" in block.attributes) {
    const own = planned["annotations"] ?? null;
    result["effective_annotations"] = own === null ? (prior?.["effective_annotations"] ?? UNKNOWN) : merge({}, own);
  }
  return result;
}

/** Labels that someone else gave the resource, such as a rollout: Terraform leaves them alone. */
function foreignLabels(prior: ValueObject | undefined): ValueObject {
  const before = prior?.["effective_labels"];
  const ours = { ...attribution, ...(isObject(prior?.["terraform_labels"]) && prior["terraform_labels"]) };
  const labels = isObject(before) && isObject(prior?.["terraform_labels"]) ? Object.entries(before) : [];
  return Object.fromEntries(labels.filter(([name]) => !(name in ours)));
}

function isAttributed(type: string, { target }: ValueObject): boolean {
  const leadsToGoogle = type === "google_compute_global_forwarding_rule" && googleApis.some((name) => name === target);
  return !leadsToGoogle && !unattributed.includes(type);
}

function merge(base: Readonly<Record<string, Value>>, own: Value | undefined): Value {
  return hasUnknown(own) ? UNKNOWN : { ...base, ...(isObject(own) && own) };
}
