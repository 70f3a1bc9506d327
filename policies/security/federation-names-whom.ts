import { listOf, textOf } from "../arguments";
import type { Policy } from "../policy";

export const federationNamesWhom: Policy = {
  id: "iam/federation-names-whom",
  kind: "security",
  types: ["*"],
  why: "A principal set that ends in /* is everybody whom the pool lets in, such as every repository of the organisation.",
  controls: ["NIST 800-53 AC-3", "NIST 800-53 IA-8"],
  check: ({ member, members, role }) => {
    const found = [...listOf(member), ...listOf(members)].find((name) => /^principalSet:.*\/\*$/.test(textOf(name)));
    return typeof role === "string" && found !== undefined
      ? `'${textOf(found)}' must not get ${role}: name a subject, a group or an attribute, such as .../attribute.repository/ORG/REPO`
      : undefined;
  },
};
