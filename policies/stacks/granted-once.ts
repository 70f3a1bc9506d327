import { isUnknown } from "../arguments";
import type { StackPolicy } from "../policy";
import type { Resource, Stack } from "../stack";

export const grantedOnce: StackPolicy = {
  id: "iam/granted-once",
  types: ["*"],
  why: "IAM keeps a grant once, whoever made it: destroying one of two stacks takes it away from both.",
  checkStacks: (stacks) => {
    const first = new Map<string, string>();
    return stacks.flatMap((stack) =>
      stack.resources.filter(isGrant).flatMap((resource) => {
        const grant = identity(stack, resource);
        const before = first.get(grant);
        first.set(grant, before ?? `${stack.name} ${resource.address}`);
        return before === undefined
          ? []
          : [
              {
                stack: stack.name,
                address: resource.address,
                message: `the same grant must not be made twice, got one in ${before}: remove one`,
              },
            ];
      }),
    );
  },
};

/** What says how Terraform makes a grant, or is told apart already. */
const asides = new Set(["depends_on", "lifecycle", "provider", "project"]);

function isGrant(resource: Resource): boolean {
  if (!resource.type.endsWith("_iam_member")) {
    return false;
  }
  const { role, member } = resource.args;
  return typeof role === "string" && typeof member === "string";
}

/** What IAM tells grants apart by: the resource, role, member and condition. Names are compared without their paths. */
function identity(stack: Stack, resource: Resource): string {
  const places = Object.entries(resource.args)
    .filter(([name]) => !asides.has(name))
    .map(
      ([name, value]) =>
        `${name}=${typeof value === "string" ? lastSegment(stack.resolve(value), name) : JSON.stringify(value)}`,
    )
    .sort();
  return [resource.type, stack.projectOf(resource) ?? stack.name, ...places].join(" ");
}

function lastSegment(text: string, name: string): string {
  return name === "role" || isUnknown(text) ? text : text.slice(text.lastIndexOf("/") + 1);
}
