import { isObject, parseJson } from "../arguments";
import { anyOf, must, valuePolicy } from "../checks";
import { keys, matches, required } from "../expected";

const source = {
  text: "a workflow: YAML with a 'main' or a list of steps, or the same as JSON",
  accepts: (value: unknown) => typeof value === "string" && (isObject(parseJson(value)) || isYamlWorkflow(value)),
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

/** What every workflow has at its top; the whole of YAML is for the API to read. */
function isYamlWorkflow(text: string): boolean {
  const lines = text.split("\n").filter((line) => /^[^\s#]/.test(line) && line !== "---");
  const blocked = lines.every((line) => /^(?:- |-$|["']?\w+["']?:(?:\s|$)|[\]}])/.test(line));
  const opened = text.replaceAll(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#.*|\$\{[^}]*\}/g, "");
  const closes = (open: string, close: string) => opened.split(open).length === opened.split(close).length;
  return (
    blocked &&
    lines.some((line) => /^(?:["']?main["']?:|-)/.test(line)) &&
    !/^ *\t/m.test(text) &&
    closes("[", "]") &&
    closes("{", "}")
  );
}
