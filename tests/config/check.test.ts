import { environment, problems, team } from "./support/project";

const inTeam = (rest: string, changes = {}) => problems({ "teams/churn/team.yaml": team(rest, changes) });
const inEnvironment = (changes: Record<string, string | undefined>, rest = "") =>
  problems({ "environments/dev.yaml": environment(changes, rest) });
const inModel = (settings: string) => inTeam(`serving:\n  models:\n    propensity: { ${settings} }\n`);

test("numbers", () => {
  expect(inModel("maxReplicaCount: 0")).toEqual([
    "teams/churn/team.yaml:6:36 serving.models.propensity.maxReplicaCount: must be a whole number from 1 to 1000, got 0",
  ]);
  expect(inModel("maxReplicaCount: 1.5")).toEqual([
    "teams/churn/team.yaml:6:36 serving.models.propensity.maxReplicaCount: must be a whole number from 1 to 1000, got 1.5",
  ]);
  expect(inModel('maxReplicaCount: "5"')).toEqual([
    "teams/churn/team.yaml:6:36 serving.models.propensity.maxReplicaCount: must be a whole number from 1 to 1000, got '5': remove the quotes",
  ]);
  expect(inModel("maxReplicaCount: many")).toEqual([
    "teams/churn/team.yaml:6:36 serving.models.propensity.maxReplicaCount: must be a whole number from 1 to 1000, got 'many'",
  ]);
  expect(inModel("maxReplicaCount: .nan")).toEqual([
    "teams/churn/team.yaml:6:36 serving.models.propensity.maxReplicaCount: must be a whole number from 1 to 1000, got .nan",
  ]);
  expect(inModel("maxReplicaCount: 1e9")).toEqual([
    "teams/churn/team.yaml:6:36 serving.models.propensity.maxReplicaCount: must be a whole number from 1 to 1000, got 1e9",
  ]);
  expect(inModel("maxReplicaCount: { min: 1 }")).toEqual([
    "teams/churn/team.yaml:6:36 serving.models.propensity.maxReplicaCount: must be a whole number from 1 to 1000, got a mapping",
  ]);
  expect(inModel("objective: { availability: 1 }")).toEqual([
    "teams/churn/team.yaml:6:46 serving.models.propensity.objective.availability: must be a number from 0.0001 to 0.9999, got 1",
  ]);
  expect(inModel("requestLogging: { samplingRate: 10 }")).toEqual([
    "teams/churn/team.yaml:6:51 serving.models.propensity.requestLogging.samplingRate: must be a number from 0 to 1, got 10",
  ]);
});

test("text", () => {
  expect(inTeam("", { description: "5" })).toEqual([
    "teams/churn/team.yaml:1:14 description: must be text, got the number 5: put it in quotes",
  ]);
  expect(inTeam("", { description: "true" })).toEqual([
    "teams/churn/team.yaml:1:14 description: must be text, got true: put it in quotes",
  ]);
  expect(inTeam("", { description: "[a]" })).toEqual([
    "teams/churn/team.yaml:1:14 description: must be text, got a list",
  ]);
  expect(inTeam("", { description: '""' })).toEqual([
    "teams/churn/team.yaml:1:14 description: must be text of 1 to 256 characters, got 0",
  ]);
  expect(inTeam("", { description: "x".repeat(300) })).toEqual([
    "teams/churn/team.yaml:1:14 description: must be text of 1 to 256 characters, got 300",
  ]);
  expect(inEnvironment({ projectNumber: "200000000002" })).toEqual([
    "environments/dev.yaml:2:16 projectNumber: must be text, got the number 200000000002: put it in quotes",
  ]);
});

test("true and false", () => {
  expect(inEnvironment({}, "deletionProtection: yes\n")).toEqual([
    "environments/dev.yaml:9:21 deletionProtection: must be true or false, got 'yes': write true",
  ]);
  expect(inEnvironment({}, "deletionProtection: off\n")).toEqual([
    "environments/dev.yaml:9:21 deletionProtection: must be true or false, got 'off': write false",
  ]);
  expect(inEnvironment({}, "deletionProtection: 1\n")).toEqual([
    "environments/dev.yaml:9:21 deletionProtection: must be true or false, got the number 1",
  ]);
});

test("lists", () => {
  expect(inEnvironment({ teams: "churn" })).toEqual([
    "environments/dev.yaml:8:8 teams: must be a list, got 'churn': write it as [churn]",
  ]);
  expect(inModel("rollout: { stages: [] }")).toEqual([
    "teams/churn/team.yaml:6:38 serving.models.propensity.rollout.stages: must have at least 1 entry, got none",
  ]);
  expect(inModel("callers: [group:apps@acme.example, 5]")).toEqual([
    "teams/churn/team.yaml:6:54 serving.models.propensity.callers[1]: must be text, got the number 5: put it in quotes",
  ]);
});

