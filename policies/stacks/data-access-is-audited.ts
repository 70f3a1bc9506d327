import { isUnknown, listOf, valuesAt } from "../arguments";
import type { StackPolicy } from "../policy";
import { missingFromProject } from "../setup";
import type { Resource } from "../stack";

const type = "google_project_iam_audit_config";
const logTypes = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"];

export const dataAccessIsAudited: StackPolicy = {
  id: "logging/data-access-is-audited",
  types: [type],
  why: "Google Cloud does not log who reads data unless the project asks for it.",
  controls: ["CIS GCP 2.1", "NIST 800-53 AU-2", "NIST 800-53 AU-12"],
  checkStacks: (stacks) => [
    ...missingFromProject(
      stacks,
      type,
      covers,
      `must log ${logTypes.join(", ")} of "allServices" in the project: add it`,
    ),
    ...stacks.flatMap((stack) =>
      stack
        .ofType(type)
        .filter(({ args }) =>
          valuesAt(args, "audit_log_config.exempted_members").some((names) => listOf(names).length > 0),
        )
        .map(({ address }) => ({
          stack: stack.name,
          address,
          message: "'audit_log_config.exempted_members' must be empty: what is exempted leaves no trace",
        })),
    ),
  ],
};

function covers({ args }: Resource): boolean {
  const logged = valuesAt(args, "audit_log_config.log_type");
  return (
    args["service"] === "allServices" && (logged.some(isUnknown) || logTypes.every((name) => logged.includes(name)))
  );
}
