import { registryNames } from "../../stacks/registry-names";
import { servingNames } from "../../stacks/serving-names";
import { teamNames } from "../../tools/rollout/names";
import { repositoryPlatform } from "../support/platform";

test("commands look where the stacks put things", () => {
  const { name, environment } = repositoryPlatform();
  const stacks = { ...environment, name } as unknown as Parameters<typeof registryNames>[0];
  const { journalDataset, journalTable, modelBucket } = registryNames(stacks, "churn-ml");
  expect(teamNames(environment, "churn-ml")).toEqual({
    team: "churn-ml",
    policyBucket: servingNames(stacks, "churn-ml").rolloutBucket,
    modelBucket,
    workflows: `projects/${environment.project}/locations/${environment.region}/workflows`,
    journal: { project: environment.project, table: `${environment.project}.${journalDataset}.${journalTable}` },
  });
});
