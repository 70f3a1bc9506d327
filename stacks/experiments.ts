import type { Construct } from "constructs";

import type { ExperimentConfig } from "../config/schema/experiments";
import { Dataset } from "../constructs/dataset";
import { Experiment } from "../constructs/experiment";
import { type IIdentity, Principal } from "../constructs/identity";
import { ServiceAccount } from "../constructs/service-account";
import { platformKey } from "./foundation";
import { bigqueryId } from "./naming";
import { servingNames } from "./serving-names";
import { TeamStack, type TeamStackProps } from "./team-stack";

/** Where a team's models prove themselves: who got whose answer, and what became of them. */
export class ExperimentsStack extends TeamStack {
  /** Identities that record exposures, by the names of what they run. */
  private readonly predictors = new Map<string, IIdentity>();

  constructor(
    scope: Construct,
    private readonly props: TeamStackProps,
  ) {
    super(scope, "experiments", props);
    const { teamName, team } = props;
    const dataset = new Dataset(this, "Experiments", {
      datasetId: bigqueryId(teamName, "experiments"),
      description: `Experiments of team ${teamName}: exposures and results`,
      encryptionKey: platformKey(this, "bigquery"),
    });
    dataset.grantRead(new Principal(team.owners));
    for (const [name, experiment] of Object.entries(team.experiments)) {
      this.addExperiment(name, experiment, dataset);
    }
  }

  private addExperiment(name: string, settings: ExperimentConfig, dataset: Dataset): void {
    const { groups, outcome, recorders, salt = name, ...analysis } = settings;
    const experiment = new Experiment(this, `Experiment-${name}`, {
      ...analysis,
      dataset,
      experimentId: bigqueryId(name),
      salt,
      groups: inOrder(settings),
      outcomeQuery: outcome.content as string,
      encryptionKey: platformKey(this, "bigquery"),
    });
    for (const { service, model } of Object.values(groups)) {
      experiment.grantRecord(this.predictor((service ?? model)!));
    }
    for (const recorder of recorders) {
      experiment.grantRecord(new Principal(recorder));
    }
  }

  private predictor(workload: string): IIdentity {
    const { environment, teamName } = this.props;
    const accountId = servingNames(environment, teamName).predictor(workload);
    const made = this.predictors.get(workload) ?? ServiceAccount.fromName(this, `Predictor-${workload}`, accountId);
    this.predictors.set(workload, made);
    return made;
  }
}

/**
 * Groups in an order that no layer changes, the control first: where the share of the only other group grows, units move out of the
 * control and none move back.
 */
function inOrder({ groups, control }: ExperimentConfig): { name: string; share: number }[] {
  return Object.entries(groups)
    .map(([name, { share }]) => ({ name, share }))
    .sort((a, b) => Number(b.name === control) - Number(a.name === control) || (a.name < b.name ? -1 : 1));
}
