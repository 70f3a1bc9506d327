import { problems, team } from "../support/project";

const sized = (size: string) =>
  problems({
    "teams/churn/team.yaml": team(`serving:
  services:
    scoring:
      image: scoring@sha256:${"0".repeat(64)}
      revision: v1
      traffic: { v1: 100 }
      ${size}
`),
  });

test.each(['cpu: "8"\n      memory: 4Gi', "memory: 512Mi", 'cpu: "4"\n      memory: 32Gi'])("%j passes", (size) => {
  expect(sized(size)).toEqual([]);
});

test("memory that Cloud Run does not give to the vCPUs is refused", () => {
  expect(sized('cpu: "8"\n      memory: 1Mi')).toEqual([
    "teams/churn/team.yaml:11:7 serving.services.scoring.memory: must be from 4096Mi to 32Gi with 8 vCPU, got 1Mi",
  ]);
  expect(sized("memory: 999Gi")).toEqual([
    "teams/churn/team.yaml:10:7 serving.services.scoring.memory: must be from 512Mi to 32Gi with 1 vCPU, got 999Gi",
  ]);
});
