import { isList, isObject, type Value, type ValueObject } from "../values/value";
import { nounOf } from "./apis";
import type { Rule } from "./rule";

/** Arguments that protect from deletion, by path, and the value with which they do. */
const protections: readonly (readonly [path: string, value: Value])[] = [
  ["deletion_protection", true],
  ["deletion_protection", "PROTECTED"],
  ["deletion_protection_enabled", true],
  ["settings.0.deletion_protection_enabled", true],
  ["delete_protection", true],
  ["delete_protection_state", "DELETE_PROTECTION_ENABLED"],
  ["enable_drop_protection", true],
  ["deletion_policy", "PREVENT"],
  ["locked", true],
];

export const deletionProtected: Rule = {
  id: "deletion-protected",
  why: "What is protected is not deleted: by the provider for `deletion_protection`, by Google for the other arguments.",
  source: "https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs (the argument's name in each type)",
  wording: "in part our own",
  check: ({ action, type, id, args }) => {
    const [path] =
      protections.find(([name, value]) => action === "delete" && at(args, name.split(".")) === value) ?? [];
    if (path === undefined) {
      return undefined;
    }
    if (path === "locked") {
      return {
        error: `Error when reading or editing Logging Bucket Config "${id}": googleapi: Error 400: Buckets that are locked cannot be deleted`,
        remedy:
          "A locked log bucket can never be unlocked: take it out of Terraform's state, or forget the project in the sandbox.",
      };
    }
    const off = {
      PROTECTED: "UNPROTECTED",
      PREVENT: "DELETE",
      DELETE_PROTECTION_ENABLED: "DELETE_PROTECTION_DISABLED",
    };
    const value = at(args, path.split("."));
    const open = typeof value === "string" ? off[value as keyof typeof off] : "false";
    return {
      error: `cannot destroy ${nounOf(type)} "${id}" without setting ${path}=${open} and running \`terraform apply\``,
      remedy: `Set ${path} to ${open}, apply, and then delete it: what it holds is lost.`,
    };
  },
};

function at(value: Value | undefined, [step, ...rest]: readonly string[]): Value | undefined {
  if (step === undefined) {
    return value;
  }
  const next = isList(value) ? value[Number(step)] : isObject(value) ? (value as ValueObject)[step] : undefined;
  return at(next, rest);
}
