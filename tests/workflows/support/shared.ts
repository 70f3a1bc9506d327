import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { HttpResponse } from "../../../tools/sandbox/workflows/http";
import {
  jsonResponse,
  type Outcome,
  parseWorkflow,
  SimulatedClock,
  startExecution,
} from "../../../tools/sandbox/workflows/runner";
import type { Json } from "../../../tools/sandbox/workflows/values";
import { variables } from "./stage";

/** Runs a subworkflow of `workflows/shared/` by itself, with what it calls named as well. Says what its requests are answered. */
export function subworkflow(name: string, ...called: readonly string[]) {
  const files = [name, ...called].map((each) =>
    readFileSync(join(__dirname, `../../../workflows/shared/${each}.yaml`), "utf8"),
  );
  const parameters = /^ {2}params: \[(.*)\]$/m.exec(files[0]!)![1]!.split(", ");
  const source = `main:
  params: [args]
  steps:
    - ask:
        call: ${name}
        args: { ${parameters.map((each) => `${each}: "\${map.get(args, \\"${each}\\")}"`).join(", ")} }
        result: answer
    - done:
        return: \${answer}
${files.join("\n")}`;
  const program = parseWorkflow(source, `${name}.yaml`);
  return (args: Record<string, Json>, answer: (url: string) => Json): Promise<Outcome> =>
    startExecution(program, args, {
      clock: new SimulatedClock(Date.parse("2026-01-05T00:00:00Z")),
      http: ({ url }): Promise<HttpResponse> => Promise.resolve(jsonResponse(200, answer(url))),
      env: variables,
      project: { id: "acme", number: "1", location: "europe-west4" },
      workflowId: name,
      executionId: "1",
    }).done;
}
