import { readdirSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { formatProblem } from "../../config/problem";
import { workflowSource } from "../../config/workflow-source";
import { lintWorkflow } from "../../tools/sandbox/workflows/lint";
import { schemaErrors } from "../sandbox/workflows/support/published-schema";

const names = readdirSync(join(__dirname, "../../workflows"))
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.slice(0, -".yaml".length));

/** Arguments of a call that the published schema takes as literals only, each with one. The service takes an expression for any of them. */
const literals: Readonly<Record<string, unknown>> = { method: "GET", timeout: 60 };

const isExpression = (value: unknown) => typeof value === "string" && value.startsWith("${");

/** The document with literals instead of expressions for some of these arguments. */
function withLiterals(node: unknown, which: readonly string[], inArguments = false): unknown {
  if (Array.isArray(node)) {
    return node.map((each) => withLiterals(each, which));
  }
  if (typeof node !== "object" || node === null) {
    return node;
  }
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      inArguments && which.includes(key) && isExpression(value)
        ? literals[key]
        : withLiterals(value, which, key === "args"),
    ]),
  );
}

const document = (name: string): unknown => parse(workflowSource(name));

test("the workflows are those of the folder", () => {
  expect(names).toEqual(expect.arrayContaining(["rollout", "rollback", "watchdog", "promote", "batch", "stream"]));
});

test.each(names)("%s keeps the limits of the service", (name) => {
  expect(lintWorkflow(workflowSource(name), `workflows/${name}.yaml`).map(formatProblem)).toEqual([]);
});

test.each(names)("the published schema takes %s", (name) => {
  expect(schemaErrors(withLiterals(document(name), Object.keys(literals)))).toEqual([]);
});

test.each(Object.keys(literals))("the published schema still knows no expression for '%s'", (argument) => {
  const others = Object.keys(literals).filter((each) => each !== argument);
  const errors = names.flatMap((name) => schemaErrors(withLiterals(document(name), others)));
  expect(errors).toContainEqual(expect.stringMatching(new RegExp(`/args/${argument} must be `)));
});
