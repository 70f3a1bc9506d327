import { textOf } from "../arguments";
import type { Policy } from "../policy";

const everybody = ["allUsers", "allAuthenticatedUsers"];

export const noPublicMembers: Policy = {
  id: "iam/no-public-members",
  kind: "security",
  types: ["*"],
  why: "`allUsers` is everybody, `allAuthenticatedUsers` everybody with a Google account.",
  controls: ["CIS GCP 1.9", "CIS GCP 5.1", "CIS GCP 7.1", "NIST 800-53 AC-3"],
  check: ({ member, members, role }) => {
    const named = Array.isArray(members) ? members : [member];
    const found = typeof role === "string" ? everybody.find((principal) => named.includes(principal)) : undefined;
    return found && `'${found}' must not get ${textOf(role)}: name a group or a service account`;
  },
};
