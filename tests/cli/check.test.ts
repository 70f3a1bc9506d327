import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { Checkout } from "../support/checkout";

const checkout = new Checkout();
const elsewhere = mkdtempSync(join(tmpdir(), "mlp-stacks-"));
afterAll(() => {
  checkout.remove();
  rmSync(elsewhere, { recursive: true, force: true });
});

/** A folder of stacks outside of any project, with the text of each stack's file. */
function folder(name: string, files: Readonly<Record<string, string>>): string {
  for (const [stack, text] of Object.entries(files)) {
    const file = join(elsewhere, name, "stacks", stack, "cdk.tf.json");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return join(elsewhere, name);
}

const job = { name: "nightly", schedule: "bogus", pubsub_target: { topic_name: "t", data: "e30=" } };
const stack = (args: unknown) => JSON.stringify({ resource: { google_cloud_scheduler_job: { Nightly: args } } });
const refused =
  'google_cloud_scheduler_job.Nightly: \'schedule\' must be a cron schedule of five fields, such as "0 3 * * 1", or words such as "every 24 hours", got "bogus" [cloudscheduler/arguments]';

test("stacks of any hand are read in every form that Terraform reads, one line a finding, and exit 1", async () => {
  const dir = folder("forms", {
    "as lists": JSON.stringify({ resource: [{ google_cloud_scheduler_job: [{ Nightly: [job] }] }] }),
    "blocks-as-lists": stack({ ...job, pubsub_target: [job.pubsub_target], "//": { metadata: { path: "x" } } }),
    "byte-order-mark": `\uFEFF${stack(job)}`,
    "no-resource": "{}",
    "nothing-made": stack({ ...job, count: "0" }),
    "odd-types": '{"resource":{"google_cloud_scheduler_job":5,"google_storage_bucket":null},"provider":7}',
    objects: stack(job),
    right: stack({ ...job, schedule: "0 3 * * 1" }),
  });
  expect(await checkout.mlp(`check ${dir}`)).toEqual({
    code: 1,
    output: `${["as lists", "blocks-as-lists", "byte-order-mark", "objects"].map((name) => `${name} ${refused}\n`).join("")}4 findings in 8 stacks\n`,
  });
});

test("a file that cannot be read is a finding of its stack", async () => {
  const dir = folder("unreadable", { broken: '{"resource":', empty: "", list: "[]", right: "{}" });
  mkdirSync(join(dir, "stacks", "folder", "cdk.tf.json"), { recursive: true });
  mkdirSync(join(dir, "stacks", "without"));
  expect(await checkout.mlp(`check ${dir}`)).toEqual({
    code: 1,
    output: [
      "broken cdk.tf.json: the file must be JSON that can be read: Unexpected end of JSON input [stack/is-readable]",
      "empty cdk.tf.json: the file must be JSON that can be read: Unexpected end of JSON input [stack/is-readable]",
      "folder cdk.tf.json: the file must be JSON that can be read: EISDIR: illegal operation on a directory, read [stack/is-readable]",
      "list cdk.tf.json: the file must be a JSON object with Terraform's blocks, got another value [stack/is-readable]",
      "4 findings in 5 stacks\n",
    ].join("\n"),
  });
});

test("stacks that keep the rules exit 0; a folder without stacks exits 1 and says what to do", async () => {
  const dir = folder("right", { right: "{}" });
  expect(await checkout.mlp(`check ${dir}`)).toEqual({ code: 0, output: "no findings in 1 stack\n" });
  expect(await checkout.mlp(`check ${dir} --format json`)).toEqual({ code: 0, output: "[]\n" });
  expect(await checkout.mlp(`check ${dir}/nowhere`)).toEqual({
    code: 1,
    output: `no stacks/<name>/cdk.tf.json in ${dir}/nowhere: run 'npx cdktf synth' first, or name the folder that it wrote\n`,
  });
});

test("findings as data", async () => {
  const dir = folder("data", { dev: stack(job) });
  const { code, output } = await checkout.run(`node tools/cli/mlp.js check ${dir} --format json 2>/dev/null`);
  expect([code, JSON.parse(output)]).toEqual([
    1,
    [
      {
        stack: "dev",
        address: "google_cloud_scheduler_job.Nightly",
        policy: "cloudscheduler/arguments",
        message: refused.slice(refused.indexOf("'"), refused.lastIndexOf(" [")),
      },
    ],
  ]);
});

test("what an environment acknowledges is accepted until its day, and told where it is wrong", async () => {
  const dir = folder("acknowledged", { "dev-churn-extra": stack(job) });
  const acknowledged = (policy: string, expires: string) =>
    `acknowledgements:\n  - policy: ${policy}\n    address: dev-churn-extra/*\n    reason: until the pilot ends\n    expires: ${expires}\n`;
  const file = join(checkout.folder, "environments", "dev.yaml");
  const before = readFileSync(file, "utf8");
  const check = (policy: string, expires: string) => {
    writeFileSync(file, `${before}\n${acknowledged(policy, expires)}`);
    return checkout.mlp(`check ${dir}`);
  };
  const finding = `dev-churn-extra ${refused}\n`;

  expect(await check("cloudscheduler/arguments", "2999-01-01")).toEqual({
    code: 0,
    output: "no findings in 1 stack\n",
  });
  expect(await check("cloudscheduler/arguments", "2020-01-01")).toEqual({
    code: 1,
    output: `${finding}dev-churn-extra *: the acknowledgement of cloudscheduler/arguments expired on 2020-01-01: mend what it is about, or give it a new date and reason [acknowledgement/expired]\n2 findings in 1 stack\n`,
  });
  expect(await check("cloudscheduler/argument", "2999-01-01")).toEqual({
    code: 1,
    output: `${finding}dev-churn-extra *: the acknowledged policy must be one of 'mlp policies', got 'cloudscheduler/argument': did you mean 'cloudscheduler/arguments'? [acknowledgement/unknown-policy]\n2 findings in 1 stack\n`,
  });
});
