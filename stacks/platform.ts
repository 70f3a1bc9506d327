import type { App, TerraformStack } from "cdktf";

import type { PlatformConfig } from "../config/platform";
import type { TeamConfig } from "../config/schema/team";
import type { PlatformStack } from "../constructs/platform-stack";
import { BootstrapStack } from "./bootstrap";
import { ExperimentsStack } from "./experiments";
import { FoundationStack } from "./foundation";
import { IngestionStack } from "./ingestion";
import { MonitoringStack } from "./monitoring";
import { PipelinesStack } from "./pipelines";
import { QuotasStack } from "./quotas";
import { RegistryStack } from "./registry";
import { ServingStack } from "./serving";

/**
 * Makes every stack of an environment, one after the other in the order they are deployed. Each is made when it is asked for: whoever
 * is done with one before asking for the next needs memory for one.
 */
export function* makeStacks(app: App, config: PlatformConfig): Generator<PlatformStack> {
  const { name: environmentName, environment } = config;
  const owners = Object.values(config.teams).map((team) => team.owners);
  const starters = Object.values(config.teams).flatMap(registrarsOf);
  const bootstrap = new BootstrapStack(app, { environmentName, environment });
  yield bootstrap;
  const foundation = after(bootstrap, new FoundationStack(app, { environmentName, environment, owners, starters }));
  yield foundation;
  yield after(foundation, new QuotasStack(app, { environmentName, environment }));

  for (const [teamName, team] of Object.entries(config.teams)) {
    const props = { environmentName, environment, teamName, team };
    const ingestion = after(foundation, new IngestionStack(app, props));
    yield ingestion;
    const pipelines = after(ingestion, new PipelinesStack(app, props));
    yield pipelines;
    const registry = after(pipelines, new RegistryStack(app, props));
    yield registry;
    const serving = after(registry, new ServingStack(app, props));
    yield serving;
    yield after(foundation, new MonitoringStack(app, props));
    if (Object.keys(team.experiments).length > 0) {
      yield after(serving, new ExperimentsStack(app, props));
    }
  }
}

/** A stack that is deployed after another. */
function after<T extends TerraformStack>(before: TerraformStack, stack: T): T {
  stack.addDependency(before);
  return stack;
}

/** Who may register versions of a team's models: those whom a model names, or else the team's owners. */
function registrarsOf({ owners, serving }: TeamConfig): readonly string[] {
  return Object.values(serving.models).flatMap(({ registrars }) => registrars ?? [owners]);
}
