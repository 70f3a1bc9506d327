import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import pc from "picocolors";

import { didYouMean, listNames } from "../../../config/nearest";
import { train as standInTraining } from "../../rollout/stand-in-training";
import type { Gates } from "../../rollout/state";
import { modelCommand } from "../rollout-command";
import type { RolloutTarget } from "../rollout-target";
import { coloured } from "../rollout-text";
import { UserError } from "../user-error";

interface TrainOptions {
  readonly metric?: Readonly<Record<string, number>>;
}

export function trainCommand(): Command {
  return modelCommand<TrainOptions>(
    "train",
    "pretend that a pipeline trained a version in the sandbox, and register it: it passes the gates unless you say otherwise",
    (command) => command.option("--metric <name=value>", "a metric that came out so, such as auRoc=0.7", metricOf),
    train,
  ).summary("pretend that a pipeline trained a version");
}

async function train(target: RolloutTarget, { metric: metrics = {} }: TrainOptions): Promise<void> {
  const { client, rollouts, registry, names, environment, team, model } = target;
  if (environment !== "sandbox") {
    throw new UserError(`trainings are pretended in the sandbox alone, got the environment '${environment}'`);
  }
  const policy = await rollouts.policy();
  requireGates(policy.gates, Object.keys(metrics));
  const version = await standInTraining(client, names, { model, policy, actor: await client.actor(), metrics });
  console.log(`A training has written ${version.artifactUri}.`);
  const registration = await registry.register(version);
  for (const { action, verdict, reason } of await registry.judgements(model, registration.version)) {
    if (action.startsWith("gate: ")) {
      console.log(`  ${coloured(verdict ?? "")}  ${pc.dim(reason ?? "")}`);
    }
  }
  if (registration.outcome === "refused") {
    throw new UserError(registration.reason!);
  }
  console.log(
    registration.outcome === "waits"
      ? `Version ${registration.version} waits for the owners: see "what a refusal looks like" in docs/registry.md.`
      : `Version ${registration.version} is the challenger: 'mlp rollout start ${team}/${model}' rolls it out.`,
  );
}

function requireGates({ metrics }: Gates, names: readonly string[]): void {
  const known = Object.keys(metrics);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UserError(
      `no gate is about the metric '${unknown}': gates are about ${listNames(known, unknown)}${didYouMean(unknown, known)}`,
    );
  }
}

function metricOf(text: string, before: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const [, name, value] = /^([A-Za-z]\w*)=(-?\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (name === undefined) {
    throw new InvalidArgumentError("It must be NAME=VALUE, such as auRoc=0.7.");
  }
  return { ...before, [name]: Number(value) };
}
