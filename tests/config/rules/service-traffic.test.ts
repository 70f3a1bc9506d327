import { problems, team } from "../support/project";

const service = (settings: string, rest = "") =>
  problems({
    "teams/churn/team.yaml": team(`serving:
  services:
    scoring:
      image: scoring@sha256:${"0".repeat(64)}
      ${settings}
${rest}`),
  });

test("a split that sums to 100 and names the revision passes", () => {
  expect(service("revision: v1\n      traffic: { v1: 100 }")).toEqual([]);
  expect(service("revision: v2\n      traffic: { v1: 90, v2: 10 }")).toEqual([]);
  expect(service("revision: v2\n      traffic: { v1: 100, v2: 0 }")).toEqual([]);
});

test("a split that does not sum to 100 is refused", () => {
  expect(service("revision: v2\n      traffic: { v1: 90, v2: 5 }")).toEqual([
    "teams/churn/team.yaml:9:7 serving.services.scoring.traffic: must sum to 100, got v1 90 + v2 5 = 95",
  ]);
  expect(service("revision: v1\n      traffic: {}")).toEqual([
    "teams/churn/team.yaml:9:7 serving.services.scoring.traffic: must name the deployed revision 'v1', got none: write 'v1: 0' to deploy it without traffic",
    "teams/churn/team.yaml:9:7 serving.services.scoring.traffic: must sum to 100, got no revision = 0",
  ]);
});

test("a split must name the deployed revision", () => {
  expect(service("revision: v-2\n      traffic: { v1: 90, v2: 10 }")).toEqual([
    "teams/churn/team.yaml:9:7 serving.services.scoring.traffic: must name the deployed revision 'v-2', got v1, v2: write 'v-2: 0' to deploy it without traffic (or is 'v2' the one that is deployed?)",
  ]);
  expect(service("revision: blue\n      traffic: { green: 100 }")).toEqual([
    "teams/churn/team.yaml:9:7 serving.services.scoring.traffic: must name the deployed revision 'blue', got green: write 'blue: 0' to deploy it without traffic",
  ]);
});

test("a split that layers add up to is explained", () => {
  expect(
    service(
      "revision: v2\n      traffic: { v1: 100, v2: 0 }",
      "environments: { dev: { serving: { services: { scoring: { traffic: { v2: 10 } } } } } }\n",
    ),
  ).toEqual([
    "teams/churn/team.yaml:9:7 serving.services.scoring.traffic: must sum to 100, got v1 100 + v2 10 = 110: set revisions that another layer names to 0",
  ]);
});
