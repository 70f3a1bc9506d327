import type { ResourceChange } from "./plan";

/**
 * What becomes of an object. `other` is what a newer Terraform may plan: it is shown with its actions, never left out.
 * Deletion is told by the action being there at all, so that a new pair of actions cannot hide one.
 */
export type ChangeKind =
  | "replace, delete first"
  | "replace, create first"
  | "replace, forget"
  | "destroy"
  | "forget"
  | "update"
  | "create"
  | "read"
  | "move"
  | "import"
  | "none"
  | "other";

export function kindOf(change: ResourceChange): ChangeKind {
  const { actions, importing, previousAddress } = change;
  const has = (action: string) => actions.includes(action);
  if (has("delete")) {
    return has("create")
      ? actions.indexOf("delete") < actions.indexOf("create")
        ? "replace, delete first"
        : "replace, create first"
      : actions.length === 1
        ? "destroy"
        : "other";
  }
  if (actions.length === 2 && has("create") && has("forget")) {
    return "replace, forget";
  }
  const action = actions.length === 1 ? actions[0] : undefined;
  switch (action) {
    case "create":
    case "update":
    case "read":
    case "forget":
      return action;
    case "no-op":
      return importing ? "import" : previousAddress ? "move" : "none";
    default:
      return "other";
  }
}

/** Whether an object stays in the cloud that Terraform forgets; `replace, forget` makes another beside it. */
export function isForgotten(kind: ChangeKind): boolean {
  return kind === "forget" || kind === "replace, forget";
}

/** Whether only Terraform's record of an object changes, and nothing in the cloud. */
export function isStateOnly(kind: ChangeKind): boolean {
  return kind === "move" || kind === "import" || kind === "forget";
}
