import Table from "cli-table3";
import { type Command, InvalidArgumentError, Option } from "commander";

import type { Decision } from "../../rollout/journal";
import { modelCommand } from "../rollout-command";

interface HistoryOptions {
  readonly limit: number;
  readonly format: "table" | "json";
}

export function historyCommand(): Command {
  return modelCommand<HistoryOptions>(
    "history",
    "list the decisions about a model, as the journal has them",
    (command) =>
      command
        .option("--limit <number>", "how many, the latest", limitOf, 20)
        .addOption(new Option("--format <format>", "how they are printed").choices(["table", "json"]).default("table")),
    async ({ rollouts, team, model }, { limit, format }) => {
      const decisions = await rollouts.history(limit);
      if (format === "json") {
        console.log(JSON.stringify(decisions, null, 2));
        return;
      }
      console.log(decisions.length === 0 ? `Nothing was decided about ${team}/${model} yet.` : table(decisions));
    },
  );
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000) {
    throw new InvalidArgumentError("It must be a number from 1 to 10000.");
  }
  return limit;
}

function table(decisions: readonly Decision[]): string {
  const rows = new Table({
    head: ["decided at", "version", "phase", "action", "verdict", "reason", "by"],
    style: { head: [], border: [], compact: true },
  });
  for (const { decidedAt, version, phase, action, verdict, reason, actor } of decisions) {
    rows.push([decidedAt.slice(0, 19).replace("T", " "), version, phase, action, verdict ?? "", reason ?? "", actor]);
  }
  return rows.toString();
}
