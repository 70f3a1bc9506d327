import { Command } from "commander";

import { checkCommand } from "./commands/check";
import { doctorCommand } from "./commands/doctor";
import { explainCommand } from "./commands/explain";
import { policiesCommand } from "./commands/policies";
import { sandboxCommand } from "./commands/sandbox";
import { schemasCommand } from "./commands/schemas";
import { validateCommand } from "./commands/validate";
import { UserError } from "./user-error";

const program = new Command("mlp")
  .description("An ML platform on Google Cloud, and a sandbox to try it in without an account.")
  .addCommand(sandboxCommand())
  .addCommand(doctorCommand())
  .addCommand(explainCommand())
  .addCommand(validateCommand())
  .addCommand(checkCommand())
  .addCommand(policiesCommand())
  .addCommand(schemasCommand());

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
