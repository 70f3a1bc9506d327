/** Where a team's rollouts are: the names that its stacks give, which tests hold together. */
export interface TeamNames {
  readonly policyBucket: string;
  /** Where artifacts of models are. */
  readonly modelBucket: string;
  readonly team: string;
  /** `projects/{project}/locations/{region}/workflows`: a workflow of the team is called `{team}-{workflow}`. */
  readonly workflows: string;
  readonly journal: { readonly project: string; readonly table: string };
}

export function teamNames(environment: { project: string; region: string }, team: string): TeamNames {
  const { project, region } = environment;
  return {
    policyBucket: `${project}-${team}-rollouts`,
    modelBucket: `${project}-${team}-models`,
    team,
    workflows: `projects/${project}/locations/${region}/workflows`,
    journal: { project, table: `${project}.${team.replace(/-/g, "_")}_rollouts.decisions` },
  };
}
