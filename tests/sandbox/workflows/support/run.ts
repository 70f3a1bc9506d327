import type { LogEntry } from "../../../../tools/sandbox/workflows/blocking";
import { SimulatedClock } from "../../../../tools/sandbox/workflows/clock";
import { jsonResponse } from "../../../../tools/sandbox/workflows/http";
import type { Program } from "../../../../tools/sandbox/workflows/program";
import { type Execution, type Host, type Outcome, startExecution } from "../../../../tools/sandbox/workflows/runner";
import { parseWorkflow } from "../../../../tools/sandbox/workflows/source";
import type { Json } from "../../../../tools/sandbox/workflows/values";

export const start = Date.parse("2026-01-05T00:00:00Z");

/** Starts a workflow, given as YAML or read already, on a clock of its own unless another is given. */
export function begin(workflow: string | Program, argument?: Json, host: Partial<Host> = {}): Execution {
  const program = typeof workflow === "string" ? parseWorkflow(workflow, "test.yaml") : workflow;
  return startExecution(program, argument, {
    clock: new SimulatedClock(start),
    http: () => Promise.resolve(jsonResponse(200, null)),
    project: { id: "acme", number: "123456789012", location: "europe-west4" },
    workflowId: "test",
    executionId: "e1",
    ...host,
  });
}

export function run(workflow: string | Program, argument?: Json, host: Partial<Host> = {}): Promise<Outcome> {
  return begin(workflow, argument, host).done;
}

/** What a workflow returns; throws where it does not succeed. */
export async function resultOf(workflow: string | Program, argument?: Json, host: Partial<Host> = {}): Promise<Json> {
  const outcome = await run(workflow, argument, host);
  if (outcome.state !== "SUCCEEDED") {
    throw new Error(outcome.state === "FAILED" ? outcome.error.context : outcome.state);
  }
  return outcome.result;
}

/** What a workflow raises and nobody takes. */
export async function errorOf(workflow: string | Program, argument?: Json, host: Partial<Host> = {}): Promise<Json> {
  const outcome = await run(workflow, argument, host);
  if (outcome.state !== "FAILED") {
    throw new Error(`did not fail: ${JSON.stringify(outcome)}`);
  }
  return outcome.error.value;
}

/** The value of an expression that sees the variables given. */
export function valueOf(expression: string, variables: Record<string, Json> = {}): Promise<Json> {
  return resultOf(returning(expression, variables), variables);
}

export function failureOf(expression: string, variables: Record<string, Json> = {}): Promise<Json> {
  return errorOf(returning(expression, variables), variables);
}

function returning(expression: string, variables: Record<string, Json>): string {
  const names = Object.keys(variables);
  return JSON.stringify({
    main: {
      params: ["variables"],
      steps: [
        { init: { assign: [{ none: null }, ...names.map((name) => ({ [name]: `\${variables.${name}}` }))] } },
        { done: { return: `\${${expression}}` } },
      ],
    },
  });
}

export function logTo(entries: LogEntry[]): Pick<Host, "log"> {
  return { log: (entry) => void entries.push(entry) };
}
