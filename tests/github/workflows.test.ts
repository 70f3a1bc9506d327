import { mlpLines, refusal } from "./support/commands";
import { type Job, steps, usesLines, workflows } from "./support/workflows";

const jobs = Object.entries(workflows).flatMap(([file, workflow]) =>
  Object.entries(workflow.jobs).map(([name, job]): [string, Job] => [`${file} ${name}`, job]),
);

test("every action is one commit for good, with the version that it is, and the same everywhere", () => {
  const theirs = usesLines.filter((line) => !/uses: \.\//.test(line));
  expect(theirs.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  const versions = new Set(theirs.map((line) => line.replace(/^.*uses: /, "")));
  const names = [...versions].map((version) => version.split("@")[0]);
  expect(names).toHaveLength(new Set(names).size);
});

test("no workflow runs foreign code with the rights of the repository", () => {
  const events = Object.values(workflows).flatMap(({ on }) => Object.keys(on));
  expect([...new Set(events)].sort()).toEqual([
    "pull_request",
    "push",
    "schedule",
    "workflow_call",
    "workflow_dispatch",
  ]);
});

test.each(Object.entries(workflows))("%s has no permissions but those of its jobs", (_, workflow) => {
  expect(workflow.permissions).toEqual({});
});

test.each(jobs)("%s says what it may do, and what it may is on the list", (_, { permissions }) => {
  expect(permissions).toBeDefined();
  const allowed = ["actions: read", "contents: read", "id-token: write", "issues: write", "pull-requests: write"];
  expect(
    Object.entries(permissions!)
      .map(([name, level]) => `${name}: ${level}`)
      .filter((each) => !allowed.includes(each)),
  ).toEqual([]);
});

test.each(jobs)("%s ends in time", (_, { uses, "timeout-minutes": minutes }) => {
  expect(uses === undefined ? minutes : 1).toBeLessThanOrEqual(120);
});

test("a job that may write gets no code of a pull request from elsewhere", () => {
  const { jobs: ofPullRequests } = workflows["pull-request.yaml"]!;
  const ownRepository = "github.event.pull_request.head.repo.full_name == github.repository";
  const guarded = (job: Job): boolean =>
    (job.if?.startsWith(`${ownRepository} && `) ?? false) ||
    [job.needs ?? []]
      .flat()
      .some((name) => (job.if ?? "").includes(`needs.${name}.result != 'skipped'`) && guarded(ofPullRequests[name]!));
  const writing = Object.entries(ofPullRequests).filter(([, { permissions = {} }]) =>
    Object.values(permissions).includes("write"),
  );
  expect(writing.map(([name]) => name)).toEqual(["plan", "comment"]);
  expect(writing.filter(([, job]) => !guarded(job))).toEqual([]);
  expect(Object.values(ofPullRequests).filter(({ environment }) => environment !== undefined)).toEqual([]);
});

test("only jobs behind a GitHub environment become the deployer or see the key of the plans", () => {
  const text = (job: Job) => JSON.stringify(job);
  const deploying = jobs.filter(([, job]) => /vars\.DEPLOYER_|secrets\./.test(text(job)));
  expect(deploying.map(([name, { environment }]) => [name, environment])).toEqual([
    ["deploy.yaml apply-dev", "dev"],
    ["deploy.yaml apply-prod", "prod"],
  ]);
  expect(jobs.filter(([, { environment }]) => environment !== undefined)).toHaveLength(2);
});

test("what is applied is what the review of the same run named", () => {
  for (const environment of ["dev", "prod"]) {
    const job = workflows["deploy.yaml"]!.jobs[`apply-${environment}`]!;
    const apply = job.steps!.find(({ uses }) => uses === "./.github/actions/apply")!;
    expect(apply.with).toMatchObject({ environment, digest: `\${{ needs.plan-${environment}.outputs.digest }}` });
    expect(job.if).toContain(`needs.plan-${environment}.outputs.code == '2'`);
  }
});

test("a deployment is not cut off by the next, and an older plan of a pull request is", () => {
  const cancelled = Object.fromEntries(
    Object.entries(workflows).map(([file, { concurrency }]) => [file, concurrency?.["cancel-in-progress"]]),
  );
  expect(cancelled).toEqual({
    "deploy.yaml": false,
    "drift.yaml": false,
    "plan.yaml": undefined,
    "pull-request.yaml": true,
  });
});

test("no checkout leaves its token behind", () => {
  const checkouts = steps.filter(([, { uses }]) => uses?.startsWith("actions/checkout@"));
  expect(checkouts.length).toBeGreaterThan(5);
  expect(checkouts.filter(([, step]) => step.with?.["persist-credentials"] !== false)).toEqual([]);
});

test("no expression becomes a part of a script", () => {
  const scripts = steps.flatMap(([, step]) => [step.run ?? [], step.with?.["script"] ?? []].flat());
  expect(scripts.length).toBeGreaterThan(10);
  expect(scripts.filter((script) => String(script).includes("${{"))).toEqual([]);
});

const lines = steps.flatMap(([where, { run = "" }]) =>
  mlpLines(run).map((words): [string, string, string[]] => [where, words.join(" "), words]),
);

test("the command lines of mlp are found", () => {
  expect(lines.map(([, , words]) => words[0]).sort()).toEqual([
    "affected",
    "apply",
    "check",
    "plan",
    "plan",
    "plan",
    "review",
    "sandbox",
    "sandbox",
    "validate",
  ]);
});

test.each(lines)("%s: mlp takes '%s'", (_, __, words) => {
  expect(refusal(words)).toBeUndefined();
});

test.each([
  ["plan --onyl file", "'--onyl file' is unknown"],
  ["apply plans", "'--digest <sha256>' is missing"],
  ["apply plans others --digest x", "'plans others' are too many arguments"],
  ["sandbox pu", "there is no command 'pu'"],
  ["paln", "there is no command 'paln'"],
  [
    "affected --base main --format yaml",
    "error: option '--format <format>' argument 'yaml' is invalid. use one of text, json",
  ],
])("mlp refuses '%s'", (line, answer) => {
  expect(refusal(line.split(" "))).toBe(answer);
});
