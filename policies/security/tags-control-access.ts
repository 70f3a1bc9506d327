import { isUnknown, listOf, show } from "../arguments";
import type { Policy } from "../policy";

const wanted = "FINE_GRAINED_ACCESS_CONTROL";

export const tagsControlAccess: Policy = {
  id: "datacatalog/tags-control-access",
  kind: "security",
  types: ["google_data_catalog_taxonomy"],
  why: "Tags of a taxonomy that activates nothing mark columns of personal data, and let everybody read them.",
  controls: ["CIS GCP 7.4", "NIST 800-53 AC-3"],
  check: ({ activated_policy_types: types }) =>
    isUnknown(types) || listOf(types).some((type) => type === wanted || isUnknown(type))
      ? undefined
      : `'activated_policy_types' must hold "${wanted}", got ${show(types)}`,
};
