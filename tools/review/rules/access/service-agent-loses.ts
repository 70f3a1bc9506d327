import { serviceAgentMember } from "../../../../catalog/privileged-roles";
import { accessStepsOf } from "../../access";
import type { ReviewRule } from "../rule";
import { byChange, hitOf } from "./access-rule";

export const serviceAgentLoses: ReviewRule = {
  id: "access/service-agent-loses",
  title: "A service of Google loses a role",
  severity: "high",
  why: "A service agent works for everybody in the project: without its grant on a key what is encrypted cannot be read, without its role on a topic or a table messages do not arrive, and nothing fails at apply.",
  check: "What else of the service relies on the grant?",
  find: (stack, others) =>
    byChange(
      accessStepsOf(others).filter(
        ({ stack: name, effect, member }) =>
          name === stack.name && effect === "loses" && serviceAgentMember.test(member),
      ),
    ).map((steps) => ({
      ...hitOf(steps),
      severity: steps.some(({ role }) => role.startsWith("roles/cloudkms.")) ? "high" : "medium",
    })),
};
