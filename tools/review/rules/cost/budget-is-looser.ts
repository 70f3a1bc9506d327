import { changeRule } from "../rule";
import { hitOf, worseIn, type Watched } from "../watch-rule";
import { grows, lacks, turnsOn } from "../worse";

const watched: Watched = {
  "all_updates_rule.disable_default_iam_recipients": turnsOn,
  "all_updates_rule.monitoring_notification_channels": lacks,
  "amount.specified_amount.units": grows,
  "threshold_rules.threshold_percent": grows,
};

export const budgetIsLooser = changeRule({
  id: "cost/budget",
  title: "A budget is raised or goes",
  severity: "high",
  why: "Nothing stops what runs: a budget that sends mail is how anybody hears of a night of accelerators.",
  check: "Does its owner know, and who gets the mail now?",
  findIn: (change) => {
    if (change.type !== "google_billing_budget") {
      return undefined;
    }
    return change.isDestroyed && !change.isReplaced
      ? { message: "the budget is destroyed" }
      : change.isChange
        ? hitOf(worseIn(change, watched), () => "medium")
        : undefined;
  },
});
