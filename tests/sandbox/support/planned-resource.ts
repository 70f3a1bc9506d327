/** A resource as `terraform show -json` describes its plan. */
export interface PlannedResource {
  readonly address: string;
  readonly mode: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: unknown;
    readonly after: unknown;
    readonly after_unknown: unknown;
    readonly after_sensitive: unknown;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

/** Managed resources of a plan in JSON, by address. */
export function resourcesOf(json: string): Map<string, PlannedResource> {
  const { resource_changes } = JSON.parse(json) as { readonly resource_changes: readonly PlannedResource[] };
  return new Map(
    resource_changes.filter(({ mode }) => mode === "managed").map((resource) => [resource.address, resource]),
  );
}

/**
 * Everything that a plan says about a resource, by path: values, `(known after apply)`, what is sensitive, what replaces. What is
 * absent or empty says nothing: two plans would agree on it without having done anything.
 */
export function plannedLeaves({ change }: PlannedResource): Map<string, string> {
  const leaves = new Map<string, string>();
  collect(change.after, "", (path, value) => leaves.set(path, JSON.stringify(value)));
  collect(change.after_unknown, "", (path, value) => value === true && leaves.set(path, "(known after apply)"));
  collect(change.after_sensitive, "", (path, value) => value === true && leaves.set(`${path} (sensitive)`, "yes"));
  collect(change.replace_paths, "", (path, value) => leaves.set(`(replaces) ${path}`, JSON.stringify(value)));
  return leaves;
}

function collect(value: unknown, path: string, leaf: (path: string, value: unknown) => void): void {
  if (typeof value === "object" && value !== null) {
    for (const [step, inner] of Object.entries(value)) {
      collect(inner, path === "" ? step : `${path}.${step}`, leaf);
    }
  } else if (value !== null && value !== undefined) {
    leaf(path, value);
  }
}
