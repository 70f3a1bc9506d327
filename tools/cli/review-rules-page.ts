import type { ReviewRule } from "../review/rules/rule";
import { reviewRules } from "../review/rules/rules";

const introduction = `# What a review finds

<!-- Written by \`mlp review --rules markdown > docs/review-rules.md\`: change the rules, not this page. -->

\`mlp review\` looks at every change of a plan with these rules, and with the [policies](policies.md) of \`mlp check\`. A finding names
the rule, and an acknowledgement does too. The severity below is the worst that a rule gives; many give a lower one where less is at
stake, such as for what is new in the same plan.

| severity | means                                                                                  |
| -------- | -------------------------------------------------------------------------------------- |
| critical | data is gone for good, or anybody in the world gets in                                 |
| high     | requests fail, somebody gets much more access, or what guards against a mistake is off |
| medium   | something to understand before approving                                               |
| low      | worth a line: small, or as bad as before                                               |
| info     | only Terraform's record changes, or what others may read                               |

What a plan does not show, no rule finds: \`prevent_destroy\` and the rest of \`lifecycle\`, which provider an object uses, and what
Google will answer. A value that is known only after the apply counts as a risk where the old value was safe, and weighs less.
Little that is made new is a risk by being made: what is paid for by the hour is told, and what a new stack grants is in the access
table of the review.
`;

const chapters: readonly [group: string, title: string][] = [
  ["data", "Data"],
  ["serving", "What serves and works"],
  ["object", "Other objects"],
  ["guard", "Guards"],
  ["access", "Access"],
  ["exposure", "Exposure"],
  ["keys", "Keys"],
  ["retention", "Retention and location"],
  ["rollout", "Rollouts"],
  ["cost", "Quantities and cost"],
  ["plan", "The plan itself"],
];

/** The page on the rules of a review, as Markdown. */
export function reviewRulesPage(): string {
  const texts = chapters.map(([group, title]) => {
    const rules = reviewRules.filter(({ id }) => id.startsWith(`${group}/`));
    return `## ${title}\n\n${rules.map(entry).join("\n")}`;
  });
  return [introduction, ...texts].join("\n");
}

function entry({ id, title, severity, why, check }: ReviewRule): string {
  return [`### \`${id}\``, "", `${title}. ${why}`, "", `- At worst: ${severity}`, `- Check: ${check}`, ""].join("\n");
}

/** A rule as text for a terminal. */
export function reviewRuleText({ id, title, severity, why, check }: ReviewRule): string {
  return `${id} (${severity})\n  ${title}. ${why}\n  check: ${check}\n`;
}
