import { isObject, isUnknown, show, textOf, valueAt } from "../arguments";
import type { Policy } from "../policy";

export const federationIsToOneRepository: Policy = {
  id: "iam/federation-is-to-one-repository",
  kind: "security",
  types: ["google_iam_workload_identity_pool_provider"],
  why: "GitHub signs tokens for every repository there is, and a name that was given up can be registered by somebody else.",
  controls: ["NIST 800-53 AC-3", "NIST 800-53 IA-8"],
  check: (args) => {
    const condition = args["attribute_condition"];
    const issuer = valueAt(args, "oidc.issuer_uri");
    if (isUnknown(condition) || typeof issuer !== "string" || !/^https:\/\/token\.actions\.github/.test(issuer)) {
      return undefined;
    }
    const clauses = clausesOf(textOf(condition));
    const nameless = ["repository_owner_id", "repository_id"]
      .filter((claim) => !clauses.some((clause) => byNumber(claim).test(clause)))
      .map((claim) => `'attribute_condition' must say "assertion.${claim} == 'NUMBER' && ...", got ${show(condition)}`);
    const mapping = args["attribute_mapping"];
    // Which branches may use an environment is set on GitHub, where no plan shows it.
    return isObject(mapping) && "attribute.environment" in mapping && !/assertion\.ref\s*==/.test(textOf(condition))
      ? [
          ...nameless,
          `'attribute_condition' must compare assertion.ref where environments are mapped, got ${show(condition)}`,
        ]
      : nameless;
  },
};

/** A comparison of a claim that holds a number of GitHub. */
function byNumber(claim: string): RegExp {
  return new RegExp(`^assertion\\.${claim}\\s*==\\s*(['"])[1-9]\\d*\\1$`);
}

/** What must all hold for a condition to hold; nothing where one of several things is enough. */
function clausesOf(condition: string): readonly string[] {
  let outside = condition;
  for (let inside = ""; inside !== outside;) {
    inside = outside;
    outside = outside.replaceAll(/\([^()]*\)/g, "");
  }
  return /\|\||\?/.test(outside) ? [] : outside.split("&&").map((clause) => clause.trim());
}
