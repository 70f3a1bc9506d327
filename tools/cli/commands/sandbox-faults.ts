import { Command, InvalidArgumentError } from "commander";

import { CloudError } from "../../rollout/cloud-client";
import type { Fault, FaultRule } from "../../sandbox/apis/faults";
import { faultForms, faultRuleText, readFault } from "../fault-text";
import { projectRoot } from "../project";
import { sandboxClient } from "../rollout-target";
import { UserError } from "../user-error";

interface AddOptions {
  readonly fault: Fault;
  readonly nth: number;
  readonly times: number;
}

const url = "https://sandbox/v1/faults";

export function faultsCommand(): Command {
  return new Command("faults")
    .summary("let calls of Google's APIs go wrong")
    .description("let calls of Google's APIs go wrong in the running sandbox, to see what a rollout makes of it")
    .addCommand(
      new Command("list")
        .description("show what goes wrong, and how often it did")
        .option("--calls", "show the names of all calls instead")
        .action(list),
      { isDefault: true },
    )
    .addCommand(
      new Command("add")
        .summary("let calls go wrong from now on")
        .description(
          "let calls go wrong from now on, such as: mlp sandbox faults add vertex.patch --fault 503 --times 3",
        )
        .argument("<call>", "SERVICE.COLLECTION.VERB, such as vertex.endpoints.patch, or with a part left out")
        .requiredOption("--fault <fault>", `what goes wrong: ${faultForms.join(", ")}`, faultOf)
        .option("--nth <number>", "first call that is struck", countOf, 1)
        .option("--times <number>", "calls that are struck from there on", countOf, 1)
        .action(add),
    )
    .addCommand(new Command("clear").description("let nothing go wrong any more").action(clear));
}

async function list({ calls = false }: { calls?: boolean }): Promise<void> {
  const answer = (await ask("GET")) as { faults: (FaultRule & { struck: number })[]; calls: string[] };
  const lines = calls ? answer.calls : answer.faults.map(faultRuleText);
  console.log(
    lines.length > 0
      ? lines.join("\n")
      : "Nothing goes wrong: 'mlp sandbox faults add --help' says how to change that.",
  );
}

async function add(call: string, { fault, nth, times }: AddOptions): Promise<void> {
  await ask("POST", { call, fault, nth, times });
  console.log(faultRuleText({ call, fault, nth, times, struck: 0 }));
}

async function clear(): Promise<void> {
  await ask("DELETE");
  console.log("Nothing goes wrong any more.");
}

/** What the sandbox refuses is told in its words. */
async function ask(method: string, body?: object): Promise<unknown> {
  try {
    return await sandboxClient(projectRoot()).call(method, url, body);
  } catch (error) {
    throw error instanceof CloudError ? refusal(error) : error;
  }
}

function refusal({ status, message }: CloudError): UserError {
  return new UserError(
    status === 0 ? "the sandbox does not run any more: start it with 'mlp sandbox up' in another terminal" : message,
  );
}

function faultOf(text: string): Fault {
  const fault = readFault(text);
  if (fault === undefined) {
    throw new InvalidArgumentError(`It must be one of: ${faultForms.join(", ")}.`);
  }
  return fault;
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) {
    throw new InvalidArgumentError("It must be a whole number, 1 or more.");
  }
  return count;
}
