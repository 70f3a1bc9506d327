import type { TerraformStack } from "cdktf";

import { policies } from "./policies";
import type { Arguments } from "./policy";

/** A resource that breaks a rule. */
export interface Finding {
  readonly stack: string;
  /** Terraform address, such as `google_storage_bucket.Landing_1A2B3C4D`. */
  readonly address: string;
  /** Id of the policy. */
  readonly policy: string;
  readonly message: string;
}

/** Terraform's JSON of a stack, as far as policies look at it. */
export interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
}

/** What breaks a rule in the stacks, as they will be synthesised: overrides are seen as well. The stacks must be prepared. */
export function checkStacks(stacks: readonly TerraformStack[]): Finding[] {
  return stacks.flatMap((stack) => checkJson(stack.node.id, stack.toTerraform() as StackJson));
}

/** What breaks a rule in Terraform's JSON of one stack. */
export function checkJson(stack: string, json: StackJson): Finding[] {
  return Object.entries(json.resource ?? {}).flatMap(([type, resources]) => {
    const rules = policies.filter(({ types }) => types.includes(type) || types.includes("*"));
    return Object.entries(resources).flatMap(([name, args]) =>
      rules.flatMap(({ id, check }) => {
        const message = check(args, type);
        return message === undefined ? [] : [{ stack, address: `${type}.${name}`, policy: id, message }];
      }),
    );
  });
}

/** A finding as one line. */
export function formatFinding({ stack, address, policy, message }: Finding): string {
  return `${stack} ${address}: ${message} [${policy}]`;
}
