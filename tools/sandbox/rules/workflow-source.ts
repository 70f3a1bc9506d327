import { text } from "../values/value";
import { parseWorkflow, WorkflowSourceError } from "../workflows/runner";
import { failure, type Rule } from "./rule";

export const workflowSource: Rule = {
  id: "workflow-source",
  why: "A workflow is deployed only when its source can be read: steps, expressions and the names in them.",
  source: "https://cloud.google.com/workflows/docs/creating-updating-workflow",
  wording: "our own",
  check: (change) => {
    const source = text(change.args, "source_contents");
    if (change.action === "delete" || change.type !== "google_workflows_workflow" || source === undefined) {
      return undefined;
    }
    try {
      parseWorkflow(source, text(change.args, "name") ?? "workflow");
      return undefined;
    } catch (error) {
      if (!(error instanceof WorkflowSourceError)) {
        throw error;
      }
      return {
        error: failure(change, `400: main.yaml: parse error:\n${error.message}`),
        remedy: "Mend the file of 'workflows/' that the source is made of.",
      };
    }
  },
};
