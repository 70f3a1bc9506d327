import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Checkout } from "../support/checkout";

const checkout = new Checkout();
afterAll(() => checkout.remove());

/** A PATH with node and a shell, and without Terraform. */
function pathWithoutTerraform(): string {
  const folder = join(checkout.folder, "bin-without-terraform");
  if (!existsSync(folder)) {
    mkdirSync(folder);
    symlinkSync(process.execPath, join(folder, "node"));
    symlinkSync("/bin/sh", join(folder, "sh"));
  }
  return folder;
}

const noTerraform =
  "neither Terraform nor OpenTofu was found: install one (https://developer.hashicorp.com/terraform/install or https://opentofu.org/docs/intro/install) and put it on the PATH";

test.each([
  ["an unknown command", "sandbox fly", "error: unknown command 'fly'\n"],
  ["an unknown option", "sandbox up --bogus", "error: unknown option '--bogus'\n"],
  [
    "a delay that is no number",
    "sandbox up --iam-delay soon",
    "error: option '--iam-delay <seconds>' argument 'soon' is invalid. It must be a number of seconds, such as 5.\n",
  ],
  ["a missing argument", "explain", "error: missing required argument 'path'\n"],
  [
    "an unknown environment",
    "explain environment.region -e prdo",
    "environment 'prdo' does not exist: use one of dev, prod, sandbox (did you mean 'prod'?)\n",
  ],
  [
    "an unknown environment to validate",
    "validate -e stage",
    "environment 'stage' does not exist: use one of dev, prod, sandbox\n",
  ],
  [
    "an unknown environment to plan",
    "plan -e prdo",
    "environment 'prdo' does not exist: use one of dev, prod, sandbox (did you mean 'prod'?)\n",
  ],
  [
    "an unknown setting",
    "explain environment.regio",
    "'environment.regio' is not known: did you mean 'environment.region'?\n",
  ],
  [
    "a resource that is not deployed",
    "sandbox show google_storage_bucket.Nope",
    "'google_storage_bucket.Nope' is not deployed: 'mlp sandbox show' lists what is\n",
  ],
  [
    "an assignment without a value",
    "sandbox set google_storage_bucket.Nope labels",
    "'labels' must be KEY=VALUE, such as message_retention_duration=86400s\n",
  ],
  [
    "a model that no team has",
    "rollout status propensty",
    "environment 'sandbox' has no model 'propensty': it has churn/propensity, did you mean 'propensity'?\n",
  ],
  [
    "a model of a team that does not have it",
    "rollout history propensity --team retention",
    "environment 'sandbox' has no model 'retention/propensity': it has churn/propensity\n",
  ],
  [
    "a rollout in a sandbox that does not run",
    "rollout start churn/propensity",
    "the sandbox does not run: start it with 'mlp sandbox up' in another terminal\n",
  ],
  [
    "a rollback without a reason",
    "rollout rollback propensity",
    "error: required option '--reason <text>' not specified\n",
  ],
  [
    "a history of nothing",
    "rollout history propensity --limit 0",
    "error: option '--limit <number>' argument '0' is invalid. It must be a number from 1 to 10000.\n",
  ],
  [
    "errors that are no share",
    "sandbox traffic propensity --errors challenger=2",
    "error: option '--errors <who=percent>' argument 'challenger=2' is invalid. It must be WHO=PERCENT%, such as challenger=2% or '*=0.5%'.\n",
  ],
  [
    "a metric without a number",
    "sandbox train propensity --metric auRoc",
    "error: option '--metric <name=value>' argument 'auRoc' is invalid. It must be NAME=VALUE, such as auRoc=0.7.\n",
  ],
  [
    "a training that would be pretended elsewhere",
    "sandbox train propensity --environment dev",
    "trainings are pretended in the sandbox alone, got the environment 'dev'\n",
  ],
  [
    "a clock that stands",
    "sandbox up --pace 0",
    "error: option '--pace <seconds>' argument '0' is invalid. It must be a number of seconds, more than 0 and at most 100000, such as 60.\n",
  ],
  [
    "a command that does not exist",
    "sandbox exec -- no-such-command",
    "'no-such-command' was not found: install it or put it on the PATH\n",
  ],
])("%s is one clear line and exit 1", async (_, args, output) => {
  expect(await checkout.mlp(args)).toEqual({ code: 1, output });
});

test.each(["sandbox up --exit", "sandbox plan", "sandbox down", "validate"])(
  "'mlp %s' without Terraform says how to get it",
  async (args) => {
    expect(await checkout.mlp(args, { PATH: pathWithoutTerraform() })).toEqual({ code: 1, output: `${noTerraform}\n` });
  },
);

test("doctor says what is there and what is missing, and exits 1 when something is", async () => {
  const healthy = await checkout.mlp("doctor");
  expect(healthy.output).toMatch(
    /^ok {6}Node \d+\.\d+\.\d+\nok {6}(Terraform|OpenTofu) \d+\.\d+\.\d+\nok {6}\d+ MB of disk free\n$/,
  );
  expect(healthy.code).toBe(0);

  const ill = await checkout.mlp("doctor", { PATH: pathWithoutTerraform() });
  expect(ill.output).toContain(`missing ${noTerraform}\n`);
  expect(ill.code).toBe(1);
});

