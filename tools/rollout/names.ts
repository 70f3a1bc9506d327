/** Where a team's rollouts are: the names that its stacks give, which tests hold together. */
export interface TeamNames {
  readonly policyBucket: string;
  /** `projects/{project}/locations/{region}/workflows/{team}-{workflow}` */
  readonly workflow: (name: string) => string;
  readonly journal: { readonly project: string; readonly table: string };
}

export function teamNames(environment: { project: string; region: string }, team: string): TeamNames {
  const { project, region } = environment;
  return {
    policyBucket: `${project}-${team}-rollouts`,
    workflow: (name) => `projects/${project}/locations/${region}/workflows/${team}-${name}`,
    journal: { project, table: `${project}.${team.replace(/-/g, "_")}_rollouts.decisions` },
  };
}