test("mappings", () => {
  expect(inTeam("serving: 5\n")).toEqual(["teams/churn/team.yaml:4:10 serving: must be a mapping, got the number 5"]);
  expect(inTeam("serving: [models]\n")).toEqual(["teams/churn/team.yaml:4:10 serving: must be a mapping, got a list"]);
  expect(inTeam("serving: { models: { propensity: g2-standard-4 } }\n")).toEqual([
    "teams/churn/team.yaml:4:34 serving.models.propensity: must be a mapping, got 'g2-standard-4'",
  ]);
});

test("a key with nothing after it is refused, also where another layer overrides it", () => {
  expect(inTeam("labels:\n")).toEqual([
    "teams/churn/team.yaml:4:8 labels: is empty: indent its settings below it, or remove the key",
  ]);
  expect(inTeam("", { description: "" })).toEqual([
    "teams/churn/team.yaml:1:14 description: is empty: write a value, or remove the key",
  ]);
  expect(
    problems({
      "environments/dev.yaml": environment({}, "teamDefaults:\n  monitoring:\n"),
      "teams/churn/team.yaml": team("monitoring: { silentMinutes: 5 }\n"),
    }),
  ).toEqual([
    "environments/dev.yaml:10:14 teamDefaults.monitoring: is empty: indent its settings below it, or remove the key",
  ]);
  expect(inEnvironment({}, "teamDefaults:\n")).toEqual([
    "environments/dev.yaml:9:14 teamDefaults: is empty: indent its settings below it, or remove the key",
  ]);
});

test("unknown keys are named with what is near and what is allowed", () => {
  expect(inTeam("ingestion:\n  streems: {}\n")).toEqual([
    "teams/churn/team.yaml:5:3 ingestion.streems: unknown key 'streems', did you mean 'streams'? allowed: streams, jobs, landing",
  ]);
  expect(inModel("colour: red")).toEqual([
    "teams/churn/team.yaml:6:19 serving.models.propensity.colour: unknown key 'colour', allowed: machineType, acceleratorType, acceleratorCount, minReplicaCount, maxReplicaCount, autoscaling, requestLogging, callers, privateServiceConnect, explanations, objective, registrars, gates, retention, rollout, idle, batch, stream",
  ]);
  expect(inTeam("enviroments: {}\n")).toEqual([
    "teams/churn/team.yaml:4:1 enviroments: unknown key 'enviroments', did you mean 'environments'? allowed: description, owners, contactEmail, labels, ingestion, pipelines, serving, experiments, monitoring, environments",
  ]);
  expect(inEnvironment({}, "teamdefaults: {}\n")).toEqual([
    "environments/dev.yaml:9:1 teamdefaults: unknown key 'teamdefaults', did you mean 'teamDefaults'? allowed: project, projectNumber, region, jurisdiction, contactEmail, deletionProtection, labels, state, network, encryption, audit, budget, quotas, acknowledgements, ci, teams, teamDefaults",
  ]);
  expect(inEnvironment({}, "quotas: { serving: { NVIDIA_TESLA_L4: 1 } }\n")).toEqual([
    "environments/dev.yaml:9:22 quotas.serving.NVIDIA_TESLA_L4: unknown key 'NVIDIA_TESLA_L4', did you mean 'NVIDIA_TESLA_T4'? allowed: NVIDIA_TESLA_T4, NVIDIA_L4, NVIDIA_TESLA_V100, NVIDIA_TESLA_P100, NVIDIA_TESLA_P4, NVIDIA_TESLA_A100, NVIDIA_A100_80GB, NVIDIA_H100_80GB, NVIDIA_H100_MEGA_80GB, NVIDIA_H200_141GB, NVIDIA_B200, NVIDIA_GB200, NVIDIA_RTX_PRO_6000, TPU_V2, TPU_V3, TPU_V5_LITEPOD, TPU_V6E, TPU_7X",
  ]);
  expect(inEnvironment({ state: "{ backend: local, bucket: x-y-z }" })).toEqual([
    "environments/dev.yaml:6:26 state.bucket: unknown key 'bucket', allowed: backend, directory",
  ]);
});

