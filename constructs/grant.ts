import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

import type { IIdentity } from "./identity";

/** A grant of a role; what needs the grant waits for it. */
export type Grant = ITerraformDependable;

/** Makes the grant of a role to an identity below `scope`, or finds the one made before: granting twice is granting once. */
export function grantOnce<T extends Grant & Construct>(
  scope: Construct,
  role: string,
  identity: IIdentity,
  make: (id: string, to: { member: string; dependsOn?: Grant[] }) => T,
): T {
  const id = `${role}-${identity.name}`;
  const made = scope.node.tryFindChild(id) as T | undefined;
  const dependsOn = [...(identity.dependencies ?? [])];
  return made ?? make(id, { member: identity.member, ...(dependsOn.length > 0 && { dependsOn }) });
}
