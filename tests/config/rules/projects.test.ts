import { environment, otherEnvironment, problems, team } from "../support/project";

test("environments with projects of their own pass", () => {
  expect(problems({ "environments/prod.yaml": otherEnvironment() })).toEqual([]);
});

test("two environments in one project are refused", () => {
  expect(problems({ "environments/prod.yaml": environment() })).toEqual([
    "environments/prod.yaml:1:10 project: must differ from that of environment 'dev', got 'acme-ml-dev': give every environment a project of its own",
    "environments/prod.yaml:2:16 projectNumber: must differ from that of environment 'dev', got '200000000002': give every environment a project of its own",
  ]);
  expect(problems({ "environments/prod.yaml": environment({ projectNumber: '"300000000003"' }) })).toEqual([
    "environments/prod.yaml:1:10 project: must differ from that of environment 'dev', got 'acme-ml-dev': give every environment a project of its own",
  ]);
});

test("bucket names of two environments differ", () => {
  expect(
    problems({
      "environments/dev.yaml": environment({ project: "acme-ml", teams: "[eu-churn]" }),
      "environments/prod.yaml": otherEnvironment({ project: "acme-ml-eu" }),
      "teams/eu-churn/team.yaml": team(),
    }),
  ).toEqual([
    "environments/prod.yaml:8:9 teams[0]: makes bucket names that start with 'acme-ml-eu-churn', as team 'eu-churn' does in environment 'dev': rename a team or a project",
  ]);
});
