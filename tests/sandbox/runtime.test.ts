import type { Execution } from "../../tools/sandbox/apis/executions";
import { SmallSandbox } from "../cli/support/small-sandbox";
import { location, workflow } from "./executions/support/cloud-run";

const topic = "projects/acme/topics/incidents";
const executions = "https://workflowexecutions.googleapis.com/v1";
const echo = "main:\n  params: [args]\n  steps:\n    - done:\n        return: ${args}\n";
const nap = "main:\n  steps:\n    - sleep:\n        call: sys.sleep\n        args: { seconds: 10000000 }\n";

const made = [
  workflow("echo", echo),
  workflow("nap", nap),
  { type: "google_project_service", id: "acme/pubsub.googleapis.com", values: { project: "acme" } },
  { type: "google_pubsub_topic", id: topic, values: {} },
  {
    type: "google_eventarc_trigger",
    id: `${location}/triggers/incidents`,
    values: {
      matching_criteria: [{ attribute: "type", value: "google.cloud.pubsub.topic.v1.messagePublished" }],
      transport: [{ pubsub: [{ topic }] }],
      destination: [{ workflow: `${location}/workflows/echo` }],
    },
  },
  {
    type: "google_cloud_scheduler_job",
    id: `${location}/jobs/hourly`,
    values: {
      schedule: "0 * * * *",
      time_zone: "Etc/UTC",
      paused: false,
      http_target: [
        {
          http_method: "POST",
          uri: `${executions}/${location}/workflows/echo/executions`,
          body: Buffer.from(JSON.stringify({ argument: '{"by":"schedule"}' })).toString("base64"),
        },
      ],
    },
  },
];

let sandbox: SmallSandbox;
beforeEach(async () => {
  sandbox = await SmallSandbox.open({}, made);
});
afterEach(() => sandbox.close());

const here = location.replace("acme", "acme-ml");

async function call(method: string, url: string, body?: object): Promise<object> {
  const { host, pathname, search } = new URL(url);
  const answer = await fetch(`${sandbox.url}/${host}${pathname}${search}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as object;
}

const start = async (name: string) =>
  (await call("POST", `${executions}/${here}/workflows/${name}/executions`, { argument: "{}" })) as Execution;

/** Waits for an execution of `echo` with a text in its argument. */
async function echoOf(text: string): Promise<Execution> {
  for (;;) {
    const found = sandbox.runtime.engine.list().find(({ argument }) => argument?.includes(text));
    if (found) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The sandbox ends, and another begins in its place. */
async function restart(): Promise<void> {
  await sandbox.close();
  sandbox = await SmallSandbox.openAt(sandbox.root);
}

test("a message of a topic starts what its trigger names", async () => {
  const data = Buffer.from("fire").toString("base64");
  const url = "https://pubsub.googleapis.com/v1/projects/acme-ml/topics/incidents:publish";
  await call("POST", url, { messages: [{ data }] });
  expect((await echoOf(data)).name).toContain(`${here}/workflows/echo/executions/`);
});

test("a schedule starts its workflow when its time has come on the sandbox's clock", async () => {
  const before = sandbox.runtime.clock.now();
  const { startTime } = await echoOf('"by":"schedule"');
  expect(new Date(startTime).getUTCMinutes()).toBe(0);
  expect(Date.parse(startTime)).toBeGreaterThan(before);
});

test("what a schedule cannot do is told, and time goes on", async () => {
  const { cloud } = sandbox.runtime.apis.context;
  const [job] = cloud.list("google_cloud_scheduler_job");
  cloud.put({ ...job!, values: { ...job!.values, http_target: [], app_engine_http_target: [{}] } });
  let left: Record<string, string> = {};
  while (Object.keys(left).length === 0) {
    left = ((await call("GET", "https://sandbox/v1/leftAlone")) as { resources: Record<string, string> }).resources;
  }
  expect(Object.keys(left)).toEqual([job!.id]);
  const before = sandbox.runtime.clock.now();
  await sandbox.runtime.clock.sleep(60_000);
  expect(sandbox.runtime.clock.now()).toBeGreaterThan(before);
});

test("time, executions and traffic outlive the process; what ran has failed", async () => {
  const { name } = await start("nap");
  const endpoint = `${here}/endpoints/123456789`;
  sandbox.runtime.apis.traffic.set(endpoint, { rps: 3 });
  const before = sandbox.runtime.clock.now();
  await restart();

  expect(sandbox.runtime.clock.now()).toBeGreaterThanOrEqual(before);
  expect(await call("GET", `${executions}/${name}`)).toMatchObject({
    state: "FAILED",
    error: { context: "the sandbox ended while the execution was active; start the workflow again" },
  });
  expect(sandbox.runtime.apis.traffic.get(endpoint)).toMatchObject({ rps: 3 });
});

test("to forget is to lose all but the time, also for who comes next", async () => {
  await start("nap");
  sandbox.runtime.apis.faults.add({ path: "*", nth: 100, fault: { kind: "lose-response" } });
  sandbox.runtime.leftAlone.add("x", "y");
  const before = sandbox.runtime.clock.now();
  await call("POST", "https://sandbox/v1/forget");

  expect(await call("GET", `${executions}/${here}/workflows/nap/executions`)).toEqual({});
  expect(await call("GET", "https://sandbox/v1/faults")).toMatchObject({ faults: [] });
  expect(await call("GET", "https://sandbox/v1/leftAlone")).toEqual({ resources: {} });
  await restart();
  expect(await call("GET", `${executions}/${here}/workflows/nap/executions`)).toEqual({});
  expect(sandbox.runtime.clock.now()).toBeGreaterThanOrEqual(before);
});
