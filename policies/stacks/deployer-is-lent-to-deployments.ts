import { listOf, textOf } from "../arguments";
import { grantChanges, projectGrants } from "../changes-grants";
import type { StackPolicy } from "../policy";

const lending = "google_service_account_iam_member";

/** Attributes that say which job it is and not only whose: what a pull request may run has those of its repository. */
const ofDeployments = /\/(?:subject|attribute\.(?:environment|ref|job_workflow_ref|workflow_ref))\/[^/]/;

export const deployerIsLentToDeployments: StackPolicy = {
  id: "iam/deployer-is-lent-to-deployments",
  types: [lending, ...projectGrants],
  why: "A pull request runs what its author wrote: whoever may open one would deploy, unreviewed.",
  controls: ["NIST 800-53 AC-3", "NIST 800-53 CM-5"],
  checkStacks: (stacks) => {
    const changesGrants = grantChanges(stacks);
    const deployers = new Set(
      stacks.flatMap((stack) =>
        stack
          .ofType(...projectGrants)
          .filter((grant) => changesGrants(grant, stack))
          .flatMap(({ args: { member, members } }) => [...listOf(member), ...listOf(members)])
          .map((member) => stack.resolve(member).replace(/^serviceAccount:/, "")),
      ),
    );
    return stacks.flatMap((stack) =>
      stack
        .ofType(lending)
        .filter(({ args }) => deployers.has(stack.resolve(args["service_account_id"]).replace(/^.*\//, "")))
        .filter(({ args: { member } }) => /^principal/.test(textOf(member)) && !ofDeployments.test(textOf(member)))
        .map(({ address, args: { member } }) => ({
          stack: stack.name,
          address,
          message: `'member' must be jobs of one environment or branch, such as .../attribute.environment/prod, got ${textOf(member)}`,
        })),
    );
  },
};