test("missing settings are named with what they are for, at the key they are missing from", () => {
  expect(inTeam("", { owners: undefined })).toEqual([
    "teams/churn/team.yaml:1:1 owners: is missing: Group that owns the team's resources",
  ]);
  expect(inTeam("pipelines:\n  training: {}\n")).toEqual([
    "teams/churn/team.yaml:5:3 pipelines.training.specification: is missing: Compiled KFP pipeline specification (PipelineSpec), JSON or YAML",
    "teams/churn/team.yaml:5:3 pipelines.training.schedule: is missing: When it runs, as five cron fields",
  ]);
  expect(inEnvironment({ state: "{}" })).toEqual([
    "environments/dev.yaml:6:1 state.backend: is missing: one of local, gcs",
  ]);
  expect(inEnvironment({ state: "{ backend: gcs }" })).toEqual([
    "environments/dev.yaml:6:1 state.bucket: is missing: Bucket that holds the state files",
  ]);
  expect(inEnvironment({ state: undefined, region: undefined })).toEqual([
    "environments/dev.yaml:1:1 region: is missing: Region of every regional resource",
    "environments/dev.yaml:1:1 state: is missing: Where Terraform keeps the state of the environment's stacks",
  ]);
});

test("choices", () => {
  expect(inEnvironment({ jurisdiction: "EU" })).toEqual([
    "environments/dev.yaml:4:15 jurisdiction: must be one of eu, uk, ch, us, ca, br, jp, kr, in, sg, au, got 'EU', did you mean 'eu'?",
  ]);
  expect(inEnvironment({ state: "{ backend: gsc }" })).toEqual([
    "environments/dev.yaml:6:19 state.backend: must be one of local, gcs, got 'gsc', did you mean 'gcs'?",
  ]);
  expect(inModel("machineType: g2-standard-5")).toEqual([
    "teams/churn/team.yaml:6:32 serving.models.propensity.machineType: must be one of 63 values (nearest: g2-standard-4, g2-standard-8, e2-standard-2), got 'g2-standard-5', did you mean 'g2-standard-4'?",
  ]);
  expect(inModel("acceleratorType: L4")).toEqual([
    "teams/churn/team.yaml:6:36 serving.models.propensity.acceleratorType: must be one of 18 values (nearest: NVIDIA_L4, TPU_V2, TPU_V3), got 'L4', did you mean 'NVIDIA_L4'?",
  ]);
  const service = `serving:
  services:
    scoring:
      image: scoring@sha256:${"0".repeat(64)}
      revision: v1
      traffic: { v1: 100 }
      cpu: 3
`;
  expect(inTeam(service)).toEqual([
    "teams/churn/team.yaml:10:12 serving.services.scoring.cpu: must be one of 1, 2, 4, 8, got the number 3",
  ]);
  expect(inTeam(service.replace("cpu: 3", "cpu: 2"))).toEqual([
    "teams/churn/team.yaml:10:12 serving.services.scoring.cpu: must be text, got the number 2: put it in quotes",
  ]);
});

test("names", () => {
  expect(inTeam("serving:\n  models:\n    Churn_Propensity: {}\n")).toEqual([
    "teams/churn/team.yaml:6:5 serving.models.Churn_Propensity: must be 1 to 20 lower-case letters, digits or hyphens, start with a letter and not end with a hyphen, got 'Churn_Propensity': write 'churn-propensity'",
  ]);
  expect(inTeam("serving:\n  models:\n    a-name-of-more-than-20-characters: {}\n")).toEqual([
    "teams/churn/team.yaml:6:5 serving.models.a-name-of-more-than-20-characters: must be 1 to 20 lower-case letters, digits or hyphens, start with a letter and not end with a hyphen, got 'a-name-of-more-than-20-characters'",
  ]);
  expect(inTeam("labels: { Team: x, tier: Churn ML }\n")).toEqual([
    "teams/churn/team.yaml:4:11 labels.Team: must be a label key: 1 to 63 of a-z, 0-9, '-' and '_', starting with a letter, got 'Team': write 'team'",
    "teams/churn/team.yaml:4:26 labels.tier: must be a label value: at most 63 of a-z, 0-9, '-' and '_', got 'Churn ML': write 'churn-ml'",
  ]);
});

