import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

import { planCommand } from "../../tools/cli/commands/plan";
import { readPlanSet } from "../../tools/delivery/plan-set";
import { dataStack, HandmadeProject } from "./support/handmade-project";

const broken = { config: { resource: { terraform_data: { Thing: { input: "${var.missing}" } } } } };
const project = new HandmadeProject({
  "dev-base": dataStack("a"),
  "dev-broken": broken,
  "dev-none": { config: {} },
  "dev-top": dataStack("b", ["dev-base"]),
});
afterAll(() => project.remove());

const plan = (...args: string[]) => project.run(planCommand(), ...args);
const plans = join(project.folder, "plans");
const mode = (...path: string[]) => (statSync(join(plans, ...path)).mode & 0o777).toString(8);

test("every stack is planned, also where one fails, and each outcome is kept", async () => {
  const { code, output } = await plan();
  expect(code).toBe(1);
  const lines = output.split("\n");
  expect(lines.filter((line) => /^\S/.test(line))).toEqual([
    "changes     dev-base  1 to add, 0 to change, 0 to destroy",
    "failed      dev-broken",
    "no changes  dev-none",
    "changes     dev-top  1 to add, 0 to change, 0 to destroy",
    "4 stacks planned into plans: 2 with changes, 1 without, 1 failed",
  ]);
  expect(lines[lines.indexOf("no changes  dev-none") - 1]).toBe(
    '  variable can be declared with a variable "missing" {} block.',
  );

  const set = readPlanSet(plans);
  expect(set).toMatchObject({ environment: "dev", commit: project.git("rev-parse", "HEAD"), clean: true });
  expect(set.stacks).toEqual([
    expect.objectContaining({ name: "dev-base", status: "planned", planSha256: expect.any(String) }),
    expect.objectContaining({
      name: "dev-broken",
      status: "failed",
      error: expect.stringContaining("undeclared input variable"),
    }),
    expect.objectContaining({ name: "dev-none", status: "unchanged", planSha256: expect.any(String) }),
    expect.objectContaining({ name: "dev-top", status: "planned", dependencies: ["dev-base"] }),
  ]);
  expect(set.stacks[1]).not.toHaveProperty("planSha256");
});

test("Terraform's errors may be kept from the log, and are in the folder all the same", async () => {
  expect(await plan("dev-broken", "--hide-errors")).toEqual({
    code: 1,
    output: "failed      dev-broken\n1 stack planned into plans: 0 with changes, 0 without, 1 failed\n",
  });
  expect(readPlanSet(plans).stacks[0]!.error).toContain("undeclared input variable");
});

test("plans hold secrets: nobody else may read them", async () => {
  await plan("dev-base");
  expect([mode(), mode("plans.json"), mode("dev-base")]).toEqual(["700", "600", "700"]);
  expect(readdirSync(join(plans, "dev-base")).map((file) => `${file} ${mode("dev-base", file)}`)).toEqual([
    "cdk.tf.json 600",
    "plan.json 600",
    "plan.tfplan 600",
  ]);
});

test("stacks may be chosen by name, by file and by what is left out; older plans are gone then", async () => {
  project.write("names", "dev-top\n\ndev-base\n");
  expect(await plan("--only", "names", "--except", "dev-base")).toEqual({
    code: 2,
    output:
      "changes     dev-top  1 to add, 0 to change, 0 to destroy\n1 stack planned into plans: 1 with changes, 0 without, 0 failed\n",
  });
  expect(readPlanSet(plans)).toMatchObject({ clean: false, stacks: [{ name: "dev-top" }] });
  expect(readdirSync(plans)).toEqual(["dev-top", "plans.json"]);
  expect(await plan("dev-none")).toMatchObject({ code: 0 });
  project.write("names", "");
  expect(await plan("--only", "names")).toEqual({
    code: 0,
    output: "0 stacks planned into plans: 0 with changes, 0 without, 0 failed\n",
  });
  rmSync(join(project.folder, "names"));
});

test("stacks whose state is a file may be left out, which nobody else has", async () => {
  const stacks = project.read("stacks.json");
  const remote = { terraform: { backend: { http: { address: "http://127.0.0.1:9", retry_max: 0 } } } };
  project.write("stacks.json", JSON.stringify({ "dev-local": dataStack("a"), "dev-remote": { config: remote } }));
  const { output } = await plan("--remote-state");
  expect(output).toMatch(/^left out {4}dev-local {2}its state is a file\nfailed {6}dev-remote\n/);
  expect(readPlanSet(plans).stacks.map(({ name }) => name)).toEqual(["dev-remote"]);
  project.write("stacks.json", stacks);
});

test("a stack that does not exist is refused, with where it was named and the nearest that does", async () => {
  const says = (stack: string) => ({
    code: 1,
    output: `stack ${stack} does not exist: use one of dev-base, dev-broken, dev-none, dev-top (did you mean 'dev-top'?)\n`,
  });
  project.write("names", "dev-base\ndev-tpo\n");
  expect(await plan("dev-tpo")).toEqual(says("'dev-tpo'"));
  expect(await plan("--only", "names")).toEqual(says("'dev-tpo' in names"));
  expect(await plan("--except", "dev-tpo")).toEqual(says("'dev-tpo' of --except"));
  rmSync(join(project.folder, "names"));
});

test.each([
  ["nowhere", "it does not exist"],
  ["environments", "it is a folder"],
])("a file of names that cannot be read is refused: %s", async (file, why) => {
  expect(await plan("--only", file)).toEqual({
    code: 1,
    output: `--only must name a file of stack names, one a line, got '${file}': ${why}; 'mlp affected --names FILE' writes one, and 'mlp plan STACK...' takes the names themselves\n`,
  });
});

test("a folder with anything else in it is left alone", async () => {
  project.write("work/thesis.txt", "");
  expect(await plan("dev-none", "--out", "work")).toEqual({
    code: 1,
    output: `${project.folder}/work must be empty or hold plans alone, got thesis.txt: name another folder with --out, or move that away\n`,
  });
  expect(readdirSync(join(project.folder, "work"))).toEqual(["thesis.txt"]);
  mkdirSync(join(project.folder, "work2", "src"), { recursive: true });
  project.write("work2/src/index.ts", "");
  expect(await plan("dev-none", "--out", "work2")).toMatchObject({
    code: 1,
    output: expect.stringContaining("got src:"),
  });
});

test("the project's lock file of providers is planned with, and kept beside the plan", async () => {
  project.write(".terraform.lock.hcl", "# The stacks of this project use no provider.\n");
  expect(await plan("dev-base")).toMatchObject({ code: 2 });
  expect(readPlanSet(plans).stacks[0]!.lockSha256).toMatch(/^[0-9a-f]{64}$/);
  expect(project.read("plans/dev-base/.terraform.lock.hcl")).toBe(project.read(".terraform.lock.hcl"));
  rmSync(join(project.folder, ".terraform.lock.hcl"));
});
