import { load } from "js-yaml";

import { isObject, textOf } from "../arguments";
import { anyOf, must, valuePolicy } from "../checks";
import { keys, matches, required } from "../expected";

const source = {
  text: "a workflow: YAML with a 'main' or a list of steps, or the same as JSON",
  accepts: isWorkflow,
};

export const workflows = valuePolicy({
  id: "workflows/arguments",
  why: "The provider plans a workflow without source and any text as its account; the API refuses them (workflows v1, Workflow).",
  checks: {
    google_workflows_workflow: [
      anyOf("name", "name_prefix"),
      must({
        source_contents: required(source),
        service_account: matches(
          /@/,
          "an account's e-mail address, or its path projects/PROJECT/serviceAccounts/EMAIL",
        ),
        user_env_vars: keys(
          matches(/^(?!GOOGLE|WORKFLOWS)[A-Za-z_]\w*$/, "names that do not begin with GOOGLE or WORKFLOWS"),
        ),
      }),
    ],
  },
});

/** Sources so far: teams share theirs, and reading them takes a good part of a synth. */
const known = new Map<string, boolean>();

function isWorkflow(value: unknown): boolean {
  const text = textOf(value);
  const found = known.get(text) ?? hasMain(text);
  known.set(text, found);
  return found;
}

/** What every workflow has at its top; what the steps mean is for the API to read. */
function hasMain(text: string): boolean {
  try {
    const workflow = load(text.replaceAll("$${", "${"));
    return isObject(workflow) ? "main" in workflow : Array.isArray(workflow) && workflow.length > 0;
  } catch {
    return false;
  }
}
