import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";

import { Sandbox } from "../../tools/sandbox/sandbox";
import { type Kill, KillLane, type Moment } from "./support/kill-lane";
import type { Config, Outcome, Workspace } from "./support/workspace";

/** Kills at every call in both ways; otherwise calls that change nothing are killed in one of them, by turns. */
const thorough = process.env["EVERY_KILL"] !== undefined;

jest.setTimeout(thorough ? 3_600_000 : 1_200_000);

const topicName = "${google_pubsub_topic.events.name}";
const bucketName = "${google_storage_bucket.data.name}";

/** A small stack of mixed kinds; the second version updates some in place and replaces one. */
function stack(version: 1 | 2): Config {
  const label = { version: String(version) };
  return {
    terraform: { required_providers: { google: { source: "hashicorp/google" } } },
    provider: { google: { project: "acme-ml", region: "europe-west4" } },
    resource: {
      google_kms_key_ring: { ring: { name: "ml", location: "europe-west4" } },
      google_kms_crypto_key: { key: { name: "data", key_ring: "${google_kms_key_ring.ring.id}", labels: label } },
      google_service_account: { job: { account_id: "job-runner", display_name: `version ${version}` } },
      google_pubsub_topic: { events: { name: `events-${version}` } },
      google_pubsub_subscription: { sink: { name: "sink", topic: topicName, labels: label } },
      google_pubsub_topic_iam_member: {
        job: { topic: topicName, role: "roles/pubsub.publisher", member: "${google_service_account.job.member}" },
      },
      google_storage_bucket: { data: { name: "acme-ml-data", location: "EU", labels: label } },
      google_storage_bucket_object: { file: { bucket: bucketName, name: "a.txt", content: `version ${version}` } },
    },
  };
}

const types = Object.keys(stack(1).resource!);

/** The system may take a moment to release the lock of a process that was killed. */
const unattended = ["-auto-approve", "-input=false", "-lock-timeout=10s"];
const apply = (workspace: Workspace) => workspace.terraform("apply", ...unattended);
const destroy = (workspace: Workspace) => workspace.terraform("destroy", ...unattended);
const plan = (workspace: Workspace) => workspace.plan();

async function succeed(lane: KillLane, work: (workspace: Workspace) => Promise<Outcome>): Promise<void> {
  const outcome = await lane.run(work);
  expect(outcome).toEqual({ ...outcome, code: 0 });
}

async function newLane(): Promise<KillLane> {
  const lane = new KillLane(types, (cloud) => {
    for (const service of ["cloudkms", "pubsub"].map((name) => `${name}.googleapis.com`)) {
      const id = `acme-ml/${service}`;
      cloud.put({ type: "google_project_service", id, values: { id, project: "acme-ml", service } });
    }
  });
  lane.write(stack(1));
  await succeed(lane, (workspace) => workspace.init());
  lane.save("nothing");
  return lane;
}

/** Two stacks that are broken side by side: one Terraform leaves half of the machine idle. */
let lanes: KillLane[];

beforeAll(async () => {
  lanes = await Promise.all([newLane(), newLane()]);
});

afterAll(async () => {
  await Promise.all(lanes.map((lane) => lane.remove()));
});

const phases = [
  { name: "create", version: 1, work: apply, before: undefined },
  { name: "update", version: 2, work: apply, before: apply },
  { name: "destroy", version: 1, work: destroy, before: apply },
] as const;

