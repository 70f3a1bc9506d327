import type { CloudResource } from "../../../tools/sandbox/cloud";
import { LeftAlone } from "../../../tools/sandbox/triggers/left-alone";
import { everyMinute } from "../../../tools/sandbox/triggers/minutes";
import { Schedules } from "../../../tools/sandbox/triggers/schedules";
import { CloudRun, location, workflow } from "../executions/support/cloud-run";

const id = `${location}/jobs/nightly`;
const execution = { argument: '{"actor":"schedule"}' };

function job(values: CloudResource["values"] = {}): CloudResource {
  return {
    type: "google_cloud_scheduler_job",
    id,
    values: {
      schedule: "30 3 * * *",
      time_zone: "Europe/Amsterdam",
      paused: false,
      http_target: [
        {
          http_method: "POST",
          uri: `https://workflowexecutions.googleapis.com/v1/${location}/workflows/idle/executions`,
          body: Buffer.from(JSON.stringify(execution)).toString("base64"),
        },
      ],
      ...values,
    },
  };
}

const idle = workflow("idle", "main:\n  params: [args]\n  steps:\n    - done:\n        return: ${args.actor}\n");

/** Lets hours pass, and tells when the workflow was started. */
async function runFor(hours: number, made: CloudResource) {
  const run = new CloudRun([idle, made]);
  const leftAlone = new LeftAlone();
  const schedules = new Schedules(run.cloud, run.apis, leftAlone);
  const stop = everyMinute(run.clock, (now) => void schedules.run(now));
  await run.clock.sleep(hours * 3_600_000);
  stop();
  const executions = run.engine.list().reverse();
  return {
    starts: executions.map(({ startTime }) => startTime),
    results: executions.map(({ result }) => result),
    leftAlone,
  };
}

test("a job starts its workflow in the minutes of its schedule, in its time zone", async () => {
  const { starts, results } = await runFor(48, job());
  expect(starts).toEqual(["2026-01-05T02:30:00.000000Z", "2026-01-06T02:30:00.000000Z"]);
  expect(results).toEqual(['"schedule"', '"schedule"']);
});

test("a paused job starts nothing", async () => {
  expect((await runFor(48, job({ paused: true }))).starts).toEqual([]);
});

test.each([
  [
    { schedule: "every 12 hours" },
    "its schedule 'every 12 hours' (Europe/Amsterdam) is not five cron fields in a known time zone",
  ],
  [
    { time_zone: "Europe/Atlantis" },
    "its schedule '30 3 * * *' (Europe/Atlantis) is not five cron fields in a known time zone",
  ],
  [{ http_target: [{ uri: "https://example.com/hook" }] }, "it has no target at an API of Google"],
])("what cannot be carried out is left alone, and said: %j", async (values, reason) => {
  const { starts, leftAlone } = await runFor(24, job(values));
  expect(starts).toEqual([]);
  expect(leftAlone.all).toEqual([[id, reason]]);
});
