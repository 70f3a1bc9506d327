import { type Command, CommanderError, InvalidArgumentError } from "commander";

import { mlpCommand } from "../../../tools/cli/program";

/** Command lines of `mlp` in a script of a shell, as their words; variables stand for a word. */
export function mlpLines(script: string): string[][] {
  return script
    .replaceAll("\\\n", " ")
    .split("\n")
    .flatMap((line) => /\bnpx mlp (.*)/.exec(line)?.[1] ?? [])
    .map((line) => line.replace(/ (\|\||>|;|&&).*/, ""))
    .map((line) => (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', "")));
}

/** What `mlp` would say of a command line; nothing where it takes it. */
export function refusal(words: readonly string[]): string | undefined {
  let { commands }: { commands: readonly Command[] } = mlpCommand();
  let command: Command | undefined;
  let rest = [...words];
  for (let next = find(commands, rest[0]); next; next = find(commands, rest[0])) {
    [command, commands, rest] = [next, next.commands, rest.slice(1)];
  }
  if (command === undefined || commands.length > 0) {
    return `there is no command '${rest[0] ?? ""}'`;
  }
  let parsed: ReturnType<Command["parseOptions"]>;
  try {
    parsed = takingVariables(command).parseOptions(rest);
  } catch (error) {
    return error instanceof CommanderError ? error.message : String(error);
  }
  const { operands, unknown } = parsed;
  const missing = command.options.find(
    (option) => option.mandatory && command.getOptionValue(option.attributeName()) === undefined,
  );
  const limit = command.registeredArguments.some(({ variadic }) => variadic)
    ? Infinity
    : command.registeredArguments.length;
  if (unknown.length > 0) {
    return `'${unknown.join(" ")}' is unknown`;
  }
  if (operands.length > limit) {
    return `'${operands.join(" ")}' are too many arguments`;
  }
  return missing && `'${missing.flags}' is missing`;
}

/** A variable may hold any of the values that an option allows. */
function takingVariables(command: Command): Command {
  for (const option of command.options) {
    const { argChoices } = option;
    if (argChoices !== undefined) {
      option.argParser((value) => {
        if (!value.startsWith("$") && !argChoices.includes(value)) {
          throw new InvalidArgumentError(`use one of ${argChoices.join(", ")}`);
        }
        return value;
      });
    }
  }
  return command.exitOverride().configureOutput({ writeErr: () => undefined });
}

function find(commands: readonly Command[], name: string | undefined): Command | undefined {
  return commands.find((command) => command.name() === name);
}
