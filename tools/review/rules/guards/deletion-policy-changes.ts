import { isAmong, show } from "../../../../policies/arguments";
import { watchRule } from "../watch-rule";
import type { Worse } from "../worse";

const anything: Worse = { from: () => true, to: () => true };

export const deletionPolicyChanges = watchRule({
  id: "guard/deletion-policy",
  title: "What a destroy does to the object changes",
  severity: "high",
  why: "`DELETE` and `FORCE` destroy what `PREVENT` keeps and `ABANDON` leaves behind; with `ABANDON` a destroyed object stays, and is paid for.",
  check: "What would a destroy do now, and is that what is meant?",
  watched: { "*": { deletion_policy: anything } },
  severityOf: (worse) =>
    worse.some(({ after }) => isAmong(after, ["DELETE", "FORCE"]) || show(after) === "nothing") ? "high" : "medium",
});
