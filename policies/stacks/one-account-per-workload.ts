import { isNothing } from "../arguments";
import type { StackPolicy } from "../policy";
import { accountArguments } from "../security/account-of-its-own";

const types = Object.keys(accountArguments);

export const oneAccountPerWorkload: StackPolicy = {
  id: "iam/one-account-per-workload",
  types,
  why: "Two workloads that share an account hold each other's grants, and the audit log cannot tell them apart.",
  controls: ["NIST 800-53 AC-5", "NIST 800-53 AC-6"],
  checkStacks: (stacks) => {
    const owners = new Map<string, string>();
    return stacks.flatMap((stack) =>
      stack.ofType(...types).flatMap((resource) => {
        const { type, address } = resource;
        const path = accountArguments[type]!;
        const account = resource.at(path);
        if (typeof account !== "string" || isNothing(account)) {
          return [];
        }
        const resolved = stack.resolve(account);
        const owner = owners.get(resolved);
        owners.set(resolved, owner ?? `${stack.name} ${address}`);
        return owner === undefined
          ? []
          : [{ stack: stack.name, address, message: `'${path}' must be an account of its own, got that of ${owner}` }];
      }),
    );
  },
};
