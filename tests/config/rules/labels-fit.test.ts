import { environment, problems, team } from "../support/project";

const labels = (count: number, prefix: string) =>
  `labels:\n${Array.from({ length: count }, (_, index) => `  ${prefix}${index}: x\n`).join("")}`;
const inFiles = (environmentCount: number, teamCount: number, teamPrefix = "t") =>
  problems({
    "environments/dev.yaml": environment({}, labels(environmentCount, "e")),
    "teams/churn/team.yaml": team(labels(teamCount, teamPrefix)),
  });

test("61 labels fit beside those of the blueprint", () => {
  expect(inFiles(30, 31)).toEqual([]);
});

test("a label of the team in the place of one of the environment counts once", () => {
  expect(inFiles(61, 61, "e")).toEqual([]);
});

test("more labels than a resource can have are refused", () => {
  expect(inFiles(30, 32)).toEqual([
    "teams/churn/team.yaml:4:1 labels: must be at most 61 together with those of the environment, got 62: remove some",
  ]);
});

test("labels that the blueprint sets are refused", () => {
  expect(
    problems({
      "environments/dev.yaml": environment({}, "labels: { environment: x }\n"),
      "teams/churn/team.yaml": team("labels: { team: x, pipeline: y, tier: z }\n"),
    }),
  ).toEqual([
    "environments/dev.yaml:9:11 labels.environment: is set by the blueprint, got 'environment' again: remove it or give it another name",
    "teams/churn/team.yaml:4:11 labels.team: is set by the blueprint, got 'team' again: remove it or give it another name",
    "teams/churn/team.yaml:4:20 labels.pipeline: is set by the blueprint, got 'pipeline' again: remove it or give it another name",
  ]);
});
