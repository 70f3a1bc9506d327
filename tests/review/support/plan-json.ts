type Json = Readonly<Record<string, unknown>>;

/** A change as `terraform show -json` writes it: an update of a topic where nothing else is said. */
export function changeJson(change: Json = {}, entry: Json = {}): Json {
  const type = typeof entry["type"] === "string" ? entry["type"] : "google_pubsub_topic";
  return {
    address: `${type}.events`,
    mode: "managed",
    type,
    name: "events",
    provider_name: "registry.terraform.io/hashicorp/google",
    ...entry,
    change: {
      actions: ["update"],
      before: {},
      after: {},
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
      ...change,
    },
  };
}

/** A plan as `terraform show -json` writes it, of the changes given. */
export function planJson(changes: readonly unknown[] = [], more: Json = {}): Json {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    ...(changes.length > 0 && { resource_changes: changes }),
    configuration: { root_module: {} },
    timestamp: "2026-11-24T12:00:00Z",
    applyable: false,
    complete: true,
    errored: false,
    ...more,
  };
}
