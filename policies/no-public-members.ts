import type { Policy } from "./policy";

const everybody = ["allUsers", "allAuthenticatedUsers"];

export const noPublicMembers: Policy = {
  id: "iam/no-public-members",
  types: ["*"],
  why: "`allUsers` is everybody, `allAuthenticatedUsers` everybody with a Google account (CIS Google Cloud 5.1, 7.1).",
  check: ({ member, members, role }) => {
    const named = Array.isArray(members) ? members : [member];
    const found = typeof role === "string" ? everybody.find((principal) => named.includes(principal)) : undefined;
    return found && `'${found}' must not get ${String(role)}: name a group or a service account`;
  },
};
