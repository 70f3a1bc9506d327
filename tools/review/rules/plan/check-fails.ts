import type { Severity } from "../../severity";
import type { ReviewRule } from "../rule";
import { together } from "../wording";

const severities: Readonly<Record<string, Severity>> = { fail: "high", error: "high", unknown: "low" };

export const checkFails: ReviewRule = {
  id: "plan/check",
  title: "A check of the configuration fails, or is not known yet",
  severity: "high",
  why: "Whoever wrote the configuration said what must be true. A failed check does not stop the apply.",
  check: "Is the configuration wrong, or the check?",
  find: ({ plan }) =>
    plan.checks.flatMap(({ address, status, problems }) => {
      const severity = status === "pass" ? undefined : (severities[status] ?? "medium");
      const message =
        status === "unknown" ? "its result is known after apply only" : together(problems) || `it says '${status}'`;
      return severity ? [{ address, severity, message }] : [];
    }),
};
