import type { Command } from "commander";

import { modelCommand } from "../rollout-command";

interface RollbackOptions {
  readonly reason: string;
}

export function rollbackCommand(): Command {
  return modelCommand<RollbackOptions>(
    "rollback",
    "give the old version its traffic back, whatever the rollout does or did",
    (command) => command.requiredOption("--reason <text>", "why, for the journal"),
    async ({ rollouts, client, team, model }, { reason }) => {
      const { version, championVersion } = await rollouts.rollback(reason, await client.actor());
      const has = championVersion ? `version ${championVersion} has all traffic again` : "nothing serves";
      console.log(`${team}/${model}: version ${version!} was rolled back, ${has}.`);
    },
  ).summary("give the old version its traffic back");
}
