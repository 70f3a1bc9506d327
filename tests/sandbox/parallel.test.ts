import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { Cloud } from "../../tools/sandbox/cloud";
import { Sandbox } from "../../tools/sandbox/sandbox";
import { type Config, type Outcome, projectFolder, Workspace } from "./support/workspace";

const root = projectFolder(["google_storage_bucket", "google_service_account"]);
const cloud = new Cloud(root);
const workspaces: Workspace[] = [];
let sandbox: Sandbox;

beforeAll(async () => {
  const isManaged = (type: string, id: string) => workspaces.some((workspace) => holds(workspace, type, id));
  sandbox = await Sandbox.start({ root, isManaged });
});

afterAll(async () => {
  await sandbox.close();
  workspaces.forEach((workspace) => workspace.remove());
  rmSync(root, { recursive: true });
});

beforeEach(() => cloud.forget());

function holds(workspace: Workspace, type: string, id: string): boolean {
  const file = join(workspace.folder, "terraform.tfstate");
  const state = existsSync(file) ? readFileSync(file, "utf8") : "";
  return state.includes(`"type": "${type}"`) && state.includes(`"id": "${id}"`);
}

async function workspace(config: Config): Promise<Workspace> {
  const made = new Workspace(sandbox);
  workspaces.push(made);
  made.write({ terraform: { required_providers: { google: { source: "hashicorp/google" } } }, ...config });
  expect(await made.init()).toMatchObject({ code: 0 });
  return made;
}

/** Three buckets and an account in one project, and a bucket in another by an alias. */
function stack(project: string): Config {
  const bucket = (name: string, more: object = {}) => ({ name: `${project}-${name}`, location: "EU", ...more });
  return {
    provider: { google: [{ project }, { alias: "archive", project: `${project}-archive` }] },
    resource: {
      google_service_account: { job: { account_id: "job-runner" } },
      google_storage_bucket: {
        raw: bucket("raw"),
        clean: bucket("clean"),
        old: bucket("old", { provider: "google.archive" }),
      },
    },
  };
}

const one = (name: string): Config => ({
  provider: { google: { project: "acme-one" } },
  resource: { google_storage_bucket: { data: { name, location: "EU" } } },
});

test("ten stacks at once, each with two projects, converge and mix nothing", async () => {
  const projects = Array.from({ length: 10 }, (_, index) => `acme-${index}`);
  const stacks = await Promise.all(projects.map((project) => workspace(stack(project))));
  const all = (work: (stack: Workspace) => Promise<Outcome>) => Promise.all(stacks.map(work));

  for (const { code, text } of await all((each) => each.apply())) {
    expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining("4 added") });
  }
  const found = cloud.list().map(({ id, values }) => `${String(values["project"])} ${id}`);
  const wanted = projects.flatMap((project) => [
    `${project} projects/${project}/serviceAccounts/job-runner@${project}.iam.gserviceaccount.com`,
    `${project} ${project}-raw`,
    `${project} ${project}-clean`,
    `${project}-archive ${project}-old`,
  ]);
  expect(found.sort()).toEqual(wanted.sort());

  for (const { code, text } of await all((each) => each.plan())) {
    expect({ code, text }).toEqual({ code: 0, text });
  }
  await all((each) => each.destroy());
  expect(cloud.list()).toEqual([]);
});

test("two Terraforms at once on one stack: the state lets one of them work, and the next run has nothing to do", async () => {
  const both = await workspace(stack("acme-both"));
  const outcomes = await Promise.all([both.apply(), both.apply()]);

  expect(outcomes.map(({ code }) => code)).toContain(0);
  for (const { text } of outcomes.filter(({ code }) => code !== 0)) {
    expect(text).toContain("Error acquiring the state lock");
  }
  expect(await both.plan()).toMatchObject({ code: 0 });
  expect(cloud.list()).toHaveLength(4);
});

test("a name that one stack has taken is refused to another, also right after it was taken", async () => {
  const [first, second] = [await workspace(one("shared")), await workspace(one("shared"))];
  expect(await first.apply()).toMatchObject({ code: 0 });
  expect(await second.apply()).toMatchObject({ code: 1, text: expect.stringContaining("you already own it") });
});

test("of two stacks that want one name at the same time, one gets it", async () => {
  const both = [await workspace(one("wanted")), await workspace(one("wanted"))];
  const codes = (await Promise.all(both.map((each) => each.apply()))).map(({ code }) => code);
  expect(codes.sort()).toEqual([0, 1]);
});

test("one name twice in a stack is refused", async () => {
  const data = { name: "twice", location: "EU" };
  const twice = await workspace({ ...one("twice"), resource: { google_storage_bucket: { a: data, b: data } } });
  expect(await twice.apply()).toMatchObject({ code: 1, text: expect.stringContaining("you already own it") });
  expect(await twice.apply()).toMatchObject({ code: 1, text: expect.stringContaining("you already own it") });
});
