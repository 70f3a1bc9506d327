import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { applyCommand } from "../../tools/cli/commands/apply";
import { planCommand } from "../../tools/cli/commands/plan";
import { planSetDigest, readPlanSet } from "../../tools/delivery/plan-set";
import { dataStack, HandmadeProject } from "./support/handmade-project";

const secret = "hunter2-Canary";

/** A stack whose apply fails while a file is not there, and tells a secret then. */
const fragile = {
  dependencies: ["dev-base"],
  config: {
    variable: { token: { sensitive: true, default: secret } },
    resource: {
      terraform_data: {
        Thing: {
          input: "${var.token}",
          provisioner: [{ "local-exec": { command: `test -e ../../../mended || { echo ${secret}; exit 1; }` } }],
        },
      },
    },
  },
};
const project = new HandmadeProject({
  "dev-base": dataStack("a"),
  "dev-fragile": fragile,
  "dev-none": { config: {} },
  "dev-other": dataStack("d", ["dev-base"]),
  "dev-top": dataStack("b", ["dev-fragile"]),
});
afterAll(() => project.remove());

const plans = join(project.folder, "plans");
const apply = (...args: string[]) => project.run(applyCommand(), ...args);
const digest = () => planSetDigest(readPlanSet(plans));
const approved = () => ["--digest", digest(), "--auto-approve"];
const state = (stack: string) => join(project.folder, "states", `${stack}.tfstate`);

/** Changes a file of the project for the time of a work. */
async function altered(file: string, content: string, work: () => Promise<void>): Promise<void> {
  const path = join(project.folder, file);
  const before = existsSync(path) ? readFileSync(path) : undefined;
  project.write(file, content);
  try {
    await work();
  } finally {
    if (before === undefined) {
      rmSync(path);
    } else {
      writeFileSync(path, before);
    }
  }
}

beforeAll(async () => {
  expect(await project.run(planCommand())).toMatchObject({ code: 2 });
});

describe("nothing is applied", () => {
  afterEach(() => {
    const names = readPlanSet(plans).stacks.map(({ name }) => name);
    expect(names.filter((name) => existsSync(state(name)))).toEqual([]);
  });

  test("for a digest that is none, and without a yes", async () => {
    expect(await apply("--digest", "abc")).toEqual({
      code: 1,
      output: "--digest must be the 64 hexadecimal digits that 'mlp review' shows, got 'abc'\n",
    });
    expect(await apply("--digest", digest())).toEqual({
      code: 1,
      output: "there is no terminal to ask on: add --auto-approve\n",
    });
  });

  test("for the digest of other plans", async () => {
    const other = "0".repeat(64);
    expect(await apply("--digest", other)).toEqual({
      code: 1,
      output: `nothing was applied:\n- the plans in plans have the digest ${digest()}, and ${other} was approved: review these ('mlp review plans'), or name the folder whose review was approved\n`,
    });
  });

  test("where a file of the plans is another one, or none", async () => {
    const file = join(plans, "dev-top", "plan.tfplan");
    const before = readFileSync(file);
    appendFileSync(file, " ");
    const changed = await apply(...approved());
    rmSync(file);
    const missing = await apply(...approved());
    writeFileSync(file, before);
    const sha = readPlanSet(plans).stacks.at(-1)!.planSha256!;
    const says = (found: string) =>
      `nothing was applied:\n- plans/dev-top/plan.tfplan is not the file that was approved: its SHA-256 is ${found}, approved was ${sha}; fetch the plans again, or plan again and have that reviewed\n`;
    expect(changed.output.replace(/is [0-9a-f]{64},/, "is another,")).toBe(says("another"));
    expect(missing).toEqual({ code: 1, output: says("that of no file") });
    await altered("plans/dev-top/.terraform.lock.hcl", "", async () => {
      expect((await apply(...approved())).output).toContain(
        "plans/dev-top/.terraform.lock.hcl is not the file that was approved",
      );
    });
  });

  test("where the plans are of another environment", async () => {
    process.env["MLP_ENVIRONMENT"] = "dev";
    const set = readPlanSet(plans);
    const prod = { ...set, environment: "prod" };
    await altered("plans/plans.json", JSON.stringify(prod), async () => {
      expect(await apply(...approved())).toEqual({
        code: 1,
        output:
          "nothing was applied:\n- the plans are of environment 'prod', and this is 'dev': name the folder of its plans\n",
      });
    });
  });

  test("with another Terraform than planned", async () => {
    const set = readPlanSet(plans);
    const here = set.terraform.version;
    const older = { ...set, terraform: { command: "terraform", version: "1.9.0" } };
    await altered("plans/plans.json", JSON.stringify(older), async () => {
      expect(await apply(...approved())).toEqual({
        code: 1,
        output: `nothing was applied:\n- the plans were made by terraform 1.9.0, and this is terraform ${here}: install 1.9.0, or plan again and have that reviewed\n`,
      });
    });
  });

  test("where the project's lock file of providers has changed", async () => {
    await altered(".terraform.lock.hcl", "# new", async () => {
      const { output } = await apply(...approved(), "--allow-uncommitted");
      expect(output).toContain(
        "- the plans were made without a .terraform.lock.hcl of the project, which has one now: plan again and have that reviewed\n",
      );
    });
  });

  test.each([
    ["a".repeat(64), "# new", "with another .terraform.lock.hcl than the project has now"],
    ["a".repeat(64), undefined, "with the project's .terraform.lock.hcl, which is gone"],
  ])("of plans with lock file %s where there is %s now", async (lockSha256, content, difference) => {
    const changed = JSON.stringify({ ...readPlanSet(plans), lockSha256 });
    const work = async () => {
      const { output } = await apply(...approved(), "--allow-uncommitted");
      expect(output).toContain(`- the plans were made ${difference}: plan again and have that reviewed\n`);
    };
    await altered("plans/plans.json", changed, () =>
      content === undefined ? work() : altered(".terraform.lock.hcl", content, work),
    );
  });

  test("of a plan that failed", async () => {
    const set = readPlanSet(plans);
    const stacks = set.stacks.map((stack) => (stack.name === "dev-none" ? { ...stack, status: "failed" } : stack));
    await altered("plans/plans.json", JSON.stringify({ ...set, stacks }), async () => {
      expect(await apply(...approved())).toEqual({
        code: 1,
        output:
          "nothing was applied:\n- the plan of dev-none failed: mend what 'mlp plan dev-none' says, then plan all again and have that reviewed\n",
      });
    });
  });

  test("where files have changed, or another commit is checked out", async () => {
    await altered("teams/new.yaml", "", async () => {
      expect(await apply(...approved())).toEqual({
        code: 1,
        output:
          "nothing was applied:\n- files have changed since the commit that was planned: commit or undo what 'git status' shows; where that does not matter, add --allow-uncommitted\n",
      });
    });
    const planned = project.git("rev-parse", "HEAD");
    const next = project.commit();
    expect(await apply(...approved(), "--allow-uncommitted")).toEqual({
      code: 1,
      output: `nothing was applied:\n- the plans were made of commit ${planned}, and ${next} is checked out: check that commit out, or plan again and have that reviewed\n`,
    });
    project.git("reset", "--quiet", "--hard", planned);
  });

  test("of files that no commit holds", async () => {
    const set = { ...readPlanSet(plans), clean: false };
    await altered("plans/plans.json", JSON.stringify(set), async () => {
      expect(await apply(...approved())).toEqual({
        code: 1,
        output:
          "nothing was applied:\n- the plans were made with changes that no commit holds: commit them, plan again and have that reviewed; where nobody else is to know them, add --allow-uncommitted\n",
      });
    });
  });
});

