import type { Command } from "commander";

import { modelCommand } from "../rollout-command";
import { UserError } from "../user-error";

export function approveCommand(): Command {
  return modelCommand(
    "approve",
    "let a rollout go on that waits for a person",
    (command) => command,
    async ({ rollouts, client, team, model }) => {
      const state = await rollouts.state();
      if (state.phase !== "ask" || !state.callback) {
        throw new UserError(
          `${team}/${model} waits for no approval, its phase is '${state.phase}': 'mlp rollout status ${team}/${model}' shows where it stands`,
        );
      }
      const lost = await rollouts.lostBecause(state);
      if (lost !== undefined) {
        throw new UserError(
          `the execution that asked has ended (${lost}): 'mlp rollout start ${team}/${model} --version ${state.version!}' goes on, and asks again`,
        );
      }
      await rollouts.approve(state, await client.actor());
      console.log(`Approved: version ${state.version!} goes on with ${state.asksFor ?? "its rollout"}.`);
    },
  );
}
