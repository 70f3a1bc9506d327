import { isUnknown, show } from "../arguments";
import type { Policy } from "../policy";

const form = /^(?:roles\/[\w.]+|(?:projects|organizations)\/[^/]+\/roles\/[\w.]+)$/;

export const iamRoleName: Policy = {
  id: "iam/role-name",
  kind: "value",
  types: ["*"],
  why: "The provider plans any text as a role; IAM knows roles by their full name (IAM documentation, role names).",
  check: ({ role, member, members }) =>
    (member === undefined && members === undefined) || typeof role !== "string" || isUnknown(role) || form.test(role)
      ? undefined
      : `'role' must be the full name of a role, such as "roles/storage.objectViewer", got ${show(role)}`,
};
