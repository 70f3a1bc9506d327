import type { App, TerraformStack } from "cdktf";

import type { PlatformConfig } from "../config/platform";
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
import { approversOf, startersOf } from "./team-people";

/**
 * Makes every stack of an environment, one after the other in the order they are deployed. Each is made when it is asked for: whoever
 * is done with one before asking for the next needs memory for one.
 */
export function* makeStacks(app: App, config: PlatformConfig): Generator<PlatformStack> {
  const { name: environmentName, environment } = config;
  const owners = Object.values(config.teams).map((team) => team.owners);
  const withModels = Object.values(config.teams).filter((team) => Object.keys(team.serving.models).length > 0);
  const people = { owners, starters: withModels.flatMap(startersOf), approvers: withModels.flatMap(approversOf) };
  const bootstrap = new BootstrapStack(app, { environmentName, environment });
  yield bootstrap;
  const foundation = after(bootstrap, new FoundationStack(app, { environmentName, environment, ...people }));
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
