import type { ReviewRule } from "../rule";
import { accessStepsOf } from "../../access";
import { hitOf as watchedHit } from "../watch-rule";
import { byChange, hitOf } from "./access-rule";

const type = "google_iam_workload_identity_pool_provider";

/** What says who somebody is: with another mapping the same grant is another identity's. */
const identity = /^(?:attribute_mapping\.|oidc\.(?:issuer_uri|allowed_audiences|jwks_json)|aws\.account_id|disabled)/;

export const federationIsWider: ReviewRule = {
  id: "access/federation",
  title: "Who may sign in from outside changes",
  severity: "high",
  why: "The attribute condition is all that keeps every repository of the same issuer out; without one for GitHub, anybody with a workflow gets in (IAM documentation, 'Workload Identity Federation with deployment pipelines').",
  check: "Which repositories, branches and environments fulfil the condition now, and what may they do?",
  find: (stack, others) => {
    const steps = accessStepsOf(others).filter(({ change, effect }) => change.type === type && effect !== "loses");
    const gets = byChange(steps.filter((step) => step.stack === stack.name && !step.change.isCreated)).map((found) => ({
      ...hitOf(found),
      differences: found[0]!.change.of("attribute_condition"),
    }));
    const open = steps
      .filter(({ change, condition, stack: name }) => name === stack.name && change.isCreated && condition === null)
      .map((step) => hitOf([step]));
    const mapped = stack.changes
      .filter((change) => change.type === type && change.isChange && !steps.some((step) => step.change === change))
      .flatMap((change) => {
        const found = watchedHit(
          change.arguments.filter(({ name }) => identity.test(name)),
          () => "high",
        );
        return found ? [{ ...found, address: change.address }] : [];
      });
    return [...gets, ...open, ...mapped];
  },
};
