import { readFileSync } from "node:fs";
import { join } from "node:path";

import { withSubworkflows } from "../../../config/workflow-source";
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

/** Runs a subworkflow of `workflows/shared/` by itself; `answer` says what its requests are answered. */
export function subworkflow(name: string) {
  const file = readFileSync(join(__dirname, `../../../workflows/shared/${name}.yaml`), "utf8");
  const parameters = /^ {2}params: \[(.*)\]$/m.exec(file)![1]!.split(", ");
  const source = `main:
  params: [args]
  steps:
    - ask:
        call: ${name}
        args: { ${parameters.map((each) => `${each}: "\${map.get(args, \\"${each}\\")}"`).join(", ")} }
        result: answer
    - done:
        return: \${answer}
`;
  const program = parseWorkflow(withSubworkflows(source, name), `${name}.yaml`);
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
