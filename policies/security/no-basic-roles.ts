import { textOf } from "../arguments";
import type { Policy } from "../policy";

const basic = ["roles/owner", "roles/editor", "roles/viewer"];

export const noBasicRoles: Policy = {
  id: "iam/no-basic-roles",
  kind: "security",
  types: ["*"],
  why: 'Basic roles hold thousands of permissions in every service of a project (IAM documentation, "Basic roles").',
  controls: ["CIS GCP 1.5", "NIST 800-53 AC-6"],
  check: ({ role, member, members }) => {
    const grants = member !== undefined || members !== undefined;
    return grants && basic.includes(role as string)
      ? `'role' must not be ${textOf(role)}: grant a role of the service, on the smallest resource that has it`
      : undefined;
  },
};
