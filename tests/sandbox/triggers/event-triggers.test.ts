import { EventTriggers } from "../../../tools/sandbox/triggers/event-triggers";
import { LeftAlone } from "../../../tools/sandbox/triggers/left-alone";
import { CloudRun, location, workflow } from "../executions/support/cloud-run";

const topic = "projects/acme/topics/incidents";
const echo = workflow("watchdog", "main:\n  params: [event]\n  steps:\n    - done:\n        return: ${event}\n");
const trigger = (destination: object) => ({
  type: "google_eventarc_trigger",
  id: `${location}/triggers/incidents`,
  values: {
    matching_criteria: [{ attribute: "type", value: "google.cloud.pubsub.topic.v1.messagePublished" }],
    transport: [{ pubsub: [{ topic }] }],
    destination: [{ ...destination }],
  },
});

async function publish(destination: object) {
  const made = [
    echo,
    trigger(destination),
    { type: "google_pubsub_topic", id: topic, values: {} },
    { type: "google_pubsub_topic", id: "projects/acme/topics/others", values: {} },
  ];
  const run = new CloudRun(made);
  const leftAlone = new LeftAlone();
  const triggers = new EventTriggers(run.cloud, run.engine, leftAlone);
  run.apis.pubsub.onMessage((name, message) => triggers.deliver(name, message));
  for (const name of ["incidents", "others"]) {
    const url = `https://pubsub.googleapis.com/v1/projects/acme/topics/${name}:publish`;
    await run.call("POST", url, { messages: [{ data: "eyJhIjoxfQ==" }] });
  }
  await run.clock.sleep(1_000);
  return { executions: run.engine.list(), leftAlone };
}

test("a message of the topic starts the workflow, with the event that Eventarc makes of it", async () => {
  const { executions } = await publish({ workflow: `${location}/workflows/watchdog` });
  expect(executions).toHaveLength(1);
  expect(JSON.parse(executions[0]!.result!)).toEqual({
    specversion: "1.0",
    id: "1",
    source: `//pubsub.googleapis.com/${topic}`,
    type: "google.cloud.pubsub.topic.v1.messagePublished",
    datacontenttype: "application/json",
    time: "2026-01-05T00:00:00.000Z",
    data: {
      message: { data: "eyJhIjoxfQ==", messageId: "1", publishTime: "2026-01-05T00:00:00.000Z" },
      subscription: "projects/acme/subscriptions/eventarc-incidents",
    },
  });
});

test.each([
  [{ cloud_run_service: [{}] }, "its destination is not a workflow"],
  [
    { workflow: `${location}/workflows/gone` },
    `its workflow was not started: Workflow '${location}/workflows/gone' was not found`,
  ],
])("a trigger that starts nothing is left alone, and says so: %j", async (destination, reason) => {
  const { executions, leftAlone } = await publish(destination);
  expect(executions).toEqual([]);
  expect(leftAlone.all).toEqual([[`${location}/triggers/incidents`, reason]]);
});