describe("applied", () => {
  test("a stack that fails keeps those that depend on it from being applied, and no others", async () => {
    const { code, output } = await apply(...approved());
    expect(code).toBe(1);
    expect(output).not.toContain(secret);
    expect(output).toContain("Output: (sensitive value)");
    const lines = output.split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        "applied     dev-base  1 added, 0 changed, 0 destroyed",
        "failed      dev-fragile",
        "no changes  dev-none",
        "applied     dev-other  1 added, 0 changed, 0 destroyed",
        "left out    dev-top  depends on dev-fragile",
        "  What was done before that stays, and is in the state: plan again, and have that reviewed",
      ]),
    );
    expect(output).toContain("Error running command 'test -e ../../../mended || { echo (sensitive value);");
    expect(lines.at(-2)).toBe("2 applied, 1 without changes, 1 failed, 1 left out");
    expect(lines.indexOf("applied     dev-base  1 added, 0 changed, 0 destroyed")).toBeLessThan(
      lines.indexOf("applied     dev-other  1 added, 0 changed, 0 destroyed"),
    );
    expect([existsSync(state("dev-other")), existsSync(state("dev-top"))]).toEqual([true, false]);
  });

  test("a second run passes over what was applied, and says that a plan used in part is stale", async () => {
    const { code, output } = await apply(...approved());
    expect(code).toBe(1);
    expect(output.split("\n").sort()).toEqual([
      "",
      "  its state has moved on since it was planned: another apply ran, or this one was cut off before. Plan again, and have that reviewed",
      "0 applied now, 2 before, 1 without changes, 1 failed, 1 left out",
      "applied     dev-base  before",
      "applied     dev-other  before",
      "failed      dev-fragile",
      "left out    dev-top  depends on dev-fragile",
      "no changes  dev-none",
    ]);
  });

  test("planned again once it is mended, the rest is applied, and then nothing is left to do", async () => {
    project.write("mended", "");
    expect(await project.run(planCommand())).toMatchObject({ code: 2 });
    expect(await apply(...approved(), "--allow-uncommitted")).toMatchObject({ code: 0 });
    expect(await project.run(planCommand())).toMatchObject({
      code: 0,
      output: expect.stringContaining("5 stacks planned into plans: 0 with changes, 5 without, 0 failed"),
    });
    expect(await apply(...approved(), "--allow-uncommitted")).toMatchObject({
      code: 0,
      output: expect.stringContaining("0 applied, 5 without changes, 0 failed, 0 left out"),
    });
  });
});
