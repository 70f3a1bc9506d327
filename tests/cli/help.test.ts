import type { Command } from "commander";

import { mlpCommand } from "../../tools/cli/program";

const columns = 80;

/** The help of a command, as a terminal of that many columns shows it. */
function helpOf(command: Command): string {
  command.configureOutput({ getOutHelpWidth: () => columns, getOutHasColors: () => false });
  return command.helpInformation();
}

function withNested(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withNested)];
}

const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;

const all = withNested(mlpCommand()).map((command) => [pathOf(command), command] as const);

test.each(all.filter(([, { commands }]) => commands.length > 0))(
  "each command below '%s' is told in one line",
  (_, command) => {
    const [, listed = ""] = helpOf(command).split("\nCommands:\n");
    const lines = listed.trimEnd().split("\n");
    expect(lines.map((line) => line.trim().split(" ")[0])).toEqual([
      ...command.commands.map((each) => each.name()),
      "help",
    ]);
  },
);

test.each(all)("no line of '%s --help' is too wide", (_, command) => {
  const lines = helpOf(command).split("\n");
  expect(lines.filter((line) => line.length > columns)).toEqual([]);
});

test("what a summary leaves out is in the command's own help", () => {
  const [, review] = all.find(([path]) => path === "mlp sandbox review")!;
  expect(helpOf(review).replace(/\s+/g, " ")).toContain("3 blocked, 1 a plan failed or is missing");
});