test("addresses and principals", () => {
  expect(inTeam("", { contactEmail: "Oncall@Acme.example" })).toEqual([
    "teams/churn/team.yaml:3:15 contactEmail: must be an e-mail address in lower case, such as ml-team@acme.example, got 'Oncall@Acme.example': write 'oncall@acme.example'",
  ]);
  expect(inTeam("", { contactEmail: "oncall" })).toEqual([
    "teams/churn/team.yaml:3:15 contactEmail: must be an e-mail address in lower case, such as ml-team@acme.example, got 'oncall'",
  ]);
  expect(inTeam("", { owners: "serviceAccount:robot@acme-ml-dev.iam.gserviceaccount.com" })).toEqual([
    "teams/churn/team.yaml:2:9 owners: must be 'group:' or 'user:' and an e-mail address in lower case, such as group:ml-team@acme.example, got 'serviceAccount:robot@acme-ml-dev.iam.gserviceaccount.com'",
  ]);
  expect(inModel("callers: [allUsers]")).toEqual([
    "teams/churn/team.yaml:6:29 serving.models.propensity.callers[0]: must be 'group:', 'user:' or 'serviceAccount:' and an e-mail address in lower case, such as group:ml-team@acme.example, got 'allUsers'",
  ]);
  expect(inModel("callers: [apps@acme.example]")).toEqual([
    "teams/churn/team.yaml:6:29 serving.models.propensity.callers[0]: must be 'group:', 'user:' or 'serviceAccount:' and an e-mail address in lower case, such as group:ml-team@acme.example, got 'apps@acme.example': write 'group:apps@acme.example'",
  ]);
});

test("formats", () => {
  const pipeline = (settings: string) => inTeam(`pipelines:\n  training: { ${settings} }\n`);
  expect(inEnvironment({}, "network: { subnetCidr: 10.0.0.0 }\n")).toEqual([
    "environments/dev.yaml:9:24 network.subnetCidr: must be an IPv4 range from /4 to /29 that starts at its first address, such as 10.10.0.0/20, got '10.0.0.0'",
  ]);
  for (const range of ["10.0.0.1/20", "10.0.0.0/30", "0.0.0.0/3"]) {
    expect(inEnvironment({}, `network: { subnetCidr: ${range} }\n`)).toEqual([
      `environments/dev.yaml:9:24 network.subnetCidr: must be an IPv4 range from /4 to /29 that starts at its first address, such as 10.10.0.0/20, got '${range}'`,
    ]);
  }
  for (const range of ["10.0.0.8/29", "192.168.128.0/17"]) {
    expect(inEnvironment({}, `network: { subnetCidr: ${range} }\n`)).toEqual([]);
  }
  expect(inEnvironment({ project: "Acme" })).toEqual([
    "environments/dev.yaml:1:10 project: must be a project id: 6 to 30 lower-case letters, digits or hyphens, starting with a letter, got 'Acme'",
  ]);
  expect(pipeline('specification: x, schedule: "every monday"')).toEqual([
    "teams/churn/team.yaml:5:30 pipelines.training.specification: must be a file that exists in teams/churn, got 'x'",
    "teams/churn/team.yaml:5:43 pipelines.training.schedule: must be a cron schedule of five fields (minute, hour, day, month, weekday), such as '0 3 * * 1', got 'every monday'",
  ]);
  expect(pipeline('specification: x, schedule: "0 25 * * *", timeZone: Mars/Olympus')).toEqual([
    "teams/churn/team.yaml:5:30 pipelines.training.specification: must be a file that exists in teams/churn, got 'x'",
    "teams/churn/team.yaml:5:43 pipelines.training.schedule: must be a cron schedule of five fields (minute, hour, day, month, weekday), such as '0 3 * * 1', got '0 25 * * *'",
    "teams/churn/team.yaml:5:67 pipelines.training.timeZone: must be a time zone of the IANA database, such as Europe/Amsterdam, got 'Mars/Olympus'",
  ]);
});

test.each(["* * * * *", "*/15 0-6 1,15 JAN-MAR mon-fri", "0 3 * * 7", "5/10 0 1 1 0"])(
  "'%s' is a schedule",
  (schedule) => {
    const [problem] = inTeam(`pipelines:\n  training: { specification: x, schedule: "${schedule}" }\n`);
    expect(problem).toMatch(/must be a file that exists/);
  },
);

test.each([
  "60 * * * *",
  "* * 0 * *",
  "* * * 13 *",
  "* * * * 8",
  "5-1 * * * *",
  "*/0 * * * *",
  "a * * * *",
  "* * * *",
  "1-2-3 * * * *",
])("'%s' is not a schedule", (schedule) => {
  expect(inTeam(`pipelines:\n  training: { specification: x, schedule: "${schedule}" }\n`)).toContain(
    `teams/churn/team.yaml:5:43 pipelines.training.schedule: must be a cron schedule of five fields (minute, hour, day, month, weekday), such as '0 3 * * 1', got '${schedule}'`,
  );
});

test("what is shown stays on one line and short", () => {
  expect(inTeam("", { contactEmail: `"${"x".repeat(100)}\\n\\u001b[31m"` })).toEqual([
    "teams/churn/team.yaml:3:15 contactEmail: must be an e-mail address in lower case, such as ml-team@acme.example, got 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'",
  ]);
});
