import { type Argument, Command } from "commander";

import { acceptanceCommand } from "./commands/acceptance";
import { acknowledgeCommand } from "./commands/acknowledge";
import { affectedCommand } from "./commands/affected";
import { applyCommand } from "./commands/apply";
import { checkCommand } from "./commands/check";
import { demoCommand } from "./commands/demo";
import { doctorCommand } from "./commands/doctor";
import { explainCommand } from "./commands/explain";
import { planCommand } from "./commands/plan";
import { policiesCommand } from "./commands/policies";
import { reviewCommand } from "./commands/review";
import { rolloutCommand } from "./commands/rollout";
import { sandboxCommand } from "./commands/sandbox";
import { schemasCommand } from "./commands/schemas";
import { validateCommand } from "./commands/validate";

/** The program of this project, `mlp`, with all its commands. */
export function mlpCommand(): Command {
  return listingArguments(
    new Command("mlp")
      .description("An ML platform on Google Cloud, and a sandbox to try it in without an account.")
      .addCommand(demoCommand())
      .addCommand(sandboxCommand())
      .addCommand(rolloutCommand())
      .addCommand(doctorCommand())
      .addCommand(explainCommand())
      .addCommand(validateCommand())
      .addCommand(checkCommand())
      .addCommand(affectedCommand())
      .addCommand(planCommand())
      .addCommand(reviewCommand())
      .addCommand(acknowledgeCommand())
      .addCommand(applyCommand())
      .addCommand(acceptanceCommand())
      .addCommand(policiesCommand())
      .addCommand(schemasCommand()),
  );
}

/** Lists commands with the arguments that they take, and leaves the options to the help of each: a line has 80 columns. */
function listingArguments(command: Command): Command {
  command.configureHelp({
    subcommandTerm: (each) => [each.name(), ...each.registeredArguments.map(humanReadable)].join(" "),
  });
  command.commands.forEach(listingArguments);
  return command;
}

function humanReadable(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}
