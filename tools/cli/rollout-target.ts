import { didYouMean, listNames } from "../../config/nearest";
import { loadPlatform } from "../../config/load";
import type { PlatformConfig } from "../../config/platform";
import type { CloudClient } from "../rollout/cloud-client";
import { Executions } from "../rollout/executions";
import { GoogleClient } from "../rollout/google-client";
import { LoopbackClient } from "../rollout/loopback-client";
import { type TeamNames, teamNames } from "../rollout/names";
import { Registry } from "../rollout/registry";
import { Rollouts } from "../rollout/rollouts";
import { Lock } from "../sandbox/lock";
import { sandboxEnvironment } from "./sandbox-environment";
import { UserError } from "./user-error";

/** A model of an environment, and the way to its rollouts. */
export interface RolloutTarget {
  readonly client: CloudClient;
  readonly rollouts: Rollouts;
  readonly registry: Registry;
  readonly names: TeamNames;
  readonly environment: string;
  readonly team: string;
  readonly model: string;
}

/**
 * The model that a name means in an environment.
 * @param name `propensity`, or `churn/propensity`
 */
export function findTarget(root: string, environment: string, name: string, team?: string): RolloutTarget {
  const loaded = loadPlatform(root, environment);
  if (!loaded.ok) {
    throw new UserError(loaded.problems.join("\n"));
  }
  const found = findModel(loaded.platform, team === undefined ? name : `${team}/${name}`);
  const client = environment === sandboxEnvironment ? sandboxClient(root) : new GoogleClient();
  const names = teamNames(loaded.platform.environment, found.team);
  const every = environment === sandboxEnvironment ? 200 : 10_000;
  const rollouts = new Rollouts(client, names, loaded.platform.environment.region, found.model, every);
  const registry = new Registry(client, new Executions(client, names, every), names);
  return { client, rollouts, registry, names, environment, ...found };
}

/** The APIs of the sandbox that runs in a project. */
export function sandboxClient(root: string): LoopbackClient {
  const holder = new Lock(root).read();
  if (holder?.apis === undefined) {
    throw new UserError("the sandbox does not run: start it with 'mlp sandbox up' in another terminal");
  }
  return new LoopbackClient(holder.apis);
}

function findModel({ name: environment, teams }: PlatformConfig, name: string): { team: string; model: string } {
  const models = Object.entries(teams).flatMap(([team, { serving }]) =>
    Object.keys(serving.models).map((model) => ({ team, model, full: `${team}/${model}` })),
  );
  const meant = models.filter(({ model, full }) => full === name || model === name);
  if (meant.length === 1) {
    return { team: meant[0]!.team, model: meant[0]!.model };
  }
  const known = models.map(({ full }) => full);
  throw new UserError(
    meant.length > 1
      ? `'${name}' is a model of ${meant.length} teams: name one of ${meant.map(({ full }) => full).join(", ")}`
      : `environment '${environment}' has no model '${name}': it has ${listNames(known, name)}${didYouMean(name, [...known, ...models.map(({ model }) => model)])}`,
  );
}
