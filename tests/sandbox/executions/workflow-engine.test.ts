import { MemoryStore } from "../../../tools/sandbox/apis/store";
import { CloudRun, location, workflow } from "./support/cloud-run";

const readEndpoint = `
main:
  params: [args]
  steps:
    - read:
        call: http.get
        args:
          url: \${sys.get_env("VERTEX_API") + "/${location}/endpoints/" + args.endpoint}
          auth: { type: OAuth2 }
        result: answer
    - done:
        return:
          name: \${answer.body.displayName}
          project: \${sys.get_env("GOOGLE_CLOUD_PROJECT_NUMBER")}
          account: \${sys.get_env("GOOGLE_CLOUD_SERVICE_ACCOUNT_NAME")}
`;
const waitForPerson = `
main:
  params: [args]
  steps:
    - open:
        call: events.create_callback_endpoint
        args: { http_callback_method: POST }
        result: callback
    - wait:
        call: events.await_callback
        args: { callback: "\${callback}", timeout: 3600 }
        result: request
    - done:
        return: \${request.http_request.body.decision}
`;
const sleepLong = "- nap:\n    call: sys.sleep\n    args: { seconds: 86400 }\n";
const vertex = { VERTEX_API: "https://europe-west4-aiplatform.googleapis.com/v1" };

test("a workflow runs as Terraform made it: its source, its variables, its identity, Google's own host names", async () => {
  const run = new CloudRun([workflow("read", readEndpoint, vertex)]);
  const name = await run.start("read", { endpoint: "100000001" });
  expect(await run.end(name)).toEqual({
    name,
    startTime: "2026-01-05T00:00:00.000000Z",
    endTime: "2026-01-05T00:00:00.000000Z",
    state: "SUCCEEDED",
    argument: '{"endpoint":"100000001"}',
    result: '{"name":"churn","project":"123456789012","account":"read@acme.iam.gserviceaccount.com"}',
    workflowRevisionId: "000001-000",
  });
});

test("a changed source holds from the next execution on", async () => {
  const run = new CloudRun([workflow("answer", "- done:\n    return: 1\n")]);
  expect(await run.end(await run.start("answer", {}))).toMatchObject({ result: "1" });
  run.cloud.put(workflow("answer", "- done:\n    return: 2\n"));
  expect(await run.end(await run.start("answer", {}))).toMatchObject({ result: "2" });
});

test("an execution that fails says with what and at which step", async () => {
  const run = new CloudRun([workflow("read", readEndpoint, vertex)]);
  const { state, error } = await run.end(await run.start("read", { endpoint: "7" }));
  expect(state).toBe("FAILED");
  expect(JSON.parse(error!.payload)).toMatchObject({
    code: 404,
    message: "HTTP server responded with error code 404",
    body: { error: { message: `Endpoint \`projects/123456789012/locations/europe-west4/endpoints/7\` not found.` } },
  });
  expect(error!.context).toMatch(/\nin step "read", routine "main", line: 5$/);
});

test.each([
  ["https://example.com/steal", "https://example.com"],
  ["http://storage.googleapis.com/b", "http://storage.googleapis.com"],
  ["https://googleapis.com.example.com/b", "https://googleapis.com.example.com"],
])("nothing leaves the machine: %s is not connected to", async (url, host) => {
  const run = new CloudRun([workflow("call", `- ask:\n    call: http.get\n    args: { url: "${url}" }\n`)]);
  const { error } = await run.end(await run.start("call", {}));
  expect(JSON.parse(error!.payload)).toEqual({
    message: `the sandbox connects to https://*.googleapis.com alone, got ${host}`,
    tags: ["ConnectionFailedError"],
  });
});

test("an argument that the workflow does not take is refused", async () => {
  const run = new CloudRun([workflow("answer", "- done:\n    return: 1\n")]);
  const url = `https://workflowexecutions.googleapis.com/v1/${location}/workflows/answer/executions`;
  expect(await run.call("POST", url, { argument: '{"model":"propensity"}' })).toMatchObject({
    status: 400,
    body: {
      error: { message: "the workflow takes no argument: give it none, or add 'params' to 'main' of answer" },
    },
  });
});

test("a person answers an execution that waits, and it says where it is", async () => {
  const run = new CloudRun([workflow("ask", waitForPerson)]);
  const name = await run.start("ask", {});
  await run.clock.sleep(60_000);
  expect(run.engine.get(name)).toMatchObject({
    state: "ACTIVE",
    status: { currentSteps: [{ routine: "main", step: "wait" }] },
  });
  const url = `https://workflowexecutions.googleapis.com/v1/${name}/callbacks`;
  expect((await run.call("GET", url)).body).toEqual({
    callbacks: [{ name: `${name}/callbacks/1`, method: "POST", waiters: "1" }],
  });
  expect(await run.call("POST", `${url}/1`, { decision: "approve" })).toMatchObject({ status: 200 });
  expect(await run.end(name)).toMatchObject({ state: "SUCCEEDED", result: '"approve"' });
  expect(run.engine.callbacks(name)).toEqual([]);
  expect((await run.call("POST", `${url}/1`, { decision: "approve" })).status).toBe(404);
});

test("an execution is cancelled at once", async () => {
  const run = new CloudRun([workflow("sleep", sleepLong)]);
  const name = await run.start("sleep", {});
  await run.clock.sleep(60_000);
  run.engine.cancel(name);
  await run.clock.sleep(60_000);
  expect(run.engine.get(name)).toMatchObject({ state: "CANCELLED", endTime: "2026-01-05T00:01:00.000000Z" });
});

test("executions are kept, and one that was active when the sandbox ended has failed afterwards", async () => {
  const store = new MemoryStore();
  const workflows = [workflow("sleep", sleepLong), workflow("answer", "- done:\n    return: 1\n")];
  const first = new CloudRun(workflows, store);
  const ended = await first.start("answer", {});
  await first.end(ended);
  const lost = await first.start("sleep", {});
  first.engine.close();
  await first.clock.sleep(60_000);
  expect(first.engine.get(lost)).toMatchObject({ state: "ACTIVE" });

  const second = new CloudRun(workflows, store);
  const message = "the sandbox ended while the execution was active; start the workflow again";
  expect(second.engine.get(lost)).toMatchObject({
    state: "FAILED",
    error: { payload: JSON.stringify({ message, tags: ["SystemError"] }), context: message },
  });
  expect(second.engine.get(ended)).toMatchObject({ state: "SUCCEEDED", result: "1" });
  expect(second.engine.list().map(({ name }) => name)).toEqual([lost, ended]);
});

test("a query waits for the engine outside while the clock stands still", async () => {
  const query = `
- ask:
    call: http.post
    args:
      url: https://bigquery.googleapis.com/bigquery/v2/projects/acme/queries
      body: { query: "SELECT 1 + 1 AS two", useLegacySql: false }
    result: answer
- done:
    return: { two: "\${answer.body.rows[0].f[0].v}", at: "\${sys.now()}" }
`;
  const run = new CloudRun([workflow("query", query)]);
  const ticking = run.clock.sleep(86_400_000);
  const name = await run.start("query", {});
  await ticking;
  expect(JSON.parse(run.engine.get(name)!.result!)).toEqual({ two: "2", at: 1767571200 });
});
