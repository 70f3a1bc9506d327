import type { ResourceChange } from "./plan";

/**
 * What becomes of an object. `other` is what a newer Terraform may plan: it is shown, never left out.
 * Deletion is told by the action being there at all, so that a new pair of actions cannot hide one.
 */
export type ChangeKind =
  | "replace, delete first"
  | "replace, create first"
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
  if (actions.length !== 1) {
    return has("forget") ? "forget" : "other";
  }
  switch (actions[0]) {
    case "create":
    case "update":
    case "read":
    case "forget":
      return actions[0];
    case "no-op":
      return importing ? "import" : previousAddress ? "move" : "none";
    default:
      return "other";
  }
}

/** Whether an object is gone afterwards, or another one in its place. */
export function deletes({ actions }: ResourceChange): boolean {
  return actions.includes("delete");
}

/** Whether only Terraform's record of an object changes, and nothing in the cloud. */
export function isStateOnly(kind: ChangeKind): boolean {
  return kind === "move" || kind === "import" || kind === "forget";
}
