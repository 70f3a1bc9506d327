import type { TerraformStack } from "cdktf";

import { checkEnvironment, type Finding } from "../../policies/check";

/** What breaks a rule in the stacks, as they will be written: overrides are seen as well. The stacks must be prepared. */
export function checkStacks(stacks: readonly TerraformStack[]): Finding[] {
  return checkEnvironment(stacks.map((stack) => ({ name: stack.node.id, json: stack.toTerraform() as unknown })));
}
