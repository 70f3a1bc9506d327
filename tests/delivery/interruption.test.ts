import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { applyCommand } from "../../tools/cli/commands/apply";
import { planCommand } from "../../tools/cli/commands/plan";
import { planSetDigest, readPlanSet } from "../../tools/delivery/plan-set";
import { Running } from "../support/checkout";
import { dataStack, HandmadeProject } from "./support/handmade-project";

/** A stack whose apply says that it has begun, and takes its time. */
const slow = {
  dependencies: ["dev-base"],
  config: {
    resource: {
      terraform_data: {
        Thing: { input: "b", provisioner: [{ "local-exec": { command: "touch ../../../begun; sleep 30" } }] },
      },
    },
  },
};
const project = new HandmadeProject({
  "dev-base": dataStack("a"),
  "dev-slow": slow,
  "dev-top": dataStack("c", ["dev-slow"]),
});
const temporary = mkdtempSync(join(tmpdir(), "mlp-interruption-"));
afterAll(() => {
  project.remove();
  rmSync(temporary, { recursive: true });
});

const plans = join(project.folder, "plans");
const begun = join(project.folder, "begun");

function start(...args: string[]): Running {
  const mlp = join(__dirname, "..", "..", "tools", "cli", "mlp.js");
  const env = { ...process.env, MLP_ENVIRONMENT: "dev", TMPDIR: temporary };
  return new Running(spawn(process.execPath, [mlp, ...args], { cwd: project.folder, env, detached: true }));
}

test("Ctrl-C leaves no work tree of another commit behind", async () => {
  const quick = project.read("app.js");
  project.write("app.js", `require("node:fs").writeFileSync("${begun}", ""); setTimeout(() => undefined, 30_000);`);
  project.commit();
  const running = start("affected", "--base", "HEAD");
  await running.until(() => existsSync(begun));
  expect(project.git("worktree", "list").split("\n")).toHaveLength(2);
  running.signal("SIGINT", "group");
  expect(await running.ended).toEqual({ code: 1, output: "interrupted\n" });
  expect(project.git("worktree", "list").split("\n")).toHaveLength(1);
  expect(readdirSync(temporary).filter((name) => name.startsWith("mlp-"))).toEqual([]);
  rmSync(begun);
  project.write("app.js", quick);
  project.commit();
});

test("an apply that was cut off goes on: what was done is passed over, what was under way is to be planned again", async () => {
  expect(await project.run(planCommand())).toMatchObject({ code: 2 });
  const digest = planSetDigest(readPlanSet(plans));
  const running = start("apply", "--digest", digest, "--auto-approve");
  await running.until(() => existsSync(begun));
  running.signal("SIGINT", "group");
  expect(await running.ended).toEqual({
    code: 1,
    output:
      "applied     dev-base  1 added, 0 changed, 0 destroyed\n" +
      "interrupted: what was done stays; the same command goes on, unless a stack was under way: plan that again\n",
  });
  rmSync(begun);
  expect(await project.run(applyCommand(), "--digest", digest, "--auto-approve")).toEqual({
    code: 1,
    output:
      "applied     dev-base  before\n" +
      "failed      dev-slow\n" +
      "  its state has moved on since it was planned: another apply ran, or this one was cut off before. Plan again, and have that reviewed\n" +
      "left out    dev-top  depends on dev-slow\n" +
      "0 applied now, 1 before, 0 without changes, 1 failed, 1 left out\n",
  });
});
