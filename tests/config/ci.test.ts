import { environment, platform, problems } from "./support/project";

const inGithub = (settings: string) =>
  problems({ "environments/dev.yaml": environment({}, `ci: { github: { ${settings} } }\n`) });
const numbers = 'repositoryId: "7", ownerId: "6"';

test("a repository is known by its numbers; branch and pool have defaults", () => {
  const file = environment({}, `ci: { github: { repository: acme/ml-platform, ${numbers} } }\n`);
  expect(platform({ "environments/dev.yaml": file }).environment.ci).toEqual({
    github: { repository: "acme/ml-platform", repositoryId: "7", ownerId: "6", branch: "main", pool: "github" },
  });
});

test("an environment may have no CI", () => {
  expect(platform().environment.ci).toEqual({});
});

test("a name instead of a number is refused: names can be registered again", () => {
  expect(inGithub('repository: acme/ml, repositoryId: ml, ownerId: "6"')).toEqual([
    "environments/dev.yaml:9:52 ci.github.repositoryId: must be a number of GitHub in quotes, digits only: names can be registered again, got 'ml'",
  ]);
  expect(inGithub('repository: acme/ml, repositoryId: "7"')).toEqual([
    "environments/dev.yaml:9:7 ci.github.ownerId: is missing: Number of its owner: `gh api repos/OWNER/REPOSITORY --jq .owner.id`",
  ]);
});

test("what could break out of a condition is refused", () => {
  expect(inGithub(`repository: acme/ml, ${numbers}, branch: "x' || 'a' == 'a"`)).toEqual([
    "environments/dev.yaml:9:79 ci.github.branch: must be a branch, such as main: letters, digits, '.', '_', '/' and '-', got 'x' || 'a' == 'a'",
  ]);
});

test("a pool's name is what Google takes", () => {
  expect(inGithub(`repository: acme/ml, ${numbers}, pool: gcp-ci`)).toEqual([
    "environments/dev.yaml:9:77 ci.github.pool: must be 4 to 32 lower-case letters, digits or hyphens, and not start with 'gcp-', got 'gcp-ci'",
  ]);
});

test("the bootstrap's state is local until it has moved, and nothing else", () => {
  const stateOf = (state: string) => platform({ "environments/dev.yaml": environment({ state }) }).environment.state;
  expect(stateOf("{ backend: gcs, bucket: acme-state }")).toMatchObject({ bootstrap: "local" });
  expect(stateOf("{ backend: gcs, bucket: acme-state, bootstrap: gcs }")).toMatchObject({ bootstrap: "gcs" });
  expect(
    problems({
      "environments/dev.yaml": environment({ state: "{ backend: gcs, bucket: acme-state, bootstrap: s3 }" }),
    }),
  ).toEqual(["environments/dev.yaml:6:55 state.bootstrap: must be one of local, gcs, got 's3'"]);
});