test.each(phases)(
  "killed at any call of a run that is to $name, the next run ends where it would have",
  async (phase) => {
    await Promise.all(
      lanes.map(async (lane) => {
        await lane.restore("nothing");
        if (phase.before) {
          lane.write(stack(1));
          await succeed(lane, phase.before);
        }
        lane.write(stack(phase.version));
        lane.save(phase.name);
      }),
    );

    const [first] = lanes;
    const start = first!.cloud();
    await succeed(first!, phase.work);
    const { calls } = first!;
    const goal = first!.cloud();
    const changes = calls.filter((method) => method === "ApplyResourceChange").length;
    await first!.restore(phase.name);

    const moments = [...atEveryCall(calls.length), ...atEveryChange(changes)];
    const queue = [...moments];
    const emptied = lanes.map((lane) => lane.statesEmptied).reduce((a, b) => a + b);
    await Promise.all(
      lanes.map(async (lane) => {
        for (let moment = queue.shift(); moment; moment = queue.shift()) {
          const { code, text } = await lane.run(phase.work, moment);
          const where = `${moment.kill} at call ${moment.call} of ${moment.of}:\n${text}`;
          expect([where, code]).not.toEqual([where, 0]);
          if (lane.cloud().join() === start.join() && !lane.hasChangedState(phase.name)) {
            continue;
          }
          lane.mend();
          const again = await lane.run(phase.work);
          expect([where, again.code, again.text]).toEqual([where, 0, again.text]);
          expect([where, lane.cloud()]).toEqual([where, goal]);
          expect([where, lane.state()]).toEqual([where, lane.managed()]);
          await lane.restore(phase.name);
        }
        await succeed(lane, phase.work);
        expect(lane.cloud()).toEqual(goal);
        if (phase.work === apply) {
          await succeed(lane, plan);
        }
      }),
    );
    console.log(
      `${phase.name}: ${calls.length} calls, ${changes} of them changes; killed ${moments.length} times, ` +
        `${lanes.map((lane) => lane.statesEmptied).reduce((a, b) => a + b) - emptied} state files left empty`,
    );
  },
);

/** Serves a folder, and kills itself after the third change is made and before it is answered. */
const doomed = `
  require("ts-node/register");
  const { Sandbox } = require(${JSON.stringify(join(__dirname, "../../tools/sandbox/sandbox"))});
  let changes = 0;
  const intercept = (method, answer) => {
    const made = answer();
    if (method === "ApplyResourceChange" && ++changes === 3) process.kill(process.pid, "SIGKILL");
    return made;
  };
  Sandbox.start({ root: process.argv[1], intercept }).then(() => console.log("ready"));`;

test("a sandbox process that is killed for good is replaced, and what it made is found", async () => {
  const [lane] = lanes;
  await lane!.restore("nothing");
  lane!.write(stack(1));
  const child = spawn(process.execPath, ["-e", doomed, lane!.root], { cwd: join(__dirname, "../.."), stdio: "pipe" });
  const end = once(child, "exit");
  await once(child.stdout, "data");
  const other = await Sandbox.attach(lane!.root);
  expect(await lane!.runAgainst(other!, apply)).toMatchObject({ code: 1 });
  expect(await end).toEqual([null, "SIGKILL"]);
  await other!.close();

  await succeed(lane!, apply);
  expect(lane!.state()).toEqual(lane!.managed());
  expect(lane!.state()).toHaveLength(types.length);
  await succeed(lane!, plan);
});

test("a state that was cut in half is refused, and its backup completes to what was there", async () => {
  const [lane] = lanes;
  await lane!.restore("nothing");
  lane!.write(stack(1));
  await succeed(lane!, apply);
  lane!.write(stack(2));
  await succeed(lane!, apply);
  const goal = lane!.cloud();
  const state = join(lane!.workspace.folder, "terraform.tfstate");
  truncateSync(state, Math.floor(statSync(state).size / 2));

  lane!.mend();
  expect(await lane!.run(apply)).toMatchObject({
    code: 1,
    text: expect.stringContaining("could not be parsed as JSON"),
  });
  copyFileSync(`${state}.backup`, state);
  await succeed(lane!, apply);
  expect(lane!.cloud()).toEqual(goal);
  expect(lane!.state()).toEqual(lane!.managed());
});

function atEveryCall(count: number): Moment[] {
  const ways: Kill[] = ["sandbox before the change", "terraform"];
  return Array.from({ length: count }, (_, index) => index + 1).flatMap((call) =>
    (thorough ? ways : [ways[call % 2]!]).map((kill): Moment => ({ call, of: "all", kill })),
  );
}

function atEveryChange(count: number): Moment[] {
  const ways: Kill[] = ["sandbox before the change", "sandbox after the change", "terraform"];
  return Array.from({ length: count }, (_, index) => index + 1).flatMap((call) =>
    ways.map((kill): Moment => ({ call, of: "changes", kill })),
  );
}
