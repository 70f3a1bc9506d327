import type { App } from "cdktf";

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

/** Makes every stack of an environment, one after the other in the order they are deployed. */
export function* makeStacks(app: App, config: PlatformConfig): Generator<PlatformStack> {
  const { name: environmentName, environment } = config;
  const owners = Object.values(config.teams).map((team) => team.owners);
  const starters = Object.values(config.teams).flatMap(registrarsOf);
  const bootstrap = new BootstrapStack(app, { environmentName, environment });
  const foundation = new FoundationStack(app, { environmentName, environment, owners, starters });
  foundation.addDependency(bootstrap);
  const quotas = new QuotasStack(app, { environmentName, environment });
  quotas.addDependency(foundation);
  yield* [bootstrap, foundation, quotas];

  for (const [teamName, team] of Object.entries(config.teams)) {
    const props = { environmentName, environment, teamName, team };
    const ingestion = new IngestionStack(app, props);
    const pipelines = new PipelinesStack(app, props);
    const registry = new RegistryStack(app, props);
    const serving = new ServingStack(app, props);
    const monitoring = new MonitoringStack(app, props);

    ingestion.addDependency(foundation);
    pipelines.addDependency(ingestion);
    registry.addDependency(pipelines);
    serving.addDependency(registry);
    monitoring.addDependency(foundation);
    yield* [ingestion, pipelines, registry, serving, monitoring];
    if (Object.keys(team.experiments).length > 0) {
      const experiments = new ExperimentsStack(app, props);
      experiments.addDependency(serving);
      yield experiments;
    }
  }
}

/** Who may register versions of a team's models: those whom a model names, or else the team's owners. */
function registrarsOf({ owners, serving }: TeamConfig): readonly string[] {
  return Object.values(serving.models).flatMap(({ registrars }) => registrars ?? [owners]);
}
