import { numberOf } from "../../../../policies/arguments";
import { ownOf } from "../own";
import { changeRule } from "../rule";
import { changeText, together } from "../wording";

const limits: Readonly<Record<string, string>> = {
  google_cloud_quotas_quota_preference: "quota_config.preferred_value",
  google_service_usage_consumer_quota_override: "override_value",
};

export const quotaChanges = changeRule({
  id: "cost/quota",
  title: "A quota changes",
  severity: "high",
  why: "A quota below what runs stops the next replica and the next rollout; one far above is what a runaway job costs until somebody sees it. Google keeps a preference that Terraform destroys.",
  check: "What uses it at the peak of a rollout, and who pays for all of it?",
  findIn: ({ type, isDestroyed, isReplaced, isChange, arguments: changed }) => {
    const name = ownOf(limits, type);
    if (name !== undefined && isDestroyed && !isReplaced) {
      return { severity: "medium", message: "it is destroyed: Google keeps the quota, and refuses to take it as new" };
    }
    const found = name !== undefined && isChange ? changed.filter((each) => each.name === name) : [];
    if (found.length === 0) {
      return undefined;
    }
    const ratios = found.map(({ before, after }) => (numberOf(after) ?? NaN) / (numberOf(before) ?? NaN));
    return {
      severity: ratios.some((ratio) => ratio < 1) ? "high" : ratios.every((ratio) => ratio < 2) ? "low" : "medium",
      message: together(found.map(changeText)),
      differences: found.map(({ difference }) => difference),
    };
  },
});
