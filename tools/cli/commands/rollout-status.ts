import type { Command } from "commander";
import pc from "picocolors";

import type { Decision } from "../../rollout/journal";
import { isActive, type Policy, type RolloutState } from "../../rollout/state";
import { modelCommand } from "../rollout-command";
import type { RolloutTarget } from "../rollout-target";
import { attachmentLines, coloured, evidenceLines, moment, nextLookText, phaseText, splitLines } from "../rollout-text";

export function statusCommand(): Command {
  return modelCommand(
    "status",
    "show where a rollout stands: its phase, who gets which share of traffic, the last verdict, and who must act",
    (command) => command,
    async (target) => {
      console.log((await statusLines(target)).join("\n"));
    },
  ).summary("show where a rollout stands, and who must act");
}

/** Everything that somebody who looks at a rollout wants to know. */
export async function statusLines({ rollouts, client, team, model }: RolloutTarget): Promise<string[]> {
  const policy = await rollouts.policy();
  const [state, endpoint, decisions] = [
    await rollouts.state(),
    await rollouts.endpoint(policy),
    await rollouts.history(50),
  ];
  const judged = decisions.filter(({ evidence, rollout }) => evidence?.challenger && rollout === state.id).at(-1);
  const lost = await rollouts.lostBecause(state);
  const look = lost === undefined ? nextLookText(policy, state, client.now() / 1_000) : undefined;
  return [
    `${pc.bold(`${team}/${model}`)}  ${titleOf(state, policy)}`,
    ...splitLines(endpoint, state).map((line) => `  ${line}`),
    ...attachmentLines(endpoint).map((name) => `connect to    ${name}`),
    ...(judged ? verdictLines(judged) : []),
    ...(look === undefined ? [] : [`next look     ${look}`]),
    ...(state.reason ? [`reason        ${state.reason}`] : []),
    `waits for     ${waitsFor(state, policy, `${team}/${model}`, lost)}`,
  ];
}

function titleOf(state: RolloutState, policy: Policy): string {
  if (state.phase === "none") {
    return "no rollout yet";
  }
  const since = moment(state.startedAt!);
  return `version ${state.version!}: ${phaseText(state, policy)}, begun ${since} by ${state.actor!}`;
}

function verdictLines(decision: Decision): string[] {
  const at = decision.decidedAt.slice(0, 16).replace("T", " ");
  return [
    `last verdict  ${coloured(decision.verdict!)} at ${at}: ${decision.reason ?? ""}`,
    ...evidenceLines(decision).map((line) => `              ${line}`),
  ];
}

function waitsFor(state: RolloutState, policy: Policy, name: string, lost: string | undefined): string {
  if (!isActive(state)) {
    return `nobody: 'mlp rollout start ${name}' begins the next one`;
  }
  const again = `'mlp rollout start ${name} --version ${state.version!}' goes on`;
  if (state.phase === "held") {
    return `somebody who puts the split in order: ${again}`;
  }
  if (lost !== undefined) {
    return `somebody who starts it again, its execution ended (${lost}): ${again}`;
  }
  if (state.phase === "ask") {
    const who = policy.approvers.join(", ") || "anybody who may call workflows back";
    return `${who}: 'mlp rollout approve ${name}' lets it go on with ${state.asksFor ?? "it"}`;
  }
  return "nobody, it goes on by itself";
}
