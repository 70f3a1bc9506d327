import { anyOf, exactlyOne, must, valuePolicy, within } from "../checks";
import { matches, oneOf } from "../expected";

const parent = "(?:projects|folders|organizations)\\/[^/]+";

/** One kind of rule each. */
const rules = within(
  "rules",
  must({ enforce: oneOf("TRUE", "FALSE") }),
  exactlyOne("enforce", "allow_all", "deny_all", "values"),
);

export const orgPolicy = valuePolicy({
  id: "orgpolicy/arguments",
  why: "The provider plans policies that say nothing or two things; the API refuses them (orgpolicy v2, Policy).",
  checks: {
    google_org_policy_policy: [
      must({
        name: matches(new RegExp(`^${parent}\\/policies\\/[\\w.]+$`), '"projects/NUMBER/policies/CONSTRAINT"'),
        parent: matches(new RegExp(`^${parent}$`), '"projects/NUMBER", "folders/NUMBER" or "organizations/NUMBER"'),
      }),
      anyOf("spec", "dry_run_spec"),
      ...["spec", "dry_run_spec"].map((spec) => within(spec, anyOf("rules", "reset", "inherit_from_parent"), rules)),
    ],
  },
});
