import { problems, team } from "../support/project";

/** Line 7 is the first of `lines`. */
const batch = (...lines: string[]) =>
  problems({
    "teams/churn/team.yaml": team(`serving:
  models:
    propensity:
      batch:
        schedule: "0 5 * * *"
${lines.map((line) => `        ${line}\n`).join("")}`),
  });

const at = (line: number, column: number, path: string) =>
  `teams/churn/team.yaml:${line}:${column} serving.models.propensity.batch${path}: `;

test.each([
  [["input: churn_raw.subscribers"]],
  [['landing: { prefix: "crm/{period}/" }', "period: hour"]],
  [["landing: { prefix: crm/, format: csv }", "startingReplicaCount: 4"]],
])("%j passes", (lines) => {
  expect(batch(...lines)).toEqual([]);
});

test.each<[string[], string]>([
  [[], `${at(8, 9, "")}must have 'input' (a table) or 'landing' (objects), one of the two, got a mapping`],
  [
    ["input: a.b", "landing: { prefix: crm/ }"],
    `${at(8, 9, "")}must have 'input' (a table) or 'landing' (objects), one of the two, got a mapping`,
  ],
  [
    ["landing: { prefix: crm/*.csv }"],
    `${at(9, 28, ".landing.prefix")}must be a folder such as crm/subscribers/{period}/, without '*', got 'crm/*.csv'`,
  ],
  [
    ["input: a.b", "machineType: g2-standard-4"],
    `${at(7, 7, ".acceleratorType")}is missing: machine type 'g2-standard-4' takes 1 NVIDIA_L4`,
  ],
  [
    ["input: a.b", "acceleratorCount: 2"],
    `${at(10, 27, ".acceleratorCount")}needs acceleratorType, got only the count 2: add the type, or remove the count`,
  ],
  [
    ["input: a.b", "startingReplicaCount: 5"],
    `${at(10, 31, ".startingReplicaCount")}must be at most maxReplicaCount (4), got 5`,
  ],
])("%j is refused", (lines, message) => {
  expect(batch(...lines)).toEqual([message]);
});

test("TPU machines predict online only", () => {
  const [problem] = batch("input: a.b", "machineType: ct5lp-hightpu-1t");
  expect(problem).toContain(`${at(10, 22, ".machineType")}must be one of`);
});
