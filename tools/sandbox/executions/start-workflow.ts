import type { GoogleApis } from "../apis/apis";
import { ApiError } from "../apis/error";
import type { CloudResource } from "../cloud";
import type { ProjectNumbers } from "../project";
import { isObject, text } from "../values/value";
import type { Clock } from "../workflows/clock";
import type { StepListener } from "../workflows/listener";
import type { Program } from "../workflows/program";
import { type Execution, startExecution } from "../workflows/runner";
import type { Json } from "../workflows/values";
import { googleHttp } from "./google-http";

/** What workflows run on. */
export interface Surroundings {
  readonly clock: Clock;
  readonly numbers: ProjectNumbers;
  /** Answers what workflows ask of Google. */
  readonly apis: Pick<GoogleApis, "handle">;
}

/** Starts a workflow as Terraform made it: with its variables and its identity. */
export function startWorkflow(
  { id, values }: CloudResource,
  program: Program,
  { executionId, argument, onStep }: { executionId: string; argument: string; onStep: StepListener },
  { clock, numbers, apis }: Surroundings,
): Execution {
  const [, project = "", , location = "", , workflowId = ""] = id.split("/");
  const variables = values["user_env_vars"];
  const revisionId = text(values, "revision_id");
  const account = text(values, "service_account");
  // The service gives an empty argument to workflows that take none.
  const takesNone = program.routines.get("main")!.parameters.length === 0 && argument === "{}";
  try {
    return startExecution(program, takesNone ? undefined : (JSON.parse(argument) as Json), {
      clock,
      http: googleHttp(apis),
      project: { id: project, number: numbers.of(project), location },
      workflowId,
      executionId,
      env: isObject(variables)
        ? Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]))
        : {},
      ...(revisionId !== undefined && { revisionId }),
      ...(account !== undefined && { serviceAccount: account.slice(account.lastIndexOf("/") + 1) }),
      onStep,
    });
  } catch (error) {
    throw new ApiError("INVALID_ARGUMENT", (error as Error).message);
  }
}
