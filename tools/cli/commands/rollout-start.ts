import type { Command } from "commander";
import pc from "picocolors";

import { firstForecast, forecast } from "../../rollout/schedule";
import { isActive, type Policy, type RolloutState } from "../../rollout/state";
import { modelCommand } from "../rollout-command";
import type { RolloutTarget } from "../rollout-target";
import { decisionText, duration, evidenceLines } from "../rollout-text";
import { UserError } from "../user-error";

interface StartOptions {
  readonly version: string;
  readonly override?: boolean;
  readonly wait?: boolean;
}

export function startCommand(): Command {
  return modelCommand<StartOptions>(
    "start",
    "start the rollout of a version, or go on with one that ended in between",
    (command) =>
      command
        .option("--version <version>", "number or alias of the version in the registry", "challenger")
        .option("--override", "also a version that has not passed the gates, or was rolled back before")
        .option("--wait", "tell every decision as it is made, and end with the rollout: exit 0 done, 1 anything else"),
    start,
  ).summary("start the rollout of a version, or go on with one");
}

async function start(target: RolloutTarget, { version, override = false, wait = false }: StartOptions): Promise<void> {
  const { rollouts, client, team, model } = target;
  const policy = await rollouts.policy();
  const { trafficSplit = {} } = await rollouts.endpoint(policy);
  console.log(announcement(policy, Object.keys(trafficSplit).length === 0, version).join("\n"));

  const before = new Set((await rollouts.history(200)).map(({ decisionId }) => decisionId));
  const state = await rollouts.start({ version, override, actor: await client.actor() });
  console.log(`Version ${state.version!} is being rolled out by ${state.execution!}.`);
  if (!wait) {
    console.log(`'mlp rollout status ${team}/${model}' shows where it stands.`);
    return;
  }
  const ended = await follow(target, state, before);
  if (ended.phase !== "done") {
    throw new UserError(`version ${ended.version!} is not in place: ${ended.phase}, ${ended.reason ?? ""}`);
  }
}

/** What will happen, and how long it takes. */
function announcement(policy: Policy, isFirst: boolean, version: string): string[] {
  const { leastMinutes, mostMinutes } = isFirst ? firstForecast : forecast(policy);
  const time = `It takes ${duration(leastMinutes)} at least and ${duration(mostMinutes)} at most.`;
  if (isFirst) {
    return [`Nothing serves yet: version '${version}' gets all traffic as soon as it is up, without stages.`, time];
  }
  const stages = policy.stages.map(({ share, holdMinutes, minimumSamples, approval }) => {
    const asks = approval ? `, after an approval by ${policy.approvers.join(", ") || "anybody"}` : "";
    return `  ${String(share).padStart(3)} %  watched for ${duration(holdMinutes)} and ${minimumSamples} answers${asks}`;
  });
  return [
    `Version '${version}' is deployed without traffic, then gets`,
    ...stages,
    `and the old version stays warm for ${duration(policy.bakeMinutes)}. A limit that breaks takes it back at once.`,
    time,
  ];
}

/** Tells decisions until the rollout is over. */
async function follow(
  { rollouts, team, model }: RolloutTarget,
  first: RolloutState,
  told: Set<string>,
): Promise<RolloutState> {
  for (let state = first; ; state = await rollouts.change(state)) {
    for (const decision of (await rollouts.history(200)).filter(({ decisionId }) => !told.has(decisionId))) {
      told.add(decision.decisionId);
      console.log([decisionText(decision), ...evidenceLines(decision).map((line) => `    ${line}`)].join("\n"));
    }
    if (state.phase === "ask" && state.callback) {
      console.log(pc.yellow(`It waits: 'mlp rollout approve ${team}/${model}' lets it go on.`));
    }
    if (!isActive(state) || state.phase === "held") {
      return state;
    }
  }
}
