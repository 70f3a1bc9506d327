import { Command } from "commander";

import { requestedEnvironment } from "../../config/load";
import { CloudError } from "../rollout/cloud-client";
import { projectRoot } from "./project";
import { findTarget, type RolloutTarget } from "./rollout-target";
import { UserError } from "./user-error";

interface TargetOptions {
  readonly environment?: string;
  readonly team?: string;
}

/** A command about one model, with what all of them take. What Google refuses is told in one line. */
export function modelCommand<O = object>(
  name: string,
  description: string,
  addOptions: (command: Command) => Command,
  work: (target: RolloutTarget, options: O) => Promise<void>,
): Command {
  return addOptions(
    new Command(name)
      .description(description)
      .argument("<model>", "a model of team.yaml, such as propensity, or churn/propensity")
      .option("-e, --environment <name>", "environment of the model (default: $MLP_ENVIRONMENT, or sandbox)")
      .option("--team <name>", "team of the model, where two teams have one of that name"),
  ).action(async (model: string, options: O & TargetOptions) => {
    const environment = options.environment ?? requestedEnvironment(process.env);
    const target = findTarget(projectRoot(), environment, model, options.team);
    try {
      await work(target, options);
    } catch (error) {
      throw error instanceof CloudError ? refusal(error, target) : error;
    }
  });
}

function refusal(error: CloudError, { environment, team, model }: RolloutTarget): UserError {
  const isSandbox = environment === "sandbox";
  if (error.status === 0 && isSandbox) {
    return new UserError("the sandbox does not run any more: start it with 'mlp sandbox up' in another terminal");
  }
  if (error.status === 404) {
    const deploy = isSandbox ? "'mlp sandbox up' deploys it" : `deploy the stack '${environment}-${team}-serving'`;
    return new UserError(`${team}/${model} is not deployed in '${environment}': ${deploy} (${error.message})`);
  }
  return new UserError(error.message);
}
