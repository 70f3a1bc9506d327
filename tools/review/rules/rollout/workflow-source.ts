import { textOf } from "../../../../policies/arguments";
import { changeRule } from "../rule";

/** What moves traffic between models calls this method of Vertex AI. */
const movesTraffic = /trafficSplit|deployModel/;
const isNamed = /rollout|watchdog|promot|rollback/i;

export const workflowSource = changeRule({
  id: "rollout/workflow-source",
  title: "The workflow of a rollout changes",
  severity: "medium",
  why: "A rollout that runs goes on with the source it began with; the next one, and a watchdog that must roll back, use the new one.",
  check: "Were the rollout's tests run with this source, in the sandbox as well? Is a rollout under way?",
  findIn: (change) => {
    if (change.type !== "google_workflows_workflow" || !change.isChange) {
      return undefined;
    }
    const sources = change.of("source_contents");
    const texts = [change.before["source_contents"], change.after["source_contents"], change.after["name"]].map(textOf);
    const isRollout = texts.some((text) => movesTraffic.test(text)) || isNamed.test(`${change.address} ${texts[2]!}`);
    return sources.length > 0 && isRollout
      ? { message: "the source of a workflow that moves traffic changes", differences: sources }
      : undefined;
  },
});