test("a Terraform that TERRAFORM_BINARY_NAME names wrongly is said so", async () => {
  expect(await checkout.mlp("sandbox plan", { TERRAFORM_BINARY_NAME: "true" })).toEqual({
    code: 1,
    output:
      "'true' (TERRAFORM_BINARY_NAME) is not Terraform or OpenTofu: name an installed one, or unset the variable\n",
  });
});

test("validate says once that the provider cannot be had, and calls no stack invalid for it", async () => {
  mkdirSync(join(checkout.folder, "no-providers"));
  const settings = join(checkout.folder, "no-providers.tfrc");
  writeFileSync(settings, `provider_installation { filesystem_mirror { path = "${checkout.folder}/no-providers" } }\n`);
  const { code, output } = await checkout.mlp("validate", { TF_CLI_CONFIG_FILE: settings });
  expect(code).toBe(1);
  expect(output).toMatch(/\nnothing was validated: Terraform could not get the provider\n$/);
  // Terraform says it in the first of the stacks, which has one provider.
  expect(output.match(/Failed to query/g)).toHaveLength(1);
  expect(output).not.toContain("invalid");
});

test("outside of a project mlp says where it looked", async () => {
  const ended = await checkout.run(`cd / && node ${checkout.folder}/tools/cli/mlp.js explain environment.region`);
  expect(ended).toEqual({ code: 1, output: "no cdktf.json in / or above: run mlp inside of the project\n" });
});

test("every command explains itself", async () => {
  for (const command of ["", "sandbox", "sandbox up", "sandbox exec", "explain", "validate", "doctor", "schemas"]) {
    const ended = await checkout.mlp(`${command} --help`);
    expect(ended.code).toBe(0);
    expect(ended.output).toMatch(new RegExp(`^Usage: mlp ${command}`));
  }
});

test("a broken team gives all its problems with their places, and nothing is synthesised", async () => {
  const file = join(checkout.folder, "teams/churn/team.yaml");
  const good = readFileSync(file, "utf8");
  const broken = good
    .replace("maxReplicaCount: 1", "maxReplicaCount: 0")
    .replace("revision: v1", "revison: v1")
    .replace("churn-oncall@acme.example", "churn-oncall");
  writeFileSync(file, broken);
  try {
    const { code, output } = await checkout.run("node --require ts-node/register main.ts");
    expect(code).toBe(1);
    expect(
      output
        .trim()
        .split("\n")
        .map((line) => line.replace(/: .*/, "")),
    ).toEqual([
      "teams/churn/team.yaml:4:15 contactEmail",
      "teams/churn/team.yaml:50:24 serving.models.propensity.maxReplicaCount",
      "teams/churn/team.yaml:94:5 serving.services.heuristic.revision",
      "teams/churn/team.yaml:96:7 serving.services.heuristic.revison",
    ]);
    expect(existsSync(join(checkout.folder, "cdktf.out"))).toBe(false);
    expect(await checkout.mlp("sandbox up --exit")).toEqual({ code: 1, output });
  } finally {
    writeFileSync(file, good);
  }
});

test("a second sandbox on the same state is refused, and other commands use the first", async () => {
  const first = spawn(process.execPath, ["tools/cli/mlp.js", "sandbox", "exec", "--", "sleep", "60"], {
    cwd: checkout.folder,
    stdio: "ignore",
  });
  try {
    while (!existsSync(join(checkout.folder, ".sandbox", "lock"))) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const second = await checkout.mlp("sandbox up --exit");
    expect(second.code).toBe(1);
    expect(second.output.trim().split("\n")).toHaveLength(1);
    expect(second.output).toContain(`${first.pid}`);
    expect(await checkout.mlp("sandbox exec -- printenv MLP_ENVIRONMENT")).toEqual({ code: 0, output: "sandbox\n" });
    expect(await checkout.mlp("sandbox exec --iam-delay 5 -- true")).toEqual({
      code: 1,
      output: "a sandbox runs already, with a delay of its own: end it, or leave --iam-delay out\n",
    });
  } finally {
    first.kill("SIGTERM");
    await new Promise((resolve) => first.on("close", resolve));
  }
  expect(existsSync(join(checkout.folder, ".sandbox", "lock"))).toBe(false);
});

test("a file in the place of the sandbox's folder is one clear line", async () => {
  const folder = join(checkout.folder, ".sandbox");
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(folder, "");
  try {
    expect(await checkout.mlp("sandbox plan")).toEqual({
      code: 1,
      output: `cannot write ${folder}: that is a file, not a folder: move it away\n`,
    });
  } finally {
    rmSync(folder);
  }
});

test("exec passes on the exit code, takes Google's credentials away and points Terraform at the sandbox", async () => {
  expect(await checkout.mlp("sandbox exec -- sh -c 'exit 7'")).toEqual({ code: 7, output: "" });
  const { output } = await checkout.mlp("sandbox exec -- env", { GOOGLE_APPLICATION_CREDENTIALS: "/secret.json" });
  expect(output).not.toContain("secret.json");
  expect(output).toMatch(/^TF_REATTACH_PROVIDERS=.*hashicorp\/google-beta/m);
});
