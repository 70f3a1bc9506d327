type Json = Readonly<Record<string, unknown>>;

/** Fields of Terraform's format that are read, and those that repeat what others say. */
export const knownFields = {
  plan: [
    "format_version",
    "terraform_version",
    "variables",
    "planned_values",
    "resource_drift",
    "resource_changes",
    "deferred_changes",
    "output_changes",
    "prior_state",
    "configuration",
    "relevant_attributes",
    "checks",
    "timestamp",
    "applyable",
    "complete",
    "errored",
  ],
  resource: [
    "address",
    "previous_address",
    "module_address",
    "mode",
    "type",
    "name",
    "index",
    "provider_name",
    "deposed",
    "change",
    "action_reason",
  ],
  change: [
    "actions",
    "before",
    "after",
    "after_unknown",
    "before_sensitive",
    "after_sensitive",
    "replace_paths",
    "importing",
    "generated_config",
    "before_identity",
    "after_identity",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Fields that are not among the known ones, and hold something. */
export function namesOutside(json: Json, names: readonly string[], place = ""): string[] {
  return Object.keys(json)
    .filter((name) => !names.includes(name) && !isEmpty(json[name]))
    .map((name) => `${place}${name}`);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}
