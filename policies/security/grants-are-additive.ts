import type { Policy } from "../policy";

export const grantsAreAdditive: Policy = {
  id: "iam/grants-are-additive",
  kind: "security",
  types: ["*"],
  why: "A binding or a policy takes away the grants of everybody else, those of Google's service agents too (google_project_iam documentation).",
  controls: ["NIST 800-53 AC-3"],
  check: (_, type) =>
    /_iam_(?:binding|policy)$/.test(type)
      ? `grants must be made one by one: use ${type.replace(/[a-z]+$/, "member")}`
      : undefined,
};
