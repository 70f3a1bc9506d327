import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import { acceptanceCommand } from "../../tools/cli/commands/acceptance";
import { dataStack, HandmadeProject, type HandmadeStack } from "../delivery/support/handmade-project";

/** A stack of Terraform's own resources with more in its configuration. */
const made = (resource: object, dependencies: readonly string[] = []): HandmadeStack => ({
  dependencies,
  config: { resource: { terraform_data: resource } },
});
const project = new HandmadeProject({});
afterAll(() => project.remove());

const accept = (...args: string[]) => project.run(acceptanceCommand(), "--project", "acme-try", ...args);
/** What was printed, without the time of each step. */
const told = (output: string) => output.replace(/ {2}[\d.]+ s/g, "").replace(/ +$/gm, "");

beforeEach(() => rmSync(join(project.folder, "states"), { recursive: true, force: true }));

const resourcesOf = (stack: string) =>
  (JSON.parse(project.read(`states/${stack}.tfstate`)) as { resources: unknown[] }).resources;

test("every stack is made, planned again without changes, and destroyed, the last one first", async () => {
  project.writeStacks({ "dev-base": dataStack("a"), "dev-top": dataStack("b", ["dev-base"]) });
  const { code, output } = await accept("--report", "report.json");
  expect(told(output)).toBe(
    [
      "passed    validate    dev-base",
      "passed    validate    dev-top",
      "passed    plan        dev-base  1 to make",
      "passed    plan        dev-top  1 to make",
      "passed    apply       dev-base  1 added, 0 changed, 0 destroyed",
      "passed    apply       dev-top  1 added, 0 changed, 0 destroyed",
      "passed    plan again  dev-base",
      "passed    plan again  dev-top",
      "passed    destroy     dev-top  1 destroyed",
      "passed    destroy     dev-base  1 destroyed",
      "10 steps passed",
      "",
    ].join("\n"),
  );
  expect(code).toBe(0);
  expect(["dev-base", "dev-top"].flatMap(resourcesOf)).toEqual([]);
  const report = JSON.parse(project.read("report.json")) as { project: string; steps: unknown[] };
  expect(report.project).toBe("acme-try");
  expect(report.steps).toHaveLength(10);
  expect(report.steps[4]).toEqual({
    step: "apply",
    stack: "dev-base",
    status: "passed",
    seconds: expect.any(Number) as number,
    text: "1 added, 0 changed, 0 destroyed",
  });
});

test("what stays stays, and a second run finds it and makes nothing", async () => {
  project.writeStacks({ "dev-base": dataStack("a") });
  expect(await accept("--keep")).toMatchObject({ code: 0 });
  expect(resourcesOf("dev-base")).toHaveLength(1);
  const { code, output } = await accept();
  expect(output).toMatch(
    /nothing was made:\n- dev-base has terraform_data\.Thing already: it would be destroyed; use a project and a state of their own\n$/,
  );
  expect(code).toBe(1);
  expect(resourcesOf("dev-base")).toHaveLength(1);
});

test("a second plan that changes something fails, and all is destroyed", async () => {
  project.writeStacks({ "dev-base": made({ Thing: { input: "${timestamp()}" } }) });
  const { code, output } = await accept();
  expect(told(output)).toContain("failed    plan again  dev-base\n  update terraform_data.Thing\n");
  expect(output).toMatch(/\n1 of 5 steps failed\n$/);
  expect(code).toBe(1);
  expect(resourcesOf("dev-base")).toEqual([]);
});

test("what fails is told, what depends on it is left out, and what was made is destroyed", async () => {
  const failing = { Thing: { input: "a", provisioner: [{ "local-exec": { command: "exit 3" } }] } };
  project.writeStacks({
    "dev-base": dataStack("a"),
    "dev-fragile": made(failing, ["dev-base"]),
    "dev-top": dataStack("b", ["dev-fragile"]),
  });
  const { code, output } = await accept();
  expect(told(output)).toMatch(/failed {4}apply {7}dev-fragile\n[^]*exit status 3/);
  expect(told(output)).toContain("left out  apply       dev-top  depends on dev-fragile\n");
  expect(output).not.toMatch(/(passed|failed) +plan again/);
  expect(told(output)).toContain("passed    destroy     dev-base  1 destroyed\n");
  expect(code).toBe(1);
  expect(["dev-base", "dev-fragile"].flatMap(resourcesOf)).toEqual([]);
});

test("stacks that are not valid are not planned", async () => {
  project.writeStacks({ "dev-base": made({ Thing: { no_such: 1 } }) });
  const { code, output } = await accept();
  expect(output).toContain('No argument or block type is named "no_such".');
  expect(output).toMatch(/\n1 of 1 step failed\n$/);
  expect(code).toBe(1);
  expect(existsSync(join(project.folder, "states"))).toBe(false);
});

test("a stack that protects something is refused before anything", async () => {
  project.writeStacks({ "dev-base": made({ Thing: { lifecycle: { prevent_destroy: true } } }) });
  expect(await accept()).toEqual({
    code: 1,
    output:
      "nothing was made:\n- dev-base protects terraform_data.Thing from being destroyed: set 'deletionProtection: false' in the environment, or leave the stack out with '--except dev-base'\n",
  });
});

test("a stack that is left out is not made, and one that does not exist cannot be", async () => {
  project.writeStacks({
    "dev-base": dataStack("a"),
    "dev-kept": made({ Thing: { lifecycle: { prevent_destroy: true } } }),
  });
  const { code, output } = await accept("--except", "dev-kept");
  expect(output).not.toContain("dev-kept");
  expect(code).toBe(0);
  expect(await accept("--except", "dev-kep")).toEqual({
    code: 1,
    output: "stack 'dev-kep' of --except does not exist: use one of dev-base, dev-kept (did you mean 'dev-kept'?)\n",
  });
});
