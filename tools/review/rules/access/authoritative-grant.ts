import { accessStepsOf } from "../../access";
import type { ReviewRule } from "../rule";
import { together } from "../wording";
import { byChange } from "./access-rule";

const authoritative = /^google_.+_iam_(?:binding|policy)$/;

export const authoritativeGrant: ReviewRule = {
  id: "access/authoritative",
  title: "A grant takes away what it does not name",
  severity: "high",
  why: "A binding holds all members of a role, a policy all grants of a resource: members that somebody else added are removed without a line in the plan, Google's service agents too (google_project_iam documentation of the provider).",
  check: "Who holds the role today? Ask Google ('gcloud ... get-iam-policy') before applying.",
  find: (stack, others) => {
    const steps = accessStepsOf(others).filter(
      ({ stack: name, change }) => name === stack.name && authoritative.test(change.type),
    );
    return byChange(steps).flatMap((found) => {
      const { change, resource, isOnNew } = found[0]!;
      const lost = found
        .filter(({ effect }) => effect === "loses")
        .map(({ member, role }) => `${member} loses ${role}`);
      const what = change.type.endsWith("policy") ? "every grant" : "the role of everybody";
      const place = {
        address: change.address,
        differences: change.isChange ? change.differences.filter(({ isUnknown }) => !isUnknown) : [],
      };
      return change.isCreated && !isOnNew
        ? [{ ...place, message: `it takes away ${what} on ${resource} that it does not name` }]
        : change.isChange && lost.length > 0
          ? [{ ...place, severity: "medium" as const, message: together(lost) }]
          : [];
    });
  },
};
